import { spoiled } from './chance.ts';
import type { Chance } from './chance.ts';
import { hostileZip } from './hostile-zips.ts';

/** A request as it goes out. */
export interface MalformedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What a request may know of the org it is sent to. */
export interface Target {
  readonly token: string;
  /** Of a case that is there. */
  readonly caseId: string;
}

type Make = (chance: Chance, target: Target) => MalformedRequest;

const api = '/services/data/v68.0';
const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

const soql =
  "SELECT Id, Owner.Name, (SELECT Id FROM EmailMessages) FROM Case WHERE Subject LIKE 'a%' AND (CreatedDate = TODAY OR IsClosed = false) ORDER BY Id NULLS LAST LIMIT 5";
const soqlWords = [
  'SELECT',
  'FROM',
  'COUNT(',
  ':x',
  'TYPEOF',
  'FIELDS(ALL)',
  'IN ()',
  'Case__r',
  'GROUP BY',
  'null',
  'WITH',
] as const;

const json =
  '{"Subject":"a","Priority":"High","ContactId":null,"IsEscalated":true,"attributes":{"type":"Case","referenceId":"r1"},"records":[{"Subject":"b"}]}';
const jsonWords = [
  '{',
  '[',
  'null',
  'true',
  '1e400',
  ':',
  ',',
  '"__proto__":',
  '"constructor":1',
  '"Id":"x"',
  '"\\ud800"',
] as const;

const apex =
  "public class Broken { public Integer run(List<Case> l) { for (Case c : l) { c.Subject = c.Subject + 'x'; } return [SELECT COUNT() FROM Case]; } }";
const statements =
  "Case c = new Case(Subject = 'a'); for (Integer i = 0; i < 3; i++) { System.debug(c.Subject?.length() ?? i); }";
const apexWords = [
  'class',
  'trigger',
  'Integer',
  'return',
  '{',
  '(',
  '<',
  '=>',
  '[SELECT',
  'static',
  'switch on',
  'new',
  'try',
  '@future',
] as const;

const xmlWords = [
  '<x>',
  '</x>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  'xmlns="x"',
  '<?x?>',
  '&#0;',
] as const;
const contentTypes = [
  'application/json',
  'application/xml',
  'text/plain',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
  'x',
] as const;
const badIds = [
  'x',
  '500',
  '500000000000000',
  '500000000000000AAA',
  '%00',
  '%F0%9F%94%A5',
  '__proto__',
  '..%2f..',
  '5'.repeat(5000),
  "'",
] as const;
const objects = [
  'Case',
  'EmailMessage',
  'User',
  'ContentVersion',
  'CaseComment',
  'Nonsense',
  'constructor',
  'Case;x',
] as const;
const paths = [
  '/sobjects',
  '/sobjects/Case/describe',
  '/sobjects/Case',
  '/query',
  '/queryAll',
  '/tooling/query',
  '/tooling/sobjects/ApexClass',
  '/tooling/executeAnonymous',
  '/composite',
  '/composite/batch',
  '/composite/tree/Case',
  '/composite/sobjects',
  '/metadata/deployRequest',
  '/metadata/deployRequest/0Af000000000000AAA',
  '/limits',
  '/search',
  '/jobs/ingest',
  '/nonsense/%zz',
] as const;

function rest(
  target: Target,
  method: string,
  path: string,
  body?: string | Buffer,
  type = 'application/json',
): MalformedRequest {
  const headers = { authorization: `Bearer ${target.token}`, ...(body === undefined ? {} : { 'content-type': type }) };
  return { method, path: api + path, headers, ...(body === undefined ? {} : { body }) };
}

function envelope(namespace: string, token: string, operation: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
    `<soapenv:Header xmlns="${namespace}"><SessionHeader><sessionId>${token}</sessionId></SessionHeader></soapenv:Header>` +
    `<soapenv:Body xmlns="${namespace}">${operation}</soapenv:Body></soapenv:Envelope>`
  );
}

function soap(api: 'm' | 's', body: string | Buffer): MalformedRequest {
  return {
    method: 'POST',
    path: `/services/Soap/${api}/68.0`,
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body,
  };
}

const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';
const apexNamespace = 'http://soap.sforce.com/2006/08/apex';

/** Each a way to be wrong; a run goes through them in turn. */
export const ways: Readonly<Record<string, Make>> = {
  'broken SOQL': (chance, target) => {
    const query = encodeURIComponent(spoiled(soql, soqlWords, chance).toWellFormed());
    return rest(target, 'GET', `${chance.pick(['', '/tooling'])}/${chance.pick(['query', 'queryAll'])}?q=${query}`);
  },
  'deep SOQL': (chance, target) => {
    const depth = chance.pick([50, 500, 1500]);
    const where = `${'('.repeat(depth)}Subject = 'a'${')'.repeat(depth)}`;
    return rest(target, 'GET', `/query?q=${encodeURIComponent(`SELECT Id FROM Case WHERE ${where}`)}`);
  },
  'broken record': (chance, target) =>
    rest(
      target,
      chance.pick(['POST', 'POST', 'PATCH']),
      `/sobjects/${chance.pick(objects)}${chance.pick(['', '', `/${target.caseId}`])}`,
      spoiled(json, jsonWords, chance),
    ),
  'bad id': (chance, target) =>
    rest(
      target,
      chance.pick(['GET', 'PATCH', 'DELETE']),
      `${chance.pick(['', '/tooling'])}/sobjects/${chance.pick(objects)}/${chance.pick(badIds)}`,
    ),
  'wrong method': (chance, target) =>
    rest(target, chance.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']), chance.pick(paths)),
  'wrong content type': (chance, target) =>
    rest(
      target,
      chance.pick(['POST', 'PATCH']),
      chance.pick(paths),
      spoiled(json, jsonWords, chance),
      chance.pick(contentTypes),
    ),
  'broken composite': (chance, target) => {
    const inner = `{"method":"POST","url":"${api}/sobjects/Case","referenceId":"a","body":${json}}`;
    const [path, body] = chance.pick([
      [
        '/composite',
        `{"compositeRequest":[${inner},{"method":"GET","url":"${api}/sobjects/Case/@{a.id}","referenceId":"b"}]}`,
      ],
      ['/composite/batch', `{"batchRequests":[{"method":"GET","url":"v68.0/query?q=SELECT+Id+FROM+Case"},${inner}]}`],
      ['/composite/tree/Case', `{"records":[{"attributes":{"type":"Case","referenceId":"a"},"Subject":"a"}]}`],
      ['/composite/sobjects', `{"allOrNone":true,"records":[{"attributes":{"type":"Case"},"Subject":"a"}]}`],
    ]);
    return rest(target, 'POST', path, spoiled(body, jsonWords, chance));
  },
  'deep JSON': (chance, target) =>
    rest(
      target,
      'POST',
      chance.pick(['/sobjects/Case', '/composite', '/composite/sobjects']),
      `{"Subject":${nested('[', ']', chance.pick([100, 10_000, 200_000]))}}`,
    ),
  'huge body': (chance, target) => {
    const text = 'x'.repeat(chance.pick([100_000, 500_000, 2_000_000]));
    return chance.percent(50)
      ? rest(target, 'POST', '/sobjects/Case', `{"Subject":"${text}"}`)
      : soap(chance.pick(['m', 's']), envelope(metadataNamespace, target.token, `<${text}/>`));
  },
  'broken Apex class': (chance, target) => {
    const Body = spoiled(apex, apexWords, chance);
    return rest(
      target,
      'POST',
      `/tooling/sobjects/${chance.pick(['ApexClass', 'ApexTrigger'])}`,
      JSON.stringify({ Name: `Broken${chance.below(1e9)}`, Body }),
    );
  },
  'deep Apex': (chance, target) => {
    const depth = chance.pick([10, 50, 1000, 20_000]);
    const name = `Deep${chance.below(1e9)}`;
    const Body = chance.pick([
      `public class ${name} { Integer i = ${nested('(', ')', depth)}; }`,
      `public class ${name} { void run() { ${nested('{', '}', depth)} } }`,
      `public class ${name} { Integer i = ${'1 + '.repeat(depth)}1; }`,
      `public class ${name} { ${'List<'.repeat(depth)}String${'>'.repeat(depth)} l; }`,
    ]);
    return rest(target, 'POST', '/tooling/sobjects/ApexClass', JSON.stringify({ Name: name, Body }));
  },
  'broken anonymous Apex': (chance, target) => {
    const source = spoiled(statements, apexWords, chance).toWellFormed();
    return rest(target, 'GET', `/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(source)}`);
  },
  'anonymous Apex in broken SOAP': (chance, target) => {
    const call = `<executeAnonymous><String>${spoiled(statements, apexWords, chance)}</String></executeAnonymous>`;
    return soap('s', spoiled(envelope(apexNamespace, target.token, call), xmlWords, chance));
  },
  'broken SOAP': (chance, target) => {
    const call = chance.pick([
      '<listMetadata><queries><type>ApexClass</type></queries><asOfVersion>68.0</asOfVersion></listMetadata>',
      '<readMetadata><type>PermissionSet</type><fullNames>P</fullNames></readMetadata>',
      '<checkDeployStatus><asyncProcessId>0Af000000000000AAA</asyncProcessId></checkDeployStatus>',
      '<retrieve><retrieveRequest><apiVersion>68.0</apiVersion><unpackaged><types><members>*</members><name>ApexClass</name></types></unpackaged></retrieveRequest></retrieve>',
    ]);
    return soap('m', spoiled(envelope(metadataNamespace, target.token, call), xmlWords, chance));
  },
  'deep XML': (chance, target) =>
    soap(
      chance.pick(['m', 's']),
      envelope(metadataNamespace, target.token, nested('<a>', '</a>', chance.pick([100, 5000, 100_000]))),
    ),
  'entities that multiply': (_chance, target) => {
    const entities = Array.from({ length: 9 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`);
    const doctype = `<!DOCTYPE a [<!ENTITY e0 "lol">${entities.join('')}]>`;
    const text = envelope(metadataNamespace, target.token, '<listMetadata>&e9;</listMetadata>');
    return soap('m', text.replace('?>', `?>${doctype}`));
  },
  'hostile zip by SOAP': (chance, target) => {
    const zip = chance.percent(10) ? 'not base64 !' : hostileZip(chance).toString('base64');
    const call = `<deploy><ZipFile>${zip}</ZipFile><DeployOptions><checkOnly>${chance.pick(['true', 'true', 'x'])}</checkOnly><singlePackage>true</singlePackage></DeployOptions></deploy>`;
    return soap('m', envelope(metadataNamespace, target.token, call));
  },
  'hostile zip by REST': (chance, target) => {
    const options = chance.pick([
      '{"deployOptions":{"checkOnly":true,"singlePackage":true}}',
      '{"deployOptions":5}',
      '{',
      '',
    ]);
    const part = (name: string, more: string, content: Buffer): Buffer =>
      Buffer.concat([
        Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
        content,
        Buffer.from('\r\n'),
      ]);
    const body = Buffer.concat([
      part('json', '', Buffer.from(options)),
      part(
        chance.pick(['file', 'file', 'other']),
        '; filename="d.zip"\r\nContent-Type: application/zip',
        hostileZip(chance),
      ),
      Buffer.from(chance.pick(['--b--\r\n', '--b', ''])),
    ]);
    return rest(
      target,
      'POST',
      '/metadata/deployRequest',
      body,
      `multipart/form-data; boundary=${chance.pick(['b', 'b', 'c'])}`,
    );
  },
  'broken login': (chance) => {
    const form =
      'grant_type=password&client_id=x&client_secret=y&username=u&password=p&assertion=a.b.c&code=1&redirect_uri=x&token=t';
    return {
      method: chance.pick(['POST', 'POST', 'GET']),
      path: `/services/oauth2/${chance.pick(['token', 'authorize', 'introspect', 'revoke', 'userinfo', 'singleaccess', 'nonsense'])}`,
      headers: {
        'content-type': chance.pick(['application/x-www-form-urlencoded', 'application/json', 'x']),
        authorization: chance.pick([
          'Basic x',
          'Basic %%%',
          'Bearer',
          `Basic ${Buffer.from('%zz:%zz').toString('base64')}`,
        ]),
      },
      body: spoiled(
        chance.pick([
          form,
          form.replace('password&', 'authorization_code&'),
          form.replace('password&', 'urn:ietf:params:oauth:grant-type:jwt-bearer&'),
          '{}',
        ]),
        ['&', '=', '%zz', '%', '[]'],
        chance,
      ),
    };
  },
  'bad session': (chance, target) => ({
    ...rest(target, 'GET', chance.pick(paths)),
    headers: {
      authorization: chance.pick([
        '',
        'Bearer',
        'Bearer x',
        `Bearer ${target.token}x`,
        `OAuth ${'x'.repeat(4000)}`,
        'Basic eDp5',
      ]),
    },
  }),
  'unknown path': (chance) => ({
    method: chance.pick(['GET', 'POST', 'DELETE']),
    path: chance.pick([
      '/',
      '/services',
      '/services/data/v1.0/query',
      '/services/data/vx/sobjects',
      '/services/Soap/x',
      '/services/apexrest/x',
      '/id/x/y',
      '/%zz',
      '/services/data/v68.0/../../..',
      '/favicon.ico',
    ]),
    headers: {},
  }),
  'broken streaming': (chance, target) => ({
    method: 'POST',
    path: chance.pick(['/cometd/68.0', '/cometd', '/cometd/x/handshake']),
    headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/json' },
    body: spoiled(
      '[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"],"advice":{"timeout":0}}]',
      jsonWords,
      chance,
    ),
  }),
};

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

let client: OrgClient;

beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
});

async function execute(source: string): Promise<{ status: number; body: unknown }> {
  const { status, body } = await client.call(
    'GET',
    `${API}/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(source)}`,
  );
  return { status, body };
}

interface SoapOptions {
  debugging?: string;
  operation?: string;
  token?: string;
  path?: string;
}

/** An envelope as the official CLI writes it. */
async function soap(source: string, options: SoapOptions = {}): Promise<{ status: number; text: string }> {
  const { debugging = '<apex:debugLevel>DEBUGONLY</apex:debugLevel>', token = client.token } = options;
  const { operation = 'executeAnonymous', path = `/services/Soap/s/66.0/${client.org.organizationId}` } = options;
  const code = source.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const envelope = `<env:Envelope xmlns:xsd="http://www.w3.org/2001/XMLSchema"
xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"
xmlns:cmd="http://soap.sforce.com/2006/08/apex"
xmlns:apex="http://soap.sforce.com/2006/08/apex">
    <env:Header>
        <cmd:SessionHeader>
            <cmd:sessionId>${token}</cmd:sessionId>
        </cmd:SessionHeader>
        ${debugging === '' ? '' : `<apex:DebuggingHeader>${debugging}</apex:DebuggingHeader>`}
    </env:Header>
    <env:Body>
        <${operation} xmlns="http://soap.sforce.com/2006/08/apex">
            <apexcode>${code}</apexcode>
        </${operation}>
    </env:Body>
</env:Envelope>`;
  const headers = { 'content-type': 'text/xml', soapaction: operation };
  const response = await fetch(client.org.url + path, { method: 'POST', headers, body: envelope });
  expect(response.headers.get('content-type')).toMatch(/^text\/xml/);
  return { status: response.status, text: await response.text() };
}

function elementText(text: string, name: string): string | undefined {
  return new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1];
}

const ok = {
  line: -1,
  column: -1,
  compiled: true,
  success: true,
  compileProblem: null,
  exceptionStackTrace: null,
  exceptionMessage: null,
};

describe('executeAnonymous of the Tooling API', () => {
  it('runs what compiles', async () => {
    expect(await execute("insert new Case(Subject = 'Made by Apex');")).toEqual({ status: 200, body: ok });
    expect((await client.query("SELECT Id FROM Case WHERE Subject = 'Made by Apex'")).body.totalSize).toBe(1);
  });

  it('says where and why it does not compile', async () => {
    expect(await execute('Integer i = 1;\n  foo = 2;')).toEqual({
      status: 200,
      body: {
        ...ok,
        line: 2,
        column: 3,
        compiled: false,
        success: false,
        compileProblem: 'Variable does not exist: foo',
      },
    });
  });

  it('says what was thrown, and takes back what was done before', async () => {
    const { body } = await execute("insert new Case(Subject = 'Taken back');\nString s;\ns.length();");
    expect(body).toEqual({
      ...ok,
      line: 3,
      column: 1,
      success: false,
      exceptionMessage: 'System.NullPointerException: Attempt to de-reference a null object',
      exceptionStackTrace: 'AnonymousBlock: line 3, column 1',
    });
    expect((await client.query("SELECT Id FROM Case WHERE Subject = 'Taken back'")).body.totalSize).toBe(0);
  });

  it('needs something to run, a session, and the right to', async () => {
    expect(errorOf(await client.call('GET', `${API}/tooling/executeAnonymous`))).toMatchObject({ status: 400 });
    expect((await fetch(`${client.org.url}${API}/tooling/executeAnonymous?anonymousBody=x`)).status).toBe(401);
    expect((await client.call('POST', `${API}/tooling/executeAnonymous`, {})).status).toBe(405);
    const username = await standardUser();
    const { body } = await client.control('POST', 'sessions', { username });
    const answer = await client.call('GET', `${API}/tooling/executeAnonymous?anonymousBody=x`, undefined, {
      authorization: `Bearer ${body.accessToken as string}`,
    });
    expect(errorOf(answer)).toMatchObject({ status: 403, errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' });
  });
});

async function standardUser(): Promise<string> {
  const { body } = await client.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
  const username = 'standard@example.com';
  await client.create('User', {
    Username: username,
    LastName: 'Standard',
    Email: 'standard@example.com',
    Alias: 'standard',
    ProfileId: body.records[0].Id as string,
    TimeZoneSidKey: 'Europe/London',
    LocaleSidKey: 'en_GB',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    IsActive: true,
  });
  return username;
}

describe('executeAnonymous of the SOAP Apex API', () => {
  it('answers with the result and the debug log', async () => {
    const { status, text } = await soap("System.debug('a < b & c\\u0001');");
    expect(status).toBe(200);
    expect(text).toMatch(/<soapenv:Header><DebuggingInfo xmlns="[^"]+"><debugLog>/);
    const log = elementText(text, 'debugLog')?.split('\n') ?? [];
    expect(log.slice(0, 2)).toEqual([
      '66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO',
      "Execute Anonymous: System.debug('a &lt; b &amp; c\\u0001');",
    ]);
    const events = log.slice(2).map((line) => line.replace(/^[\d:.]+ \(\d+\)\|/, ''));
    expect(events).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^USER_INFO\|\[EXTERNAL\]\|005\w{12}\|/),
        'EXECUTION_STARTED',
        'CODE_UNIT_STARTED|[EXTERNAL]|execute_anonymous_apex',
        'USER_DEBUG|[1]|DEBUG|a &lt; b &amp; c',
        'CUMULATIVE_LIMIT_USAGE',
        'LIMIT_USAGE_FOR_NS|(default)|',
        'CODE_UNIT_FINISHED|execute_anonymous_apex',
        'EXECUTION_FINISHED',
      ]),
    );
    const nil = (name: string): string => `<${name} xsi:nil="true"/>`;
    expect(elementText(text, 'result')).toBe(
      `<column>-1</column>${nil('compileProblem')}<compiled>true</compiled>${nil('exceptionMessage')}${nil('exceptionStackTrace')}<line>-1</line><success>true</success>`,
    );
  });

  it('says why it does not compile, and what was thrown', async () => {
    const broken = (await soap('foo = 1;')).text;
    expect(elementText(broken, 'compiled')).toBe('false');
    expect(elementText(broken, 'compileProblem')).toBe('Variable does not exist: foo');
    const thrown = (await soap('String s;\ns.length();')).text;
    expect(elementText(thrown, 'success')).toBe('false');
    expect(elementText(thrown, 'exceptionMessage')).toContain('System.NullPointerException');
    const log = elementText(thrown, 'debugLog') ?? '';
    expect(log).toContain('|EXCEPTION_THROWN|[2]|System.NullPointerException: Attempt to de-reference a null object');
    expect(log).toContain('|FATAL_ERROR|System.NullPointerException: Attempt to de-reference a null object\n');
  });

  it('logs by categories where they are given, and not at all where nothing is asked for', async () => {
    const categories = (category: string, level: string): string =>
      `<apex:categories><apex:category>${category}</apex:category><apex:level>${level}</apex:level></apex:categories>`;
    const data = await soap('List<Case> cases = [SELECT Id FROM Case];', {
      debugging: `${categories('Db', 'INFO')}${categories('Apex_code', 'Error')}`,
    });
    const log = elementText(data.text, 'debugLog') ?? '';
    expect(log.split('\n')[0]).toBe('66.0 APEX_CODE,ERROR;DB,INFO');
    expect(log).toContain('SOQL_EXECUTE_BEGIN|[1]|Aggregations:0|SELECT Id FROM Case');
    for (const debugging of ['', '<apex:debugLevel>NONE</apex:debugLevel>']) {
      expect((await soap('Integer i = 1;', { debugging })).text).not.toContain('DebuggingInfo');
    }
  });

  it.each([
    ['a session that is none', { token: '00DLo0000000001!nope' }, 'sf:INVALID_SESSION_ID'],
    ['a version that is none', { path: '/services/Soap/s/99.0' }, 'sf:UNSUPPORTED_API_VERSION'],
    ['another operation', { operation: 'compileClasses' }, 'sf:LOCAL_ORG_NOT_IMPLEMENTED'],
    ['an operation that is none', { operation: 'doSomething' }, 'soapenv:Client'],
    ['a level that is none', { debugging: '<apex:debugLevel>LOUD</apex:debugLevel>' }, 'soapenv:Client'],
  ])('refuses %s by a fault', async (_what, options, code) => {
    const { status, text } = await soap('Integer i = 1;', options);
    expect(status).toBe(500);
    expect(elementText(text, 'faultcode')).toBe(code);
  });

  it('leaves its log behind where a trace flag asks for it, and tells who listens', async () => {
    const { state } = client.org;
    const tooling = `${API}/tooling/sobjects`;
    const level = { DeveloperName: 'Finest', MasterLabel: 'Finest', ApexCode: 'FINEST' };
    const DebugLevelId = (await client.call('POST', `${tooling}/DebugLevel`, level)).body.id as string;
    const now = state.now().getTime();
    const flag = await client.call('POST', `${tooling}/TraceFlag`, {
      TracedEntityId: state.settings.adminUserId,
      LogType: 'USER_DEBUG',
      DebugLevelId,
      StartDate: now - 60_000,
      ExpirationDate: now + 60_000,
    });
    expect(flag.status).toBe(201);
    const answered = elementText((await soap("System.debug('kept');")).text, 'debugLog') ?? '';
    expect(answered.split('\n')[0]).toMatch(/^66\.0 APEX_CODE,FINEST;/);
    const { body } = await client.tooling('SELECT Id, Operation, Status FROM ApexLog');
    expect(body.records).toMatchObject([
      { Operation: `/services/Soap/s/66.0/${client.org.organizationId}`, Status: 'Success' },
    ]);
    const kept = await client.call('GET', `${tooling}/ApexLog/${body.records[0].Id as string}/Body`);
    expect(kept.body).toContain('|USER_DEBUG|[1]|DEBUG|kept');
    await client.call('DELETE', `${tooling}/TraceFlag/${flag.body.id as string}`);
  });
});

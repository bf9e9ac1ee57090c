import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { emptyManifest, zipOf } from './package-zip.ts';

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
});
afterAll(async () => {
  await org.close();
});

describe('SOAP faults', () => {
  test('a session that is none: status 500 and the fault code clients look for', async () => {
    const { status, text } = await org.soap('<describeMetadata/>', '00D000000000000!nobody');
    expect(status).toBe(500);
    expect(text).toMatch(/<faultcode>[a-zA-Z]+:INVALID_SESSION_ID<\/faultcode>/);
    expect(text).toContain('<soapenv:Envelope');
  });

  test.each([
    [
      'an unknown operation',
      '<makeCoffee/>',
      'soapenv:Client',
      'No operation available for request {http://soap.sforce.com/2006/04/metadata}makeCoffee, please check the WSDL for the service.',
    ],
    [
      'a call that is not implemented',
      '<renameMetadata/>',
      'sf:LOCAL_ORG_NOT_IMPLEMENTED',
      'The local org does not implement the Metadata API call renameMetadata.',
    ],
    [
      'an unknown deployment',
      '<checkDeployStatus><asyncProcessId>0Af000000000001</asyncProcessId></checkDeployStatus>',
      'sf:INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
    [
      'an id that is none',
      '<checkDeployStatus><asyncProcessId>x</asyncProcessId></checkDeployStatus>',
      'sf:MALFORMED_ID',
      'bad id x',
    ],
    [
      'a deployment without a zip',
      '<deploy><DeployOptions/></deploy>',
      'sf:INVALID_OPERATION',
      'No zip file content passed in',
    ],
    [
      'a zip that is no base64',
      '<deploy><ZipFile>%%%</ZipFile></deploy>',
      'sf:INVALID_OPERATION',
      'ZipFile is not valid base64',
    ],
    [
      'a zip that is none',
      '<deploy><ZipFile>aGVsbG8=</ZipFile></deploy>',
      'sf:INVALID_OPERATION',
      'Invalid zip file: it has no end of central directory',
    ],
    [
      'an option that is none',
      '<deploy><ZipFile>aGVsbG8=</ZipFile><DeployOptions><fast>true</fast></DeployOptions></deploy>',
      'sf:INVALID_OPERATION',
      'Element fast invalid at this location in type DeployOptions',
    ],
    [
      'listing an unknown type',
      '<listMetadata><queries><type>ApexKlass</type></queries></listMetadata>',
      'sf:INVALID_TYPE',
      'Unknown type:ApexKlass',
    ],
    [
      'listing a type not implemented',
      '<listMetadata><queries><type>Layout</type></queries></listMetadata>',
      'sf:LOCAL_ORG_NOT_IMPLEMENTED',
      'The local org does not implement listing the metadata type Layout.',
    ],
    [
      'reading Apex',
      '<readMetadata><type>ApexClass</type><fullNames>A</fullNames></readMetadata>',
      'sf:INVALID_TYPE',
      'readMetadata is not supported for the type ApexClass',
    ],
    [
      'a retrieve that is unknown',
      '<checkRetrieveStatus><asyncProcessId>09S000000000001</asyncProcessId></checkRetrieveStatus>',
      'sf:INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
  ])('%s', async (_what, operation, code, message) => {
    const { status, text } = await org.soap(operation);
    expect(status).toBe(500);
    expect(text).toContain(`<faultcode>${code}</faultcode>`);
    expect(text).toContain(message);
  });

  test.each([
    ['no XML', 'hello'],
    ['no envelope', '<a/>'],
    ['an empty body', '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>'],
    ['entities', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
  ])('%s is a client fault', async (_what, body) => {
    const response = await fetch(`${org.url}/services/Soap/m/68.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
    });
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toMatch(/^text\/xml/);
    expect(await response.text()).toContain('<faultcode>soapenv:Client</faultcode>');
  });

  test('a version this org does not have', async () => {
    const response = await fetch(`${org.url}/services/Soap/m/99.0`, { method: 'POST', body: '<a/>' });
    expect(await response.text()).toContain('sf:UNSUPPORTED_API_VERSION');
  });
});

describe('the REST resource', () => {
  const zip = zipOf({ 'package.xml': emptyManifest });

  async function post(
    body: RequestInit['body'],
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${org.url}/services/data/v68.0/metadata/deployRequest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.token}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: await response.json() };
  }

  function form(options: string | undefined, file: Uint8Array | undefined, part = 'entity_content'): FormData {
    const data = new FormData();
    if (options !== undefined) data.append(part, new Blob([options], { type: 'application/json' }));
    if (file !== undefined)
      data.append('file', new Blob([Uint8Array.from(file)], { type: 'application/zip' }), 'package.zip');
    return data;
  }

  test.each(['entity_content', 'json'])('takes the options in the part %s', async (part) => {
    const answer = await post(form('{"deployOptions":{"singlePackage":true,"checkOnly":true}}', zip, part));
    expect(answer).toMatchObject({
      status: 201,
      body: { deployOptions: { checkOnly: true }, deployResult: { status: 'Pending' } },
    });
  });

  test.each([
    ['no file', form('{"deployOptions":{}}', undefined), 'INVALID_OPERATION', 'No zip file content passed in'],
    ['no options', form(undefined, zip), 'INVALID_MULTIPART_REQUEST', 'The part entity_content is missing'],
    ['options that are no JSON', form('{', zip), 'JSON_PARSER_ERROR', ''],
    [
      'an option that is none',
      form('{"deployOptions":{"fast":true}}', zip),
      'INVALID_OPERATION',
      'Element fast invalid at this location in type DeployOptions',
    ],
    [
      'a file that is no zip',
      form('{"deployOptions":{}}', Buffer.from('hello')),
      'INVALID_OPERATION',
      'Invalid zip file',
    ],
  ])('%s', async (_what, body, errorCode, message) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode }] });
    expect(JSON.stringify(answer.body)).toContain(message);
  });

  test('a body that is no form', async () => {
    expect(await post('x', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await post('x', { 'content-type': 'multipart/form-data; boundary=b' })).toMatchObject({ status: 400 });
  });

  test('an unknown id, and a change that is none', async () => {
    expect(await org.rest('GET', '/metadata/deployRequest/0Af000000000001')).toMatchObject({ status: 404 });
    const { body } = await post(form('{"deployOptions":{"checkOnly":true}}', zip));
    const { id } = body as { id: string };
    expect(await org.rest('PATCH', `/metadata/deployRequest/${id}`, { status: 'Done' })).toMatchObject({ status: 400 });
  });

  test('an org that has no such resource answers 404, and SOAP goes on working', async () => {
    org.state.settings.metadataRestEnabled = false;
    try {
      expect(await post(form('{"deployOptions":{}}', zip))).toEqual({
        status: 404,
        body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      });
      const result = await org.connection.metadata.deploy(zip, { singlePackage: true }).complete();
      expect(result.status).toBe('Succeeded');
    } finally {
      org.state.settings.metadataRestEnabled = true;
    }
  });
});

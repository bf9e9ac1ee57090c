import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { API, openOrgClient } from './org-client.ts';
import type { Answer, OrgClient } from './org-client.ts';

// What every JavaScript object answers to. A table that a client's word looks something up in must not find them.
const NAMES = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'];
let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterEach(() => {
  expect(client.bugs.splice(0)).toEqual([]);
});
afterAll(() => client.close());

const soap = (operation: string): Promise<Answer> =>
  client.call(
    'POST',
    '/services/Soap/m/68.0',
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${client.token}</sessionId></SessionHeader></soapenv:Header><soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">${operation}</soapenv:Body></soapenv:Envelope>`,
    { 'content-type': 'text/xml' },
  );

describe.each(NAMES)('the name %s', (name) => {
  it.each([
    ['GET', `/sobjects/${name}`],
    ['GET', `/sobjects/${name}/describe`],
    ['POST', `/sobjects/${name}`],
    ['GET', `/tooling/sobjects/${name}/describe`],
    ['POST', `/tooling/sobjects/${name}`],
    ['PATCH', `/tooling/sobjects/${name}/01p000000000001`],
    ['GET', `/${name}`],
    ['GET', `/tooling/${name}`],
    ['GET', `/metadata/${name}/x`],
    ['POST', `/composite/tree/${name}`],
  ])('is no resource: %s %s', async (method, path) => {
    const { status } = await client.call(method, API + path, method === 'GET' ? undefined : { records: [] });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it.each([
    `SELECT ${name} FROM Case`,
    `SELECT Id FROM ${name}`,
    `SELECT ${name}.Id FROM Case`,
    `SELECT ${name}(Id) FROM Case`,
    `SELECT ${name}(CreatedDate) FROM Case GROUP BY ${name}(CreatedDate)`,
    `SELECT (SELECT Id FROM ${name}) FROM Case`,
    `SELECT Id FROM Case WHERE ${name} = 1`,
    `SELECT Id FROM Case WHERE CreatedDate = ${name}`,
    `SELECT Id FROM Case ORDER BY ${name}`,
    `SELECT TYPEOF Owner WHEN ${name} THEN Id END FROM Case`,
  ])('is nothing to query: %s', async (soql) => {
    expect((await client.query(soql)).status).toBe(400);
    expect((await client.tooling(soql)).status).toBe(400);
  });

  it('is no field to write, and no id or external id', async () => {
    const body = `{"${name}":"x"}`;
    expect((await client.call('POST', `${API}/sobjects/Case`, body)).status).toBe(400);
    expect((await client.call('PATCH', `${API}/sobjects/Case/${name}/x`, '{}')).status).toBeGreaterThanOrEqual(400);
    expect((await client.call('GET', `${API}/sobjects/Case/${name}`)).body[0].errorCode).toMatch(/^[A-Z_]+$/);
    const id = await client.create('Case', { Subject: 'x' });
    expect((await client.call('PATCH', `${API}/sobjects/Case/${id}`, body)).status).toBe(400);
    expect((await client.call('GET', `${API}/sobjects/Case/${id}?fields=${name}`)).status).toBe(400);
  });

  it('ends a file whose type is not known', async () => {
    const id = await client.create('ContentVersion', { PathOnClient: `a.${name}`, VersionData: 'YQ==' });
    const { body } = await client.query(`SELECT FileType FROM ContentVersion WHERE Id = '${id}'`);
    expect(body.records[0].FileType).toBe('UNKNOWN');
  });

  it('is no kind of fault, setting or client', async () => {
    const fault = { kind: name, match: { path: '.' } };
    expect((await client.control('POST', 'faults', fault)).status).toBe(400);
    expect((await client.control('PATCH', 'settings', `{"${name}":1}`)).status).toBe(400);
    expect((await client.control('PATCH', 'settings', { kind: name })).status).toBe(400);
    const { status, body } = await client.control('POST', 'clients', { clientId: name, permittedUsers: name });
    expect([status, body[0].errorCode]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('is no type and no operation of the Metadata API', async () => {
    for (const operation of [
      `<${name}/>`,
      `<listMetadata><queries><type>${name}</type></queries></listMetadata>`,
      `<readMetadata><type>${name}</type><fullNames>x</fullNames></readMetadata>`,
      `<deleteMetadata><type>${name}</type><fullNames>x</fullNames></deleteMetadata>`,
      `<createMetadata><metadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${name}"><fullName>x</fullName></metadata></createMetadata>`,
    ]) {
      const { status, body } = await soap(operation);
      expect({ operation, status, body }).toMatchObject({ status: 500, body: expect.stringContaining('<faultcode>') });
    }
  });

  it('is no type of a field', async () => {
    const field = `<fullName>Case.X__c</fullName><label>X</label><type>${name}</type>`;
    const { body } = await soap(
      `<createMetadata><metadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CustomField">${field}</metadata></createMetadata>`,
    );
    expect(body).not.toContain('<success>true</success>');
    const values = { FullName: 'Case.X__c', Metadata: { label: 'X', type: name } };
    expect((await client.call('POST', `${API}/tooling/sobjects/CustomField`, values)).status).toBe(400);
    const odd = `{"FullName":"Case.X__c","Metadata":{"label":"X","type":"Checkbox","${name}":1}}`;
    expect((await client.call('POST', `${API}/tooling/sobjects/CustomField`, odd)).status).toBe(400);
  });

  it.each([
    `public class A { ${name} x; }`,
    `public class A { void f() { ${name}.f(); } }`,
    `public class A { void f() { ${name}(1, 2); } }`,
    `public class A { void f() { System.${name}(); } }`,
    `public class A { void f() { System.${name} x; } }`,
    `public class A { void f() { Case c = new Case(${name} = 'x'); } }`,
    `public class A { void f() { String s = 'x'.${name}(1, 2); } }`,
    `public class A extends ${name} { }`,
    `@${name} public class A { }`,
    `trigger A on ${name} (before insert) { }`,
  ])('does not make Apex fall over: %s', async (body) => {
    const sobject = body.startsWith('trigger') ? 'ApexTrigger' : 'ApexClass';
    const values =
      sobject === 'ApexTrigger' ? { Name: 'A', Body: body, TableEnumOrId: name } : { Name: 'A', Body: body };
    const { status } = await client.call('POST', `${API}/tooling/sobjects/${sobject}`, values);
    expect(status).toBe(400);
  });
});

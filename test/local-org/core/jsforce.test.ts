import { createRequire } from 'node:module';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { openOrgClient } from './org-client.ts';
import type { OrgClient } from './org-client.ts';

const { Connection } = createRequire(import.meta.url)('jsforce') as typeof import('jsforce');

let client: OrgClient;
let connection: InstanceType<typeof Connection>;
beforeAll(async () => {
  client = await openOrgClient();
  connection = new Connection({ instanceUrl: client.org.url, accessToken: client.token, version: '68.0' });
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

it('tells plain jsforce who it is', async () => {
  const identity = await connection.identity();
  expect(identity.username).toBe(client.org.username);
  expect(identity.organization_id).toBe(client.org.organizationId);
});

it('creates, reads, updates, upserts and deletes records', async () => {
  const created = await connection.sobject('Case').create({ Subject: 'Printer on fire', Origin: 'Web' });
  expect(created.success).toBe(true);
  const id = created.id ?? '';
  const record = await connection.sobject('Case').retrieve(id);
  expect(record).toMatchObject({ Subject: 'Printer on fire', Status: 'New', IsClosed: false });
  expect(await connection.sobject('Case').update({ Id: id, Status: 'Closed' })).toMatchObject({ id, success: true });
  expect(await connection.sobject('Case').retrieve(id)).toMatchObject({ Status: 'Closed', IsClosed: true });
  expect(await connection.sobject('Case').destroy(id)).toMatchObject({ success: true });
  await expect(connection.sobject('Case').retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
});

it('describes an object and the org', async () => {
  const description = await connection.sobject('EmailMessage').describe();
  expect(description.keyPrefix).toBe('02s');
  expect(description.fields.find((field) => field.name === 'ParentId')).toMatchObject({
    type: 'reference',
    referenceTo: ['Case'],
    relationshipName: 'Parent',
  });
  const global = await connection.describeGlobal();
  expect(global.sobjects.map((object) => object.name)).toContain('Case');
});

it('pages through a long answer with queryMore', async () => {
  client.org.state.transaction(() => {
    for (let index = 0; index < 4500; index++) {
      client.org.state.records.insert('Account', { Name: `Account ${index}` }, client.org.state.settings.adminUserId);
    }
  });
  const first = await connection.query('SELECT Id, Name FROM Account ORDER BY Id');
  expect(first).toMatchObject({ totalSize: 4500, done: false });
  expect(first.records).toHaveLength(2000);
  const second = await connection.queryMore(first.nextRecordsUrl ?? '');
  const third = await connection.queryMore(second.nextRecordsUrl ?? '');
  expect(third.done).toBe(true);
  const ids = [first, second, third].flatMap((page) => page.records.map((record) => record['Id']));
  expect(new Set(ids).size).toBe(4500);
});

it('sees a bad query as Salesforce words it', async () => {
  await expect(connection.query('SELECT Nope FROM Case')).rejects.toMatchObject({
    errorCode: 'INVALID_FIELD',
    message: expect.stringContaining("No such column 'Nope' on entity 'Case'"),
  });
});

it('queries the Tooling API', async () => {
  const answer = await connection.tooling.query(
    "SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName = 'Case'",
  );
  expect(answer.records).toMatchObject([{ QualifiedApiName: 'Case' }]);
});

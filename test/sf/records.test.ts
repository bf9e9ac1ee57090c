import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { loggedInByJwt, loggedInByToken } from './logins.ts';

const onOrg = ['--target-org', 'org'] as const;

describe('the Salesforce CLI works with records', () => {
  test('creates, reads, finds, changes and deletes a Case', async () => {
    const { sf } = await loggedInByToken();
    const kase = [...onOrg, '--sobject', 'Case'];
    const values = "Subject='Hello there' Origin=Email Description='two words'";
    const { id } = await sf.result(['data', 'create', 'record', ...kase, '--values', values]);
    expect(id).toMatch(/^500\w{15}$/);

    const got = await sf.result(['data', 'get', 'record', ...kase, '--record-id', id]);
    expect(got).toMatchObject({ Subject: 'Hello there', Status: 'New', Description: 'two words', IsClosed: false });
    const found = await sf.result(['data', 'get', 'record', ...kase, '--where', "Subject='Hello there'"]);
    expect(found.Id).toBe(id);

    await sf.result(['data', 'update', 'record', ...kase, '--record-id', id, '--values', 'Status=Closed']);
    expect((await sf.result(['data', 'get', 'record', ...kase, '--record-id', id])).IsClosed).toBe(true);

    await sf.result(['data', 'delete', 'record', ...kase, '--record-id', id]);
    const gone = await sf.run(['data', 'get', 'record', ...kase, '--record-id', id, '--json']);
    expect(gone.exitCode).toBe(1);
    expect(gone.json().name).toBe('ENTITY_IS_DELETED');
    const query = ['data', 'query', ...onOrg, '-q', 'SELECT Id, IsDeleted FROM Case'];
    expect((await sf.result(query)).totalSize).toBe(0);
    expect((await sf.result([...query, '--all-rows'])).records[0]).toMatchObject({ Id: id, IsDeleted: true });
  });

  test('queries with parents, children, counts and groups, as JSON and as CSV', async () => {
    const { sf } = await loggedInByJwt();
    for (const subject of ['One', 'Two']) {
      await sf.result(['data', 'create', 'record', ...onOrg, '-s', 'Case', '-v', `Subject=${subject}`]);
    }
    const owners = 'SELECT Subject, Owner.Name, Status FROM Case ORDER BY Subject';
    const parents = await sf.run(['data', 'query', ...onOrg, '--result-format', 'csv', '-q', owners]);
    expect(parents.stdout.trim().split(/\r?\n/)).toEqual([
      'Subject,Owner.Name,Status',
      'One,Local Administrator,New',
      'Two,Local Administrator,New',
    ]);
    const groups = ['data', 'query', ...onOrg, '-q', 'SELECT Status, COUNT(Id) n FROM Case GROUP BY Status'];
    expect((await sf.run([...groups, '-r', 'csv'])).stdout.trim().split(/\r?\n/)).toEqual(['Status,n', 'New,2']);
    const count = await sf.result(['data', 'query', ...onOrg, '-q', 'SELECT COUNT() FROM Case']);
    expect(count).toMatchObject({ totalSize: 2, done: true });
    const children = 'SELECT Subject, (SELECT Id FROM EmailMessages) FROM Case';
    expect((await sf.result(['data', 'query', ...onOrg, '-q', children])).totalSize).toBe(2);
  });

  test("shows Salesforce's own error for what the org does not have", async () => {
    const { sf } = await loggedInByToken();
    const query = await sf.run(['data', 'query', ...onOrg, '-q', 'SELECT Nope FROM Case', '--json']);
    expect(query.exitCode).toBe(1);
    expect(query.json().name).toBe('INVALID_FIELD');
    expect(query.json().message).toContain("No such column 'Nope' on entity 'Case'");
    const create = await sf.run(['data', 'create', 'record', ...onOrg, '-s', 'Case', '-v', 'Nope=1', '--json']);
    expect(create.json()).toMatchObject({ status: 1, name: 'INVALID_FIELD' });
  });

  test('describes objects of the data and the Tooling API and imports a tree', async () => {
    const { sf } = await loggedInByToken();
    const described = await sf.result(['sobject', 'describe', ...onOrg, '-s', 'EmailMessage']);
    expect(described.fields.map((field: { name: string }) => field.name)).toContain('ParentId');
    expect((await sf.result(['sobject', 'describe', ...onOrg, '-s', 'ApexClass', '-t'])).keyPrefix).toBe('01p');
    expect(await sf.result(['sobject', 'list', ...onOrg])).toContain('Case');

    const file = join(sf.folder, 'tree.json');
    const account = { attributes: { type: 'Account', referenceId: 'acme' }, Name: 'Acme' };
    await writeFile(file, JSON.stringify({ records: [account] }));
    const [imported] = await sf.result(['data', 'import', 'tree', ...onOrg, '--files', file]);
    expect(imported).toMatchObject({ refId: 'acme', type: 'Account' });
  });
});

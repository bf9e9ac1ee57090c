import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
  await client.call('POST', `${API}/tooling/sobjects/CustomField`, {
    FullName: 'Account.ExtId__c',
    Metadata: { label: 'External Id', type: 'Text', length: 20, externalId: true, unique: false, required: true },
  });
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const upsert = (records: object[], more: object = {}, field = 'ExtId__c'): Promise<Answer> =>
  client.call('PATCH', `${API}/composite/sobjects/Account/${field}`, {
    ...more,
    records: records.map((record) => ({ attributes: { type: 'Account' }, ...record })),
  });

async function names(): Promise<string[]> {
  const { body } = await client.query('SELECT Name FROM Account ORDER BY Name');
  return (body.records as { Name: string }[]).map(({ Name }) => Name);
}

describe('upserting a collection', () => {
  it('creates what is not there and updates what is, in the order asked for', async () => {
    const first = await client.create('Account', { Name: 'A', ExtId__c: 'a' });
    const { status, body } = await upsert([
      { extid__c: 'b', Name: 'B' },
      { ExtId__c: 'A', Name: 'A again' },
    ]);
    expect(status).toBe(200);
    expect(body).toEqual([
      { id: expect.stringMatching(/^001/), success: true, errors: [], created: true },
      { id: first, success: true, errors: [], created: false },
    ]);
    expect(await names()).toEqual(['A again', 'B']);
  });

  it('refuses records that cannot be told apart, and those without a value', async () => {
    await client.create('Account', { Name: 'T1', ExtId__c: 'twin' });
    await client.create('Account', { Name: 'T2', ExtId__c: 'twin' });
    const { body } = await upsert([
      { ExtId__c: 'c', Name: 'C1' },
      { ExtId__c: 'C', Name: 'C2' },
      { ExtId__c: 'twin', Name: 'T3' },
      { Name: 'None' },
      { ExtId__c: 'd', Name: 'D' },
    ]);
    const codes = (body as { errors: { statusCode: string }[] }[]).map(({ errors }) => errors[0]?.statusCode);
    expect(codes).toEqual([
      'DUPLICATE_VALUE',
      'DUPLICATE_VALUE',
      'DUPLICATE_EXTERNAL_ID',
      'MISSING_ARGUMENT',
      undefined,
    ]);
    expect(body[4]).toMatchObject({ success: true, created: true });
  });

  it('keeps nothing if all or none is asked for and one fails', async () => {
    const before = await names();
    const { body } = await upsert(
      [
        { ExtId__c: 'new', Name: 'New' },
        { ExtId__c: 'a', Name: '' },
      ],
      { allOrNone: true },
    );
    expect(body).toMatchObject([
      { success: false, created: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, created: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(await names()).toEqual(before);
  });

  it('goes by id as well, and by nothing that identifies no record', async () => {
    const id = await client.create('Account', { Name: 'By id', ExtId__c: 'i' });
    const { body } = await upsert(
      [
        { Id: id, Name: 'By id again' },
        { Name: 'Fresh', ExtId__c: 'f' },
      ],
      {},
      'Id',
    );
    expect(body).toMatchObject([
      { id, created: false },
      { success: true, created: true },
    ]);
    expect(errorOf(await upsert([{ Industry: 'x' }], {}, 'Industry'))).toMatchObject({
      status: 404,
      errorCode: 'NOT_FOUND',
    });
  });
});

describe('upserting one record', () => {
  it('tells since version 46.0 whether it is a new one', async () => {
    const path = (version: string): string => `/services/data/v${version}/sobjects/Account/ExtId__c/`;
    const created = await client.call('PATCH', `${path('68.0')}one`, { Name: 'One' });
    expect(created).toMatchObject({ status: 201, body: { success: true, created: true } });
    const updated = await client.call('PATCH', `${path('68.0')}one`, { Name: 'One again' });
    expect(updated).toMatchObject({ status: 200, body: { success: true, created: false } });
    const old = await client.call('PATCH', `${path('45.0')}two`, { Name: 'Two' });
    expect(old.status).toBe(201);
    expect(old.body).not.toHaveProperty('created');
    expect((await client.call('PATCH', `${path('45.0')}two`, { Name: 'Two again' })).status).toBe(204);
  });
});

describe('retrieving a collection by its body', () => {
  const retrieve = (body: object): Promise<Answer> => client.call('POST', `${API}/composite/sobjects/Account`, body);

  it('answers each id in its place, with null for what is not there', async () => {
    const id = await client.create('Account', { Name: 'Here', ExtId__c: 'h' });
    const { status, body } = await retrieve({ ids: [id, '001000000000000AAA', 'nonsense', id], fields: ['Name'] });
    expect(status).toBe(200);
    expect(body).toMatchObject([{ Name: 'Here' }, null, null, { Name: 'Here' }]);
  });

  it('refuses unknown fields, too many ids, and what is no list', async () => {
    const id = await client.create('Account', { Name: 'There', ExtId__c: 't' });
    expect(errorOf(await retrieve({ ids: [id], fields: ['Nope'] }))).toMatchObject({
      status: 400,
      errorCode: 'INVALID_FIELD',
    });
    const ids = Array.from({ length: 2001 }, () => id);
    expect(errorOf(await retrieve({ ids, fields: ['Name'] })).status).toBe(400);
    expect(errorOf(await retrieve({ ids: id })).status).toBe(400);
  });
});

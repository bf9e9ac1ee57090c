import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const count = async (sobject: string): Promise<number> =>
  (await client.query(`SELECT COUNT() FROM ${sobject}`)).body.totalSize as number;

describe('collections', () => {
  it('save many records, and say of each how it went', async () => {
    const records = [
      { attributes: { type: 'Account' }, Name: 'One' },
      { attributes: { type: 'Contact' }, FirstName: 'nameless' },
      { attributes: { type: 'Nope' }, Name: 'x' },
    ];
    const { status, body } = await client.call('POST', `${API}/composite/sobjects`, { records });
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { success: true, id: expect.stringMatching(/^001/), errors: [] },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }] },
      { success: false, errors: [{ statusCode: 'INVALID_TYPE' }] },
    ]);
    const changed = [{ attributes: { type: 'Account' }, Id: body[0].id, Name: 'Uno' }];
    expect((await client.call('PATCH', `${API}/composite/sobjects`, { records: changed })).body).toMatchObject([
      { success: true },
    ]);
    const read = await client.call(
      'GET',
      `${API}/composite/sobjects/Account?ids=${body[0].id},001000000000000AAA&fields=Name`,
    );
    expect(read.body).toMatchObject([{ Name: 'Uno' }, null]);
    const gone = await client.call('DELETE', `${API}/composite/sobjects?ids=${body[0].id},nonsense`);
    expect(gone.body).toMatchObject([{ success: true }, { success: false, errors: [{ statusCode: 'MALFORMED_ID' }] }]);
  });

  it('keep nothing when all or none is asked for and one fails', async () => {
    const before = await count('Account');
    const records = [{ attributes: { type: 'Account' }, Name: 'Kept?' }, { attributes: { type: 'Contact' } }];
    const { body } = await client.call('POST', `${API}/composite/sobjects`, { allOrNone: true, records });
    expect(body).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(await count('Account')).toBe(before);
  });

  it('take 200 records and no more', async () => {
    const records = Array.from({ length: 201 }, (_, index) => ({ attributes: { type: 'Account' }, Name: `n${index}` }));
    expect(errorOf(await client.call('POST', `${API}/composite/sobjects`, { records })).errorCode).toBe(
      'EXCEEDED_ID_LIMIT',
    );
    const { body } = await client.call('POST', `${API}/composite/sobjects`, { records: records.slice(1) });
    expect(body.every((result: { success: boolean }) => result.success)).toBe(true);
  });

  it('come as a tree from the official CLI', async () => {
    const record = (referenceId: string, values: object): object => ({
      attributes: { type: 'Account', referenceId },
      ...values,
    });
    const good = await client.call('POST', `${API}/composite/tree/Account`, {
      records: [record('a', { Name: 'A' }), record('b', { Name: 'B' })],
    });
    expect(good).toMatchObject({
      status: 201,
      body: { hasErrors: false, results: [{ referenceId: 'a' }, { referenceId: 'b' }] },
    });
    const bad = await client.call('POST', `${API}/composite/tree/Account`, {
      records: [record('a', { Name: 'A' }), record('b', {})],
    });
    expect(bad).toMatchObject({
      status: 400,
      body: { hasErrors: true, results: [{ referenceId: 'b', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }] },
    });
  });
});

describe('composite requests', () => {
  it('fail the part whose reference leads nowhere', async () => {
    const { status, body } = await client.call('POST', `${API}/composite`, {
      compositeRequest: [
        { method: 'POST', url: `${API}/sobjects/Case`, referenceId: 'NewCase', body: { Subject: 'Composite' } },
        { method: 'GET', url: `${API}/sobjects/Case/@{NewCase.id}?fields=Subject`, referenceId: 'Read' },
        {
          method: 'POST',
          url: `${API}/sobjects/CaseComment`,
          referenceId: 'Note',
          body: { ParentId: '@{Read.Id}', CommentBody: 'x' },
        },
      ],
    });
    expect(status).toBe(200);
    expect(body.compositeResponse).toMatchObject([
      { httpStatusCode: 201 },
      { httpStatusCode: 200, body: { Subject: 'Composite' } },
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
    ]);
  });

  it('answer each part', async () => {
    const { body } = await client.call('POST', `${API}/composite`, {
      compositeRequest: [
        { method: 'POST', url: `${API}/sobjects/Case`, referenceId: 'NewCase', body: { Subject: 'Composite' } },
        {
          method: 'POST',
          url: `${API}/sobjects/CaseComment`,
          referenceId: 'Note',
          body: { ParentId: '@{NewCase.id}', CommentBody: 'x' },
        },
        {
          method: 'GET',
          url: `${API}/query?q=SELECT+Id+FROM+CaseComment+WHERE+ParentId='@{NewCase.id}'`,
          referenceId: 'Found',
        },
        { method: 'GET', url: `${API}/sobjects/Nope/describe`, referenceId: 'Bad' },
      ],
    });
    expect(body.compositeResponse).toMatchObject([
      { httpStatusCode: 201, referenceId: 'NewCase', body: { success: true } },
      { httpStatusCode: 201, referenceId: 'Note' },
      { httpStatusCode: 200, body: { totalSize: 1 } },
      { httpStatusCode: 404, body: [{ errorCode: 'NOT_FOUND' }] },
    ]);
  });

  it('say that all or none is not done across parts', async () => {
    const compositeRequest = [{ method: 'GET', url: `${API}/limits`, referenceId: 'a' }];
    expect((await client.call('POST', `${API}/composite`, { allOrNone: true, compositeRequest })).status).toBe(501);
  });

  it('come as a batch too', async () => {
    const { body } = await client.call('POST', `${API}/composite/batch`, {
      batchRequests: [
        { method: 'GET', url: 'v68.0/limits' },
        { method: 'POST', url: 'v68.0/sobjects/Account', richInput: { Name: 'Batch' } },
        { method: 'GET', url: 'v68.0/nope' },
      ],
    });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 200 }, { statusCode: 201 }, { statusCode: 404 }],
    });
  });

  it.each([
    [{}],
    [{ compositeRequest: [] }],
    [{ compositeRequest: [{ method: 'GET' }] }],
    [{ compositeRequest: [{ method: 'GET', url: `${API}/composite`, referenceId: 'x' }] }],
  ])('refuse %j', async (request) => {
    expect((await client.call('POST', `${API}/composite`, request)).status).toBe(400);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { apexClass, apexTrigger, manifest } from '../metadata/package-zip.ts';
import { deployByRest } from '../metadata/deploy-by-rest.ts';
import { clientOfUser } from '../records/people.ts';

let client: OrgClient;
beforeEach(async () => {
  client = await openOrgClient();
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const plant = (sobject: string, values: unknown): Promise<Answer> =>
  client.control('POST', `records/${sobject}`, values);
const replant = (sobject: string, id: string, values: unknown): Promise<Answer> =>
  client.control('PATCH', `records/${sobject}/${id}`, values);
const first = async (soql: string): Promise<Answer['body']> => (await client.query(soql)).body.records[0] as unknown;

describe('a planted change', () => {
  it('writes what nobody may write, and moves no time on', async () => {
    const { userId } = await clientOfUser(client, 'Standard User');
    const id = await client.create('Case', { Subject: 'Old' });
    const created = { CreatedDate: '2026-01-02T03:04:05Z', CreatedById: userId };
    const modified = { LastModifiedDate: '2026-01-03T00:00:00.000+0100', SystemModstamp: '2026-01-03T00:00:00Z' };
    expect(await replant('case', id.slice(0, 15), { ...created, ...modified, subject: 'Older' })).toMatchObject({
      status: 200,
      body: {
        id,
        values: {
          CreatedDate: '2026-01-02T03:04:05.000Z',
          CreatedById: userId,
          LastModifiedDate: '2026-01-02T23:00:00.000Z',
          Subject: 'Older',
        },
      },
    });
    expect(await first('SELECT Subject, CreatedDate, CreatedBy.Username, LastModifiedDate FROM Case')).toMatchObject({
      Subject: 'Older',
      CreatedDate: '2026-01-02T03:04:05.000+0000',
      CreatedBy: { Username: 'standard-user@example.com' },
      LastModifiedDate: '2026-01-02T23:00:00.000+0000',
    });
    const recent = await client.query('SELECT Id FROM Case WHERE CreatedDate = LAST_N_DAYS:7');
    expect(recent.body.totalSize).toBe(0);
  });

  it('runs no trigger and obeys no rule of the object', async () => {
    const files = {
      'package.xml': manifest({ ApexTrigger: ['Stop'] }),
      ...apexTrigger('Stop', "trigger Stop on EmailMessage (before update) { Trigger.new[0].addError('no'); }"),
    };
    expect(await deployByRest(client, files)).toMatchObject({ status: 'Succeeded' });
    const id = await client.create('EmailMessage', { Subject: 'Sent', Status: '3', ToAddress: 'jane@customer.test' });
    expect((await client.call('PATCH', `${API}/sobjects/EmailMessage/${id}`, { IsBounced: true })).status).toBe(400);
    expect((await replant('EmailMessage', id, { IsBounced: true, TextBody: 'Other' })).status).toBe(200);
    expect(await first('SELECT IsBounced, TextBody FROM EmailMessage')).toMatchObject({
      IsBounced: true,
      TextBody: 'Other',
    });
  });

  it('takes a value away with null', async () => {
    const id = await client.create('Case', { Subject: 'Named', SuppliedName: 'Jane' });
    expect((await replant('Case', id, { SuppliedName: null })).status).toBe(200);
    expect(await first('SELECT SuppliedName FROM Case')).toMatchObject({ SuppliedName: null });
  });

  it('reaches fields that the Tooling API alone has', async () => {
    const files = {
      'package.xml': manifest({ ApexClass: ['Greeter'] }),
      ...apexClass('Greeter', 'public class Greeter {}'),
    };
    expect(await deployByRest(client, files)).toMatchObject({ status: 'Succeeded' });
    const { Id } = await first('SELECT Id FROM ApexClass');
    expect((await replant('ApexClass', Id, { IsValid: false, ManageableState: 'installed' })).status).toBe(200);
    const { body } = await client.tooling('SELECT IsValid, ManageableState FROM ApexClass');
    expect(body.records).toMatchObject([{ IsValid: false, ManageableState: 'installed' }]);
  });
});

describe('a planted row', () => {
  it('is there as given, with an id of its own', async () => {
    const { adminUserId } = client.org.state.settings;
    const { status, body } = await plant('AsyncApexJob', {
      JobType: 'Queueable',
      Status: 'Failed',
      ExtendedStatus: 'First error: Read timed out',
      NumberOfErrors: 1,
      CreatedDate: '2026-11-20T08:00:00Z',
      CompletedDate: '2026-11-20T08:00:30Z',
    });
    expect(status).toBe(201);
    const soql =
      'SELECT Id, JobType, Status, ExtendedStatus, NumberOfErrors, CreatedDate, CreatedById, CompletedDate FROM AsyncApexJob';
    expect(await first(soql)).toMatchObject({
      Id: body.id,
      JobType: 'Queueable',
      Status: 'Failed',
      ExtendedStatus: 'First error: Read timed out',
      NumberOfErrors: 1,
      CreatedDate: '2026-11-20T08:00:00.000+0000',
      CreatedById: adminUserId,
      CompletedDate: '2026-11-20T08:00:30.000+0000',
    });
  });

  it.each([
    ['Nonsense', { Name: 'x' }, 'The local org has no object Nonsense.'],
    ['Case', { Colour: 'red' }, 'Case has no field Colour.'],
    ['Case', {}, 'There are no fields to write.'],
    ['Case', { Id: '500000000000001AAA' }, 'Ids are given by the local org and never change.'],
    ['Case', { IsDeleted: true }, 'IsDeleted is true of what was deleted: delete the record.'],
    ['Case', { ContactEmail: 'a@b.test' }, 'Case.ContactEmail is not stored: it follows from the rest of the org.'],
    ['Case', { CreatedDate: null }, 'CreatedDate cannot be null.'],
    ['Account', { BillingAddress: {} }, 'Account.BillingAddress is not stored: write what it is made of.'],
    [
      'TwoFactorMethodsInfo',
      { HasTotp: true },
      'TwoFactorMethodsInfo has no rows of its own: they follow from the rest of the org.',
    ],
  ])('of %s with %j is refused: %s', async (sobject, values, message) => {
    expect(await plant(sobject, values)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_REQUEST', message }],
    });
  });

  it.each([
    ['Case', { CreatedDate: 'yesterday' }, /^CreatedDate: Cannot deserialize/],
    ['Case', { CreatedById: '500000000000001AAA' }, /^CreatedById: .*id value of incorrect type/],
    ['EmailMessage', { Status: '9' }, /^Status: .*restricted picklist/],
  ])('of %s with %j is refused for its value', async (sobject, values, message) => {
    expect(await plant(sobject, values)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_REQUEST', message: expect.stringMatching(message) as string }],
    });
    expect(client.org.state.records.all(sobject)).toEqual([]);
  });

  it('must be there to be changed', async () => {
    expect(await replant('Case', '500000000000001AAA', { Subject: 'x' })).toMatchObject({
      status: 404,
      body: [{ message: 'There is no Case with the id 500000000000001AAA.' }],
    });
  });

  it('is for those alone who send the header of the control API', async () => {
    expect((await client.call('POST', '/_local/records/Case', { Subject: 'x' })).status).toBe(403);
    expect((await client.call('POST', '/_local/logs', { body: 'x' })).status).toBe(403);
  });
});

describe('a planted log', () => {
  it('has a row of its user and a body, in both APIs', async () => {
    const { userId } = await clientOfUser(client, 'Standard User');
    const text = '68.0 APEX_CODE,DEBUG\n10:00:00.0 (1)|EXCEPTION_THROWN|[3]|System.CalloutException: Read timed out';
    const { status, body } = await client.control('POST', 'logs', {
      username: 'standard-user@example.com',
      body: text,
      operation: 'FutureHandler',
      status: 'System.CalloutException: Read timed out',
      durationMs: 1200,
      startTime: '2026-11-20T10:00:00Z',
    });
    expect(status).toBe(201);
    const soql =
      'SELECT Id, LogUserId, LogLength, Operation, Status, DurationMilliseconds, StartTime, Location FROM ApexLog';
    expect((await client.tooling(soql)).body.records).toMatchObject([
      {
        Id: body.id,
        LogUserId: userId,
        LogLength: Buffer.byteLength(text),
        Operation: 'FutureHandler',
        Status: 'System.CalloutException: Read timed out',
        DurationMilliseconds: 1200,
        StartTime: '2026-11-20T10:00:00.000+0000',
        Location: 'Monitoring',
      },
    ]);
    expect((await client.call('GET', `${API}/sobjects/ApexLog/${body.id}/Body`)).body).toBe(text);
    expect((await client.call('GET', `${API}/tooling/sobjects/ApexLog/${body.id}/Body`)).body).toBe(text);
  });

  it.each([
    [{}, 'body'],
    [{ body: 'x', username: 'nobody@example.com' }, 'There is no user nobody@example.com.'],
    [{ body: 'x', startTime: 'yesterday' }, 'startTime'],
    [{ body: 'x', userId: 'a', username: 'b' }, 'name the user once'],
  ])('%j is refused', async (values, said) => {
    const { status, body } = await client.control('POST', 'logs', values);
    expect(status).toBe(400);
    expect(body[0].message).toContain(said);
  });
});

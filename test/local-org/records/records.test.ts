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

const read = async (sobject: string, id: string) => (await client.call('GET', `${API}/sobjects/${sobject}/${id}`)).body;
const update = (sobject: string, id: string, values: object) =>
  client.call('PATCH', `${API}/sobjects/${sobject}/${id}`, values);
const profileId = (): string => client.org.state.records.find('Profile', { Name: 'Standard User' })[0]?.Id ?? '';
const user = (username: string): Record<string, unknown> => ({
  Username: username,
  LastName: 'Bot',
  Alias: 'bot',
  Email: 'bot@acme.test',
  ProfileId: profileId(),
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'en_US',
});

describe('creating', () => {
  it('answers the new id, and turns the strings that the CLI sends into numbers, dates and checkboxes', async () => {
    const answer = await client.call('POST', `${API}/sobjects/account`, {
      Name: 'Acme Co ',
      NumberOfEmployees: '12',
      AnnualRevenue: '1.5e3',
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { success: true, errors: [], id: expect.stringMatching(/^001\w{15}$/) },
    });
    expect(answer.headers.get('location')).toBe(`${API}/sobjects/Account/${answer.body.id}`);
    expect(await read('Account', answer.body.id as string)).toMatchObject({
      attributes: { type: 'Account' },
      Name: 'Acme Co',
      NumberOfEmployees: 12,
      AnnualRevenue: 1500,
      OwnerId: client.org.state.settings.adminUserId,
    });
    const task = await client.create('Task', {
      IsReminderSet: 'true',
      ActivityDate: '2026-12-24',
      ReminderDateTime: '2026-12-24T10:00:00+0100',
    });
    expect(await read('Task', task)).toMatchObject({
      IsReminderSet: true,
      ActivityDate: '2026-12-24',
      ReminderDateTime: '2026-12-24T09:00:00.000+0000',
      Status: 'Not Started',
    });
  });

  it.each([
    ['Case', { Foo: 1 }, 'INVALID_FIELD', "No such column 'Foo' on sobject of type Case"],
    ['Case', { CaseNumber: '1' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: CaseNumber.'],
    ['Case', { IsClosed: true, ClosedDate: null }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'IsClosed, ClosedDate'],
    ['Contact', { FirstName: 'Jane' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]'],
    ['Contact', { LastName: '  ' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]'],
    [
      'Contact',
      { LastName: 'Doe', Email: 'not an address' },
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: not an address',
    ],
    ['Case', { Subject: 'x'.repeat(256) }, 'STRING_TOO_LONG', 'Subject: data value too large: '],
    ['Case', { ContactId: 'nonsense' }, 'MALFORMED_ID', 'Contact ID: id value of incorrect type: nonsense'],
    ['Case', { ContactId: '001000000000000AAA' }, 'MALFORMED_ID', 'Contact ID: id value of incorrect type'],
    ['Case', { ContactId: '003000000000000AAA' }, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'],
    ['Account', { Name: 'A', NumberOfEmployees: 'many' }, 'JSON_PARSER_ERROR', 'Cannot deserialize instance of int'],
    [
      'Account',
      { Name: { nested: true } },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of string from START_OBJECT',
    ],
    ['Case', { SlaStartDate: 'tomorrow' }, 'JSON_PARSER_ERROR', 'Cannot deserialize instance of datetime'],
    [
      'EmailMessage',
      { Status: '9' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'bad value for restricted picklist field: 9',
    ],
    ['ApexClass', { Name: 'X' }, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'entity type cannot be inserted: Apex Class'],
    ['CaseComment', { CommentBody: 'é'.repeat(2001) }, 'REQUIRED_FIELD_MISSING', '[ParentId]'],
  ])('%s with %j is refused: %s', async (sobject, values, errorCode, message) => {
    const error = errorOf(await client.call('POST', `${API}/sobjects/${sobject}`, values));
    expect(error).toMatchObject({ status: 400, errorCode });
    expect(error.message).toContain(message);
  });

  it.each([
    ['no body', '', 'JSON_PARSER_ERROR'],
    ['broken JSON', '{"Name": ', 'JSON_PARSER_ERROR'],
    ['a list', '[1]', 'JSON_PARSER_ERROR'],
  ])('%s is refused', async (_, body, errorCode) => {
    expect(errorOf(await client.call('POST', `${API}/sobjects/Account`, body))).toMatchObject({
      status: 400,
      errorCode,
    });
  });
});

describe('reading, updating, deleting', () => {
  it('go their way', async () => {
    const id = await client.create('Account', { Name: 'Acme', Phone: '1' });
    expect((await update('Account', id, { Phone: null, Website: 'https://acme.test' })).status).toBe(204);
    const { body } = await client.call('GET', `${API}/sobjects/Account/${id}?fields=Phone,website`);
    expect(body).toEqual({
      attributes: { type: 'Account', url: `${API}/sobjects/Account/${id}` },
      Phone: null,
      Website: 'https://acme.test',
    });
    expect((await client.call('DELETE', `${API}/sobjects/Account/${id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      expect(errorOf(await client.call(method, `${API}/sobjects/Account/${id}`))).toMatchObject({
        status: 404,
        errorCode: 'ENTITY_IS_DELETED',
      });
    }
    expect(errorOf(await update('Account', id, { Name: 'x' }))).toMatchObject({
      status: 404,
      errorCode: 'ENTITY_IS_DELETED',
    });
    const all = await client.call(
      'GET',
      `${API}/queryAll?q=${encodeURIComponent(`SELECT Id, IsDeleted FROM Account WHERE Id = '${id}'`)}`,
    );
    expect(all.body.records).toMatchObject([{ Id: id, IsDeleted: true }]);
  });

  it.each([
    ['a malformed id', 'nonsense', 400, 'MALFORMED_ID'],
    ["another object's id", '003000000000000AAA', 404, 'NOT_FOUND'],
    ['an id of nothing', '001000000000000AAA', 404, 'NOT_FOUND'],
  ])('%s is refused', async (_, id, status, errorCode) => {
    expect(errorOf(await client.call('GET', `${API}/sobjects/Account/${id}`))).toMatchObject({ status, errorCode });
  });

  it('upsert by a field that finds one record', async () => {
    const path = `${API}/sobjects/Contact/Email/joe@acme.test`;
    const first = await client.call('PATCH', path, { LastName: 'Joe' });
    expect(first).toMatchObject({ status: 201, body: { success: true } });
    const second = await client.call('PATCH', path, { LastName: 'Joseph' });
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id, created: false } });
    expect(errorOf(await client.call('PATCH', `${API}/sobjects/Contact/Phone/1`, { LastName: 'x' }))).toMatchObject({
      status: 404,
      message: 'Provided external ID field does not exist or is not accessible: Phone',
    });
  });
});

describe('cases', () => {
  it('number themselves, belong to their maker, and close by their status', async () => {
    const id = await client.create('Case', { Subject: 'Help', Comments: 'first words' });
    const fresh = await read('Case', id);
    expect(fresh).toMatchObject({
      Status: 'New',
      Priority: 'Medium',
      IsClosed: false,
      OwnerId: client.org.state.settings.adminUserId,
    });
    expect(fresh.CaseNumber).toMatch(/^0000\d{4}$/);
    expect(
      (await client.query(`SELECT CommentBody FROM CaseComment WHERE ParentId = '${id}'`)).body.records,
    ).toMatchObject([{ CommentBody: 'first words' }]);
    await update('Case', id, { Status: 'Closed' });
    expect(await read('Case', id)).toMatchObject({
      IsClosed: true,
      IsClosedOnCreate: false,
      ClosedDate: expect.stringContaining('T'),
    });
    await update('Case', id, { Status: 'Working' });
    expect(await read('Case', id)).toMatchObject({ IsClosed: false, ClosedDate: null });
  });

  it('take their comments and mails with them', async () => {
    const id = await client.create('Case', { Subject: 'Help', Comments: 'x' });
    const mail = await client.create('EmailMessage', {
      ParentId: id,
      Subject: 'Hi',
      FromAddress: 'a@b.test',
      Incoming: true,
    });
    await client.call('DELETE', `${API}/sobjects/Case/${id}`);
    expect(errorOf(await client.call('GET', `${API}/sobjects/EmailMessage/${mail}`)).errorCode).toBe(
      'ENTITY_IS_DELETED',
    );
  });

  it('keep comments within 4,000 bytes', async () => {
    const parent = await client.create('Case', {});
    const tooLong = { ParentId: parent, CommentBody: 'é'.repeat(2001) };
    expect(errorOf(await client.call('POST', `${API}/sobjects/CaseComment`, tooLong)).errorCode).toBe(
      'STRING_TOO_LONG',
    );
  });
});

describe('email messages', () => {
  it('can be read and no longer changed, but for what the platform allows', async () => {
    const parent = await client.create('Case', {});
    const id = await client.create('EmailMessage', {
      ParentId: parent,
      Subject: 'Hi',
      Incoming: true,
      TextBody: 'Hello',
    });
    expect(await read('EmailMessage', id)).toMatchObject({ Status: '0', Name: 'Hi', HasAttachment: false });
    expect((await update('EmailMessage', id, { Status: '1' })).status).toBe(204);
    expect(errorOf(await update('EmailMessage', id, { Subject: 'Other' })).errorCode).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
    const draft = await client.create('EmailMessage', { ParentId: parent, Subject: 'Hi', Status: '5' });
    expect((await update('EmailMessage', draft, { Subject: 'Other' })).status).toBe(204);
  });

  it('carry files linked as they are made', async () => {
    const parent = await client.create('Case', {});
    const data = Buffer.from('hello').toString('base64');
    const version = await client.create('ContentVersion', {
      PathOnClient: 'notes.txt',
      VersionData: data,
      FirstPublishLocationId: parent,
    });
    const { ContentDocumentId, ...stored } = await read('ContentVersion', version);
    expect(stored).toMatchObject({
      Title: 'notes',
      FileExtension: 'txt',
      ContentSize: 5,
      IsLatest: true,
      VersionNumber: '1',
    });
    const mail = await client.create('EmailMessage', {
      ParentId: parent,
      Subject: 'Hi',
      ContentDocumentIds: [ContentDocumentId],
    });
    const links = await client.query(
      `SELECT LinkedEntityId FROM ContentDocumentLink WHERE ContentDocumentId = '${ContentDocumentId}'`,
    );
    expect(links.body.records.map((link: { LinkedEntityId: string }) => link.LinkedEntityId)).toEqual(
      expect.arrayContaining([parent, mail]),
    );
    const bytes = await client.call('GET', stored.VersionData as string);
    expect(bytes.body).toBe('hello');
  });
});

describe('users', () => {
  it('have one username each, and what their profile allows', async () => {
    const id = await client.create('User', user('Bot@Acme.test'));
    expect(await read('User', id)).toMatchObject({
      Username: 'bot@acme.test',
      Name: 'Bot',
      IsActive: true,
      CommunityNickname: 'Bot',
    });
    expect(errorOf(await client.call('POST', `${API}/sobjects/User`, user('bot@acme.test')))).toMatchObject({
      errorCode: 'DUPLICATE_USERNAME',
    });
    const assignments = await client.query(
      `SELECT PermissionSet.IsOwnedByProfile FROM PermissionSetAssignment WHERE AssigneeId = '${id}'`,
    );
    expect(assignments.body.records).toMatchObject([{ PermissionSet: { IsOwnedByProfile: true } }]);
  });

  it('may send mail or not, as a query of their permission sets tells', async () => {
    const soql = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${client.org.state.settings.adminUserId}' AND PermissionSet.PermissionsEmailSingle = true LIMIT 1`;
    expect((await client.query(soql)).body.totalSize).toBe(1);
    expect((await client.query('SELECT PermissionsEmailSingle FROM UserPermissionAccess')).body.records).toMatchObject([
      { PermissionsEmailSingle: true },
    ]);
  });
});

import { text } from 'node:stream/consumers';

import { SfDate } from 'jsforce';
import { beforeAll, describe, expect, it } from 'vitest';

import { jsforceOrg } from './jsforce-org.ts';

const org = jsforceOrg();

const named = (prefix: string, count: number): { Name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ Name: `${prefix} ${String(index).padStart(4, '0')}` }));

describe('create, retrieve, update, upsert and destroy', () => {
  it('take one record', async () => {
    const created = await org.connection.sobject('Account').create({ Name: 'My Account #1' });
    expect(created).toEqual({ id: expect.stringMatching(/^001/), success: true, errors: [] });
    const id = created.id ?? '';
    expect(await org.connection.sobject('Account').retrieve(id)).toMatchObject({
      attributes: { type: 'Account' },
      Name: 'My Account #1',
    });
    const named = await org.connection.sobject('Account').retrieve(id, { fields: ['Name'] });
    expect(named['Name']).toBe('My Account #1');
    expect(named).not.toHaveProperty('Industry');
    expect(await org.connection.sobject('Account').update({ Id: id, Name: 'Updated' })).toEqual({
      id,
      success: true,
      errors: [],
    });
    expect(await org.connection.sobject('Account').record(id).retrieve()).toMatchObject({ Name: 'Updated' });
    expect(await org.connection.sobject('Account').delete(id)).toEqual({ id, success: true, errors: [] });
    await expect(org.connection.sobject('Account').retrieve(id)).rejects.toMatchObject({
      errorCode: 'ENTITY_IS_DELETED',
    });
  });

  it('take many records, more than a request may have', async () => {
    const accounts = org.connection.sobject('Account');
    const created = await accounts.create(named('Many', 450), { allowRecursive: true });
    expect(created).toHaveLength(450);
    const ids = created.map(({ id }) => id ?? '');
    const updated = await accounts.update(
      ids.map((Id, index) => ({ Id, Name: `Changed ${index}` })),
      { allowRecursive: true },
    );
    expect(updated.every(({ success }) => success)).toBe(true);
    const read = await accounts.retrieve(ids.slice(0, 3));
    expect(read.map((record) => record['Name'])).toEqual(['Changed 0', 'Changed 1', 'Changed 2']);
    const destroyed = await accounts.destroy(ids, { allowRecursive: true });
    expect(destroyed.filter(({ success }) => success)).toHaveLength(450);
    expect(await accounts.count({ Name: { $like: 'Changed%' } })).toBe(0);
  });

  it('say of each record how it went, and all or none if asked', async () => {
    const accounts = org.connection.sobject('Account');
    const mixed = await accounts.create([{ Name: 'Good' }, { Name: '' }]);
    expect(mixed).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] },
    ]);
    const none = await accounts.create([{ Name: 'All' }, { Name: '' }], { allOrNone: true });
    expect(none).toMatchObject([{ success: false }, { success: false }]);
    expect(await accounts.count({ Name: 'All' })).toBe(0);
    await expect(accounts.create({ Name: '' })).rejects.toMatchObject({ errorCode: 'REQUIRED_FIELD_MISSING' });
    await expect(accounts.create({ Nope: 1 })).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
  });

  it('match by an external id', async () => {
    await org.connection.metadata.create('CustomField', {
      fullName: 'Account.ExtId__c',
      label: 'External Id',
      type: 'Text',
      length: 20,
      externalId: true,
      unique: true,
      required: false,
    });
    await org.connection.metadata.create('PermissionSet', {
      fullName: 'ExternalIds',
      label: 'External Ids',
      fieldPermissions: [{ field: 'Account.ExtId__c', editable: true, readable: true }],
    });
    const set = await org.connection.sobject('PermissionSet').findOne({ Name: 'ExternalIds' }, 'Id');
    const user = await org.connection.identity();
    await org.connection.create('PermissionSetAssignment', { AssigneeId: user.user_id, PermissionSetId: set?.['Id'] });
    const accounts = org.connection.sobject('Account');
    expect(await accounts.upsert({ Name: 'One', ExtId__c: 'E1' }, 'ExtId__c')).toMatchObject({
      success: true,
      created: true,
    });
    const both = await accounts.upsert(
      [
        { Name: 'One again', ExtId__c: 'E1' },
        { Name: 'Two', ExtId__c: 'E2' },
      ],
      'ExtId__c',
    );
    expect(both).toMatchObject([
      { success: true, created: false },
      { success: true, created: true },
    ]);
    expect((await accounts.find({ ExtId__c: ['E1', 'E2'] }, 'Name').sort('Name')).map(({ Name }) => Name)).toEqual([
      'One again',
      'Two',
    ]);
  });
});

describe('queries', () => {
  beforeAll(async () => {
    const { state } = org.client.org;
    state.transaction(() => {
      for (const { Name } of named('Page', 4100)) state.records.insert('Account', { Name }, state.settings.adminUserId);
    });
  });
  const paged = "SELECT Id, Name FROM Account WHERE Name LIKE 'Page%' ORDER BY Name";

  it('come in pages', async () => {
    const first = await org.connection.query(paged);
    expect(first).toMatchObject({ totalSize: 4100, done: false });
    const second = await org.connection.queryMore(first.nextRecordsUrl ?? '');
    const third = await org.connection.queryMore(second.nextRecordsUrl ?? '');
    expect([first, second, third].map(({ records }) => records.length)).toEqual([2000, 2000, 100]);
    expect(third.done).toBe(true);
  });

  it('fetch their pages themselves', async () => {
    const all = await org.connection.query(paged, { autoFetch: true, maxFetch: 4050 });
    expect(all.records).toHaveLength(4050);
    expect(all.records.at(-1)).toMatchObject({ Name: 'Page 4049' });
  });

  it('are read as events and as a stream of CSV', async () => {
    const names: unknown[] = [];
    const query = org.connection.query(paged).on('record', (record: { Name: string }) => names.push(record.Name));
    await query.run({ autoFetch: true, maxFetch: 5000 });
    expect(names).toHaveLength(4100);
    const csv = await text(org.connection.query(`${paged} LIMIT 2`).stream('csv'));
    expect(
      csv
        .trim()
        .split('\n')
        .map((line) => line.split(',').at(-1)),
    ).toEqual(['Name', 'Page 0000', 'Page 0001']);
  });

  it('are built of methods, with child records', async () => {
    const { id: AccountId } = await org.connection.sobject('Account').create({ Name: 'Parent' });
    for (const LastName of ['Bee', 'Ant']) await org.connection.sobject('Contact').create({ LastName, AccountId });
    const [parent] = await org.connection
      .sobject('Account')
      .find({ Name: { $like: 'Par%' }, CreatedDate: { $gte: SfDate.YESTERDAY } }, 'Id, Name')
      .include('Contacts', {}, ['LastName'])
      .orderby('LastName', 'ASC')
      .end()
      .limit(5)
      .skip(0);
    expect(parent).toMatchObject({ Name: 'Parent', Contacts: { totalSize: 2, records: [{ LastName: 'Ant' }, {}] } });
    expect(await org.connection.sobject('Contact').findOne({ LastName: 'Bee' }, 'Account.Name')).toMatchObject({
      Account: { Name: 'Parent' },
    });
    expect(
      await org.connection.query('SELECT COUNT(Id) many, LastName FROM Contact GROUP BY LastName ORDER BY LastName'),
    ).toMatchObject({ records: [{ many: 1, LastName: 'Ant' }, { many: 1 }] });
  });

  it('change and delete what they find', async () => {
    const contacts = org.connection.sobject('Contact');
    await contacts.create([{ LastName: 'Found 1' }, { LastName: 'Found 2' }]);
    const found = (): ReturnType<typeof contacts.find> => contacts.find({ LastName: { $like: 'Found%' } });
    const updated = await found().update({ Department: 'Lost and ${LastName}' }, { allowBulk: false });
    expect(updated).toMatchObject([{ success: true }, { success: true }]);
    expect(await contacts.findOne({ LastName: 'Found 2' }, 'Department')).toMatchObject({
      Department: 'Lost and Found 2',
    });
    expect(await found().destroy({ allowBulk: false })).toMatchObject([{ success: true }, { success: true }]);
    expect(await contacts.count({ LastName: { $like: 'Found%' } })).toBe(0);
    expect(
      (await org.connection.query("SELECT Id FROM Contact WHERE LastName LIKE 'Found%'", { scanAll: true })).totalSize,
    ).toBe(2);
  });

  it('fail as on the platform', async () => {
    await expect(org.connection.query('SELECT Nope FROM Case')).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
    await expect(org.connection.query('SELECT Id FROM Nope')).rejects.toMatchObject({ errorCode: 'INVALID_TYPE' });
    await expect(org.connection.query('SELECT')).rejects.toMatchObject({ errorCode: 'MALFORMED_QUERY' });
  });
});

describe('describing', () => {
  it('tells of objects, cached if asked', async () => {
    const described = await org.connection.describe$('Case');
    expect(described.fields.find(({ name }) => name === 'OwnerId')).toMatchObject({
      type: 'reference',
      referenceTo: expect.arrayContaining(['User']),
    });
    expect(org.connection.describe$$('Case').keyPrefix).toBe('500');
    expect((await org.connection.describeGlobal()).sobjects.map(({ name }) => name)).toContain('EmailMessage');
    expect(await org.connection.limits()).toMatchObject({ DailyApiRequests: { Max: expect.any(Number) } });
  });

  it('takes plain requests', async () => {
    expect(await org.connection.request('/services/data')).toContainEqual(expect.objectContaining({ version: '68.0' }));
    expect(await org.connection.requestGet(`/query?q=${encodeURIComponent('SELECT COUNT() FROM User')}`)).toMatchObject(
      {
        totalSize: expect.any(Number),
      },
    );
  });
});

describe('what the local org does not do', () => {
  const refused = { errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' };

  it.each([
    ['search', () => org.connection.search('FIND {x} IN ALL FIELDS RETURNING Account(Id)')],
    ['recent', () => org.connection.recent()],
    ['tabs', () => org.connection.tabs()],
    ['theme', () => org.connection.theme()],
    ['quickActions', () => org.connection.quickActions()],
    ['apex', () => org.connection.apex.get('/MyService/')],
    ['analytics', () => org.connection.analytics.reports()],
    ['chatter', () => org.connection.chatter.resource('/users/me').retrieve()],
    [
      'bulk2',
      () => org.connection.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'insert', input: [{}] }),
    ],
  ])('%s says so by name', async (_name, call) => {
    await expect(Promise.resolve(call())).rejects.toMatchObject(refused);
  });
});

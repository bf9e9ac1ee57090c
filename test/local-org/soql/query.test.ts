import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

// A small support desk, seen on a Friday.
const NOW = new Date('2026-11-20T12:00:00Z');
let client: OrgClient;
const ids: Record<string, string> = {};

beforeAll(async () => {
  let now = new Date('2026-11-17T09:30:00Z');
  client = await openOrgClient({ now: () => now });
  ids['acme'] = await client.create('Account', { Name: 'Acme', AnnualRevenue: 1000, NumberOfEmployees: 10 });
  ids['zeta'] = await client.create('Account', { Name: 'zeta', AnnualRevenue: 3000 });
  ids['jane'] = await client.create('Contact', {
    LastName: 'Doe',
    FirstName: 'Jane',
    AccountId: ids['acme'],
    Email: 'jane@acme.test',
  });
  ids['queue'] = await client.create('Group', { Name: 'Tier 1', Type: 'Queue' });
  await client.create('QueueSobject', { QueueId: ids['queue'], SobjectType: 'Case' });
  ids['fire'] = await client.create('Case', {
    Subject: "It's 100% on fire",
    Priority: 'High',
    ContactId: ids['jane'],
    Origin: 'Web',
  });
  now = new Date('2026-11-19T10:00:00Z');
  ids['quiet'] = await client.create('Case', {
    Subject: 'Too quiet',
    Priority: 'Low',
    OwnerId: ids['queue'],
    Origin: 'Email',
  });
  now = NOW;
  ids['done'] = await client.create('Case', { Subject: 'done_already', Status: 'Closed' });
  for (const [parent, incoming] of [
    ['fire', true],
    ['fire', false],
    ['quiet', true],
  ] as const) {
    await client.create('EmailMessage', {
      ParentId: ids[parent],
      Incoming: incoming,
      Subject: `mail to ${parent}`,
      FromAddress: 'a@b.test',
    });
  }
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

/** Names of the cases a WHERE clause finds, in order of creation. */
async function casesWhere(where: string): Promise<string[]> {
  const { status, body } = await client.query(`SELECT Id FROM Case WHERE ${where}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return (body.records as { Id: string }[]).map((record) => names.get(record.Id) ?? record.Id);
}

describe('WHERE', () => {
  it.each([
    ["Priority = 'high'", ['fire']],
    ["Priority != 'High'", ['quiet', 'done']],
    ["Subject = 'It\\'s 100% on fire'", ['fire']],
    ["Subject LIKE '%QUIET'", ['quiet']],
    ["Subject LIKE '%100\\%%'", ['fire']],
    ["Subject LIKE 'done\\_%'", ['done']],
    ["Subject LIKE 'Too_quiet'", ['quiet']],
    ["Origin IN ('Web', 'Email')", ['fire', 'quiet']],
    ["Origin NOT IN ('Web')", ['quiet', 'done']],
    ['Origin = null', ['done']],
    ["Origin = ''", ['done']],
    ['Origin != null', ['fire', 'quiet']],
    ['IsClosed = TRUE', ['done']],
    ['ContactId = null AND IsClosed = false', ['quiet']],
    ["NOT Priority = 'High'", ['quiet', 'done']],
    ["NOT (Priority = 'High' OR Origin = 'Email')", ['done']],
    ["(Priority = 'High' OR Priority = 'Low') AND (NOT Origin = 'Web')", ['quiet']],
    ["Priority = 'High' OR Priority = 'Low' OR IsClosed = true", ['fire', 'quiet', 'done']],
    ["CaseNumber > '00001001'", ['quiet', 'done']],
    ['CreatedDate = TODAY', ['done']],
    ['CreatedDate = YESTERDAY', ['quiet']],
    ['CreatedDate < TODAY', ['fire', 'quiet']],
    ['CreatedDate = LAST_N_DAYS:2', ['quiet', 'done']],
    ['CreatedDate = THIS_WEEK', ['fire', 'quiet', 'done']],
    ['CreatedDate = N_DAYS_AGO:3', ['fire']],
    ['CreatedDate >= 2026-11-19T10:00:00Z', ['quiet', 'done']],
    ['CreatedDate > 2026-11-19T11:00:00+01:00', ['done']],
    ['DAY_IN_MONTH(CreatedDate) = 17', ['fire']],
    ["Owner.Name = 'Tier 1'", ['quiet']],
    ["Owner.Type = 'User'", ['fire', 'done']],
    ["Contact.Account.Name LIKE 'ac%'", ['fire']],
    ['Contact.Account.NumberOfEmployees >= 10', ['fire']],
    ['Contact.Account.AnnualRevenue < 999.5', []],
    ["Contact.Name != 'Jane Doe'", ['quiet', 'done']],
    ['Id IN (SELECT ParentId FROM EmailMessage WHERE Incoming = true)', ['fire', 'quiet']],
    ['Id NOT IN (SELECT ParentId FROM EmailMessage)', ['done']],
    ["ContactId IN (SELECT Id FROM Contact WHERE Account.Name = 'Acme')", ['fire']],
  ])('%s finds %j', async (where, expected) => {
    expect(await casesWhere(where)).toEqual(expected);
  });

  it('takes an id in both lengths', async () => {
    const id = ids['fire'] ?? '';
    expect(await casesWhere(`Id = '${id.slice(0, 15)}'`)).toEqual(['fire']);
    expect(await casesWhere(`Id = '${id}'`)).toEqual(['fire']);
    expect(await casesWhere(`Id IN ('', '${id}')`)).toEqual(['fire']);
  });

  it('takes names in any case, and text with newlines around', async () => {
    const { body } = await client.query("\n  select ID, casenumber\n from CASE where PRIORITY = 'High'\n");
    expect(body.records).toMatchObject([{ Id: ids['fire'], CaseNumber: '00001001' }]);
  });
});

describe('what is selected', () => {
  it('comes in the order asked for, with attributes and times as REST spells them', async () => {
    const { body } = await client.query(
      `SELECT Subject, CreatedDate, IsEscalated, Id FROM Case WHERE Id = '${ids['fire']}'`,
    );
    expect(Object.keys(body.records[0])).toEqual(['attributes', 'Subject', 'CreatedDate', 'IsEscalated', 'Id']);
    expect(body).toEqual({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Case', url: `/services/data/v68.0/sobjects/Case/${ids['fire']}` },
          Subject: "It's 100% on fire",
          CreatedDate: '2026-11-17T09:30:00.000+0000',
          IsEscalated: false,
          Id: ids['fire'],
        },
      ],
    });
  });

  it('follows relationships up, the same one only once', async () => {
    const soql = `SELECT Contact.Name, Contact.Account.Name, Owner.Name, Owner.Type, ParentId, Parent.Subject FROM Case WHERE Id = '${ids['fire']}'`;
    const [record] = (await client.query(soql)).body.records;
    expect(record.Contact).toMatchObject({
      Name: 'Jane Doe',
      Account: { attributes: { type: 'Account' }, Name: 'Acme' },
    });
    expect(record.Owner).toMatchObject({ attributes: { type: 'Name' }, Name: 'Local Administrator', Type: 'User' });
    expect(record).toMatchObject({ ParentId: null, Parent: null });
  });

  it('tells a queue from a user', async () => {
    const [record] = (await client.query(`SELECT Owner.Type, Owner.Name FROM Case WHERE Id = '${ids['quiet']}'`)).body
      .records;
    expect(record.Owner).toMatchObject({ Type: 'Queue', Name: 'Tier 1' });
  });

  it('chooses fields by the kind of owner with TYPEOF', async () => {
    const soql =
      'SELECT TYPEOF Owner WHEN User THEN Username WHEN Group THEN DeveloperName ELSE Name END FROM Case ORDER BY CaseNumber';
    const { body } = await client.query(soql);
    expect(body.records[0].Owner).toMatchObject({ attributes: { type: 'User' }, Username: client.org.username });
    expect(body.records[1].Owner).toMatchObject({ attributes: { type: 'Group' }, DeveloperName: 'Tier_1' });
  });

  it('goes down to children, filtered and counted', async () => {
    const soql =
      'SELECT CaseNumber, (SELECT Subject, Incoming FROM EmailMessages WHERE Incoming = true ORDER BY Subject LIMIT 1) FROM Case ORDER BY CaseNumber';
    const { body } = await client.query(soql);
    expect(body.records[0].EmailMessages).toMatchObject({
      totalSize: 1,
      done: true,
      records: [{ Subject: 'mail to fire' }],
    });
    expect(body.records[2].EmailMessages).toBeNull();
  });

  it('can be all standard fields', async () => {
    const { body } = await client.query(`SELECT FIELDS(STANDARD) FROM Account WHERE Id = '${ids['acme']}' LIMIT 1`);
    expect(body.records[0]).toMatchObject({
      Name: 'Acme',
      BillingAddress: null,
      OwnerId: expect.stringMatching(/^005/),
    });
  });
});

describe('order and pages', () => {
  it.each([
    ['Name', ['Acme', 'zeta']],
    ['Name DESC', ['zeta', 'Acme']],
    ['NumberOfEmployees', ['zeta', 'Acme']],
    ['NumberOfEmployees NULLS LAST', ['Acme', 'zeta']],
    ['AnnualRevenue DESC NULLS LAST, Name', ['zeta', 'Acme']],
  ])('ORDER BY %s', async (order, expected) => {
    const { body } = await client.query(`SELECT Name FROM Account ORDER BY ${order}`);
    expect(body.records.map((record: { Name: string }) => record.Name)).toEqual(expected);
  });

  it('sorts a picklist by the order of its values', async () => {
    const { body } = await client.query('SELECT Priority FROM Case ORDER BY Priority');
    expect(body.records.map((record: { Priority: string }) => record.Priority)).toEqual(['High', 'Medium', 'Low']);
  });

  it('takes LIMIT and OFFSET', async () => {
    const { body } = await client.query('SELECT Id FROM Case ORDER BY CaseNumber LIMIT 1 OFFSET 1');
    expect(body).toMatchObject({ totalSize: 1, records: [{ Id: ids['quiet'] }] });
  });

  it('gives pages of the size asked for, and refuses a locator it never gave', async () => {
    client.org.state.transaction(() => {
      for (let index = 0; index < 450; index++)
        client.org.state.records.insert('Task', {}, client.org.state.settings.adminUserId);
    });
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const first = await client.call('GET', '/services/data/v60.0/query?q=SELECT+Id+FROM+Task', undefined, headers);
    expect(first.body).toMatchObject({ totalSize: 450, done: false });
    expect(first.body.nextRecordsUrl).toMatch(/^\/services\/data\/v60\.0\/query\/01g\w{15}-200$/);
    const second = await client.call('GET', first.body.nextRecordsUrl as string);
    expect(second.body.records).toHaveLength(200);
    const third = await client.call('GET', second.body.nextRecordsUrl as string);
    expect(third.body).toMatchObject({ done: true, totalSize: 450 });
    expect(third.body.records).toHaveLength(50);
    const unknown = await client.call('GET', '/services/data/v60.0/query/01g000000000000000-200');
    expect(unknown).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });
});

describe('aggregates', () => {
  it.each([
    ['SELECT COUNT(Id) FROM Case', [{ expr0: 3 }]],
    ['SELECT COUNT(Id) n, MAX(CaseNumber) latest FROM Case', [{ n: 3, latest: '00001003' }]],
    [
      'SELECT SUM(AnnualRevenue), AVG(AnnualRevenue) mean, MIN(AnnualRevenue) FROM Account',
      [{ expr0: 4000, mean: 2000, expr1: 1000 }],
    ],
    ['SELECT SUM(AnnualRevenue) s FROM Account WHERE Name = null', [{ s: null }]],
    ['SELECT ParentId, COUNT(Id) n FROM EmailMessage GROUP BY ParentId ORDER BY COUNT(Id) DESC', [{ n: 2 }, { n: 1 }]],
    ['SELECT ParentId, COUNT(Id) n FROM EmailMessage GROUP BY ParentId HAVING COUNT(Id) > 1', [{ n: 2 }]],
    [
      'SELECT Owner.Name, COUNT(Id) n FROM Case GROUP BY Owner.Name ORDER BY Owner.Name',
      [
        { Name: 'Local Administrator', n: 2 },
        { Name: 'Tier 1', n: 1 },
      ],
    ],
    [
      'SELECT CALENDAR_MONTH(CreatedDate) m, COUNT(Id) FROM Case GROUP BY CALENDAR_MONTH(CreatedDate)',
      [{ m: 11, expr0: 3 }],
    ],
    ['SELECT COUNT_DISTINCT(ParentId) parents FROM EmailMessage', [{ parents: 2 }]],
  ])('%s', async (soql, expected) => {
    const { status, body } = await client.query(soql);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.records).toMatchObject(expected);
    expect(body.records[0].attributes).toEqual({ type: 'AggregateResult' });
  });

  it('counts without records', async () => {
    expect((await client.query("SELECT COUNT() FROM Case WHERE Priority = 'Low'")).body).toEqual({
      totalSize: 1,
      done: true,
      records: [],
    });
  });
});

describe('columns=true', () => {
  it('describes the columns the official CLI draws its table from', async () => {
    const soql = encodeURIComponent('SELECT Id, Owner.Name, (SELECT Subject FROM EmailMessages) FROM Case');
    const { body } = await client.call('GET', `/services/data/v68.0/query?columns=true&q=${soql}`);
    expect(body).toMatchObject({ entityName: 'Case', keyPrefix: '500', idSelected: true, groupBy: false });
    expect(body.columnMetadata).toMatchObject([
      { columnName: 'Id', displayName: 'Id', aggregate: false, joinColumns: [] },
      { columnName: 'Owner', foreignKeyName: 'OwnerId', joinColumns: [{ columnName: 'Name' }] },
      { columnName: 'EmailMessages', aggregate: true, joinColumns: [{ columnName: 'Subject' }] },
    ]);
    const grouped = encodeURIComponent('SELECT COUNT(Id) FROM Case');
    const counted = await client.call('GET', `/services/data/v68.0/query?columns=true&q=${grouped}`);
    expect(counted.body.columnMetadata).toMatchObject([
      { columnName: 'expr0', displayName: 'count(id)', aggregate: true },
    ]);
  });
});

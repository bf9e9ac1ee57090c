import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { apexSourceOrg } from '../apex/apex-source-org.ts';
import { runApex } from '../apex/run-apex.ts';
import { deployRules, queueOfCases } from '../assignment/deploy-rules.ts';
import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { rawMail, receive, routingAddress } from '../mail/mail-org.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';

let client: OrgClient;
let org: OrgState;
let phone: string;
let vip: string;
beforeEach(async () => {
  client = await openOrgClient();
  org = client.org.state;
  phone = queueOfCases(org, 'Phone');
  vip = queueOfCases(org, 'Vip');
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

/** An ordinary user, so that the administrator can only come in as the default case owner. */
async function agent(): Promise<string> {
  const [profile] = org.records.find('Profile', { Name: 'Standard User' });
  return await client.create('User', {
    Username: 'agent@example.com',
    LastName: 'Agent',
    Email: 'agent@example.com',
    Alias: 'agent',
    ProfileId: profile?.Id ?? org.records.all('Profile')[0]?.Id,
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  });
}

const standard = {
  name: 'Standard',
  entries: [
    {
      to: '#Vip',
      when: ['Case.Priority equals High', 'Contact.Email contains @vip.test'],
      more: '<booleanFilter>1 OR 2</booleanFilter>',
    },
    { to: '#Phone', when: ['Case.Origin equals Phone'] },
    { when: ['Case.Origin equals Web'] },
  ],
};

const create = (values: object, header?: string): Promise<Answer> =>
  client.call('POST', `${API}/sobjects/Case`, values, header === undefined ? {} : { 'Sforce-Auto-Assign': header });

const ownerOf = (id: string): unknown => org.records.get('Case', id)?.['OwnerId'];

async function ownerOfNew(values: object, header?: string): Promise<unknown> {
  const { status, body } = await create(values, header);
  expect(status, JSON.stringify(body)).toBe(201);
  return ownerOf(body.id as string);
}

const administrator = (): string => org.settings.adminUserId;

describe('a case created over REST', () => {
  it('goes to whom the first entry names that it meets', async () => {
    await deployRules(org, standard);
    const ContactId = await client.create('Contact', { LastName: 'Star', Email: 'star@vip.test' });
    expect(await ownerOfNew({ Origin: 'phone' })).toBe(phone);
    expect(await ownerOfNew({ Origin: 'Phone', Priority: 'High' })).toBe(vip);
    expect(await ownerOfNew({ Origin: 'Phone', ContactId })).toBe(vip);
    expect(await ownerOfNew({ Origin: 'Phone' }, 'true')).toBe(phone);
  });

  it('goes to the default case owner if no entry takes it, and stays where an entry says so', async () => {
    const OwnerId = await agent();
    await deployRules(org, standard);
    expect(await ownerOfNew({ Origin: 'Email', OwnerId })).toBe(administrator());
    expect(await ownerOfNew({ Origin: 'Web', OwnerId })).toBe(OwnerId);
  });

  it('keeps its owner with FALSE, or as long as there is no rule at all', async () => {
    const OwnerId = await agent();
    expect(await ownerOfNew({ Origin: 'Phone', OwnerId })).toBe(OwnerId);
    await deployRules(org, standard);
    expect(await ownerOfNew({ Origin: 'Phone', OwnerId }, 'FALSE')).toBe(OwnerId);
    expect(await ownerOfNew({ Origin: 'Phone', OwnerId })).toBe(phone);
  });

  it('goes by the rule of an id, active or not; without an active one to the default case owner', async () => {
    const OwnerId = await agent();
    await deployRules(org, { ...standard, active: false });
    const [rule] = (await client.query("SELECT Id FROM AssignmentRule WHERE SobjectType = 'Case'")).body.records;
    expect(await ownerOfNew({ Origin: 'Phone', OwnerId }, rule.Id)).toBe(phone);
    expect(await ownerOfNew({ Origin: 'Phone', OwnerId })).toBe(administrator());
    expect(errorOf(await create({}, 'maybe'))).toMatchObject({ status: 400, errorCode: 'MALFORMED_ID' });
    expect(errorOf(await create({}, '01Q000000000009')).errorCode).toBe('INVALID_CROSS_REFERENCE_KEY');
  });

  it('goes to the default owner when the user or queue has gone since', async () => {
    await deployRules(org, standard);
    // Records do not delete a queue that a rule names; what once came without it may name one all the same.
    org.records.delete('Group', phone);
    expect(await ownerOfNew({ Origin: 'Phone', OwnerId: await agent() })).toBe(administrator());
  });
});

describe('other requests', () => {
  it('assign on update and upsert as well', async () => {
    await deployRules(org, standard);
    const { body } = await create({ Origin: 'Phone' }, 'FALSE');
    expect(ownerOf(body.id)).toBe(administrator());
    const path = `${API}/sobjects/Case/${body.id as string}`;
    await client.call('PATCH', path, { Subject: 'x' }, { 'Sforce-Auto-Assign': 'false' });
    expect(ownerOf(body.id)).toBe(administrator());
    await client.call('PATCH', path, { Subject: 'y' });
    expect(ownerOf(body.id)).toBe(phone);

    const records = [{ attributes: { type: 'Case' }, id: body.id as string, Priority: 'High' }];
    await client.call('PATCH', `${API}/composite/sobjects/Case/Id`, { records });
    expect(ownerOf(body.id)).toBe(vip);
  });

  it('of many records likewise', async () => {
    await deployRules(org, standard);
    const records = [
      { attributes: { type: 'Case' }, Origin: 'Phone' },
      { attributes: { type: 'Case' }, Priority: 'High' },
    ];
    const owners = async (answer: Promise<Answer>): Promise<unknown[]> =>
      ((await answer).body as { id: string }[]).map(({ id }) => ownerOf(id));
    const collection = `${API}/composite/sobjects`;
    expect(await owners(client.call('POST', collection, { records }))).toEqual([phone, vip]);
    const off = client.call('POST', collection, { records }, { 'Sforce-Auto-Assign': 'FALSE' });
    expect(await owners(off)).toEqual([administrator(), administrator()]);
    const tree = { records: [{ attributes: { type: 'Case', referenceId: 'a' }, Origin: 'Phone' }] };
    const { body } = await client.call('POST', `${API}/composite/tree/Case`, tree);
    expect(ownerOf(body.results[0].id)).toBe(phone);
  });

  it('in a composite go by the headers of each part', async () => {
    await deployRules(org, standard);
    const part = { method: 'POST', url: `${API}/sobjects/Case`, body: { Origin: 'Phone' } };
    const compositeRequest = [
      { ...part, referenceId: 'on' },
      { ...part, referenceId: 'off', httpHeaders: { 'Sforce-Auto-Assign': 'FALSE' } },
    ];
    const { body } = await client.call('POST', `${API}/composite`, { compositeRequest });
    const ids = body.compositeResponse.map((one: { body: { id: string } }) => one.body.id) as string[];
    expect(ids.map(ownerOf)).toEqual([phone, administrator()]);
  });
});

describe('triggers and assignment rules', () => {
  const watcher = `trigger CaseWatcher on Case (after insert, after update) {
    List<CaseComment> seen = new List<CaseComment>();
    for (Case c : Trigger.new) {
      seen.add(new CaseComment(ParentId = c.Id, CommentBody = Trigger.operationType + ' ' + c.OwnerId));
    }
    insert seen;
  }`;

  it('run in this order: triggers see the owner before, and no update when it changes', async () => {
    await apexSourceOrg(org, { triggers: { CaseWatcher: watcher } });
    await deployRules(org, standard);
    expect(await ownerOfNew({ Origin: 'Phone' })).toBe(phone);
    const comments = org.records.all('CaseComment').map((row) => row['CommentBody']);
    expect(comments).toEqual([`AFTER_INSERT ${administrator()}`]);
  });

  it('what a trigger saves goes by the header of the request, whatever its own options say', async () => {
    const followUp = `trigger FollowUp on Contact (after insert) {
      Database.DMLOptions options = new Database.DMLOptions();
      options.assignmentRuleHeader.useDefaultRule = true;
      Database.insert(new Case(Origin = 'Phone', Subject = 'by options'), options);
      insert new Case(Origin = 'Phone', Subject = 'plain');
    }`;
    await apexSourceOrg(org, { triggers: { FollowUp: followUp } });
    await deployRules(org, standard);
    const cases = (): unknown[] => org.records.all('Case').map((row) => row['OwnerId']);
    await client.call('POST', `${API}/sobjects/Contact`, { LastName: 'A' }, { 'Sforce-Auto-Assign': 'FALSE' });
    expect(cases()).toEqual([administrator(), administrator()]);
    await client.create('Contact', { LastName: 'B' });
    expect(cases().slice(2)).toEqual([phone, phone]);
  });
});

describe('Apex', () => {
  const owner = (subject: string): unknown => org.records.find('Case', { Subject: subject })[0]?.['OwnerId'];

  it('assigns only where Database.DMLOptions ask for it', async () => {
    await deployRules(org, standard, { name: 'Other', active: false, entries: [{ to: '#Vip' }] });
    await runApex(
      `Database.DMLOptions active = new Database.DMLOptions();
       active.assignmentRuleHeader.useDefaultRule = true;
       Database.DMLOptions other = new Database.DMLOptions();
       other.assignmentRuleHeader.assignmentRuleId = [SELECT Id FROM AssignmentRule WHERE Name = 'Other'].Id;
       insert new Case(Subject = 'plain', Origin = 'Phone');
       Database.insert(new Case(Subject = 'active', Origin = 'Phone'), active);
       Database.insert(new Case(Subject = 'other', Origin = 'Phone'), other);
       Case one = new Case(Subject = 'set', Origin = 'Phone');
       one.setOptions(active);
       insert new List<Case>{ one, new Case(Subject = 'beside', Origin = 'Phone') };
       Case later = new Case(Subject = 'later', Origin = 'Phone');
       insert later;
       Database.update(later, active);`,
      { org },
    );
    expect(['plain', 'active', 'other', 'set', 'beside', 'later'].map(owner)).toEqual([
      administrator(),
      phone,
      vip,
      phone,
      administrator(),
      phone,
    ]);
  });

  it('leaves cases alone where no rule is active', async () => {
    const OwnerId = await agent();
    await deployRules(org, { ...standard, active: false });
    await runApex(
      `Database.DMLOptions active = new Database.DMLOptions();
       active.assignmentRuleHeader.useDefaultRule = true;
       Database.insert(new Case(Subject = 'a', Origin = 'Phone', OwnerId = '${OwnerId}'), active);`,
      { org },
    );
    expect(owner('a')).toBe(OwnerId);
  });
});

describe('Email-to-Case', () => {
  it('goes by the active rule, else by its routing address', async () => {
    await deployRules(org, { name: 'Standard', entries: [{ to: '#Vip', when: ['Case.Subject contains urgent'] }] });
    await routingAddress(client, { caseOwner: 'Phone', caseOwnerType: 'Queue' });
    await receive(client, rawMail({ subject: 'Urgent: it burns' }));
    await receive(client, rawMail({ subject: 'No hurry' }));
    expect(org.records.all('Case').map((row) => row['OwnerId'])).toEqual([vip, phone]);
  });
});

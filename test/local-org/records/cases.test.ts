import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { apexSourceOrg } from '../apex/apex-source-org.ts';
import { runApex } from '../apex/run-apex.ts';
import { queueOfCases } from '../assignment/deploy-rules.ts';
import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';

let client: OrgClient;
let org: OrgState;
beforeEach(async () => {
  client = await openOrgClient();
  org = client.org.state;
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

describe('a queue as the owner of a case', () => {
  it('is set over REST and in Apex, and says what it is', async () => {
    const OwnerId = queueOfCases(org, 'Tier_1');
    const id = await client.create('Case', { Subject: 'rest', OwnerId });
    const soql = `SELECT OwnerId, Owner.Name, Owner.Type FROM Case WHERE Id = '${id}'`;
    const [row] = (await client.query(soql)).body.records;
    expect(row).toMatchObject({ OwnerId, Owner: { Name: 'Tier_1', Type: 'Queue' } });
    expect((await client.query("SELECT COUNT() FROM Case WHERE Owner.Type = 'Queue'")).body.totalSize).toBe(1);

    const debug = await runApex(
      `Case mine = new Case(Subject = 'apex');
       insert mine;
       System.debug([SELECT Owner.Type FROM Case WHERE Id = :mine.Id].Owner.Type);
       mine.OwnerId = [SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = 'Tier_1'].Id;
       update mine;
       Case found = [SELECT OwnerId, Owner.Type, Owner.Name FROM Case WHERE Id = :mine.Id];
       System.debug(found.Owner.Type + ' ' + found.Owner.Name + ' ' + found.OwnerId.getSObjectType());`,
      { org },
    );
    expect(debug).toEqual(['User', 'Queue Tier_1 Group']);
  });

  it('must be a queue of cases', async () => {
    const others = await client.create('Group', { Name: 'Others', DeveloperName: 'Others', Type: 'Queue' });
    expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, { OwnerId: others }))).toMatchObject({
      errorCode: 'INVALID_OPERATION',
      message: 'Queue not associated with this SObject type',
    });
    const debug = await runApex(
      `try { insert new Case(OwnerId = '${others}'); }
       catch (DmlException e) { System.debug(e.getDmlType(0) + ': ' + e.getDmlMessage(0)); }`,
      { org },
    );
    expect(debug).toEqual(['INVALID_OPERATION: Queue not associated with this SObject type']);
    await client.create('QueueSobject', { QueueId: others, SobjectType: 'Case' });
    await client.create('Case', { OwnerId: others });
  });
});

describe('a comment on a case', () => {
  it('holds 4,000 bytes in Apex too, not 4,000 characters', async () => {
    const debug = await runApex(
      `Case parent = new Case(Subject = 'x');
       insert parent;
       insert new CaseComment(ParentId = parent.Id, CommentBody = 'é'.repeat(2000));
       try { insert new CaseComment(ParentId = parent.Id, CommentBody = 'é'.repeat(2001)); }
       catch (DmlException e) { System.debug(e.getDmlType(0) + ' ' + e.getDmlFieldNames(0)); }
       System.debug([SELECT COUNT() FROM CaseComment]);`,
      { org },
    );
    expect(debug).toEqual(['STRING_TOO_LONG (CommentBody)', '1']);
  });
});

describe('a case that is closed', () => {
  it('tells the triggers that run after it, with the old value beside', async () => {
    await apexSourceOrg(org, {
      triggers: {
        Closing: `trigger Closing on Case (after insert, after update) {
          List<CaseComment> seen = new List<CaseComment>();
          for (Case c : Trigger.new) {
            String before = Trigger.isInsert ? 'new' : String.valueOf(Trigger.oldMap.get(c.Id).IsClosed);
            String text = before + ' ' + c.IsClosed + ' ' + (c.ClosedDate != null);
            seen.add(new CaseComment(ParentId = c.Id, CommentBody = text));
          }
          insert seen;
        }`,
      },
    });
    const id = await client.create('Case', { Subject: 'x' });
    await client.call('PATCH', `${API}/sobjects/Case/${id}`, { Status: 'Closed' });
    await runApex(`update new Case(Id = '${id}', Status = 'Working');`, { org });
    expect(org.records.all('CaseComment').map((row) => row['CommentBody'])).toEqual([
      'new false false',
      'false true true',
      'true false false',
    ]);
  });
});

describe('a field that was granted to nobody', () => {
  it('is out of reach for users of the API, while the triggers they start write it', async () => {
    org.components.put({
      type: 'CustomField',
      fullName: 'Case.Stamp__c',
      fileName: 'objects/Case.object',
      body: undefined,
      xml: '<fields><fullName>Stamp__c</fullName><label>Stamp</label><type>Text</type><length>20</length></fields>',
      recordId: undefined,
    });
    const stamp = `trigger Stamp on Case (before insert) { for (Case c : Trigger.new) c.Stamp__c = 'by Apex'; }`;
    await apexSourceOrg(org, { triggers: { Stamp: stamp } });
    expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, { Stamp__c: 'by hand' }))).toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    const id = await client.create('Case', { Subject: 'x' });
    expect((await client.call('GET', `${API}/sobjects/Case/${id}`)).body).not.toHaveProperty('Stamp__c');
    expect(await runApex(`System.debug([SELECT Stamp__c FROM Case].Stamp__c);`, { org })).toEqual(['by Apex']);
  });
});

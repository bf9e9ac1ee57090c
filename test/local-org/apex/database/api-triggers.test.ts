import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../../core/org-client.ts';
import type { OrgClient } from '../../core/org-client.ts';

let client: OrgClient;
beforeEach(async () => {
  client = await openOrgClient();
  const answer = await client.call('POST', `${API}/tooling/sobjects/ApexTrigger`, {
    Name: 'CaseWatcher',
    TableEnumOrId: 'Case',
    Body: `trigger CaseWatcher on Case (before insert, after insert, before update, before delete) {
  if (Trigger.isDelete) {
    for (Case c : Trigger.old) if (c.Priority == 'High') c.addError('too important');
    return;
  }
  if (Trigger.isBefore) {
    for (Case c : Trigger.new) {
      if (c.Subject == null) c.Subject.addError('say what it is about');
      if (c.Subject == 'boom') { Contact none; none.LastName = 'x'; }
      c.Reason = 'Other';
    }
    return;
  }
  List<CaseComment> comments = new List<CaseComment>();
  for (Case c : Trigger.new) comments.add(new CaseComment(ParentId = c.Id, CommentBody = 'seen ' + c.CaseNumber));
  insert comments;
}`,
  });
  expect(answer.status).toBe(201);
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const rows = async (soql: string): Promise<unknown[]> => (await client.query(soql)).body.records;

describe('a record created over REST', () => {
  it('goes through its triggers', async () => {
    const id = await client.create('Case', { Subject: 'hello' });
    const [found] = await rows(`SELECT CaseNumber, Reason FROM Case WHERE Id = '${id}'`);
    expect(found).toMatchObject({ Reason: 'Other' });
    const { CaseNumber } = found as { CaseNumber: string };
    expect(await rows('SELECT CommentBody FROM CaseComment')).toMatchObject([{ CommentBody: `seen ${CaseNumber}` }]);
  });

  it('is refused where they say so', async () => {
    const answer = await client.call('POST', `${API}/sobjects/Case`, { Origin: 'Web' });
    expect(answer.status).toBe(400);
    expect(answer.body[0]).toEqual({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'say what it is about',
      fields: ['Subject'],
    });
  });

  it('is refused with what they did not catch', async () => {
    const answer = await client.call('POST', `${API}/sobjects/Case`, { Subject: 'boom' });
    expect(answer.status).toBe(400);
    expect(answer.body[0]).toEqual({
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      message:
        'CaseWatcher: execution of BeforeInsert\n\ncaused by: System.NullPointerException: Attempt to de-reference a null object\n\nTrigger.CaseWatcher: line 9, column 1',
      fields: [],
    });
    expect(await rows('SELECT Id FROM Case')).toEqual([]);
  });
});

describe('collections', () => {
  it('save what their triggers let pass', async () => {
    const answer = await client.call('POST', `${API}/composite/sobjects`, {
      allOrNone: false,
      records: [
        { attributes: { type: 'Case' }, Subject: 'a' },
        { attributes: { type: 'Case' } },
        { attributes: { type: 'Account' }, Name: 'c' },
      ],
    });
    expect(answer.body).toMatchObject([{ success: true }, { success: false }, { success: true }]);
    expect(await rows('SELECT Id FROM CaseComment')).toHaveLength(1);
  });

  it('save nothing where all or none was asked for', async () => {
    const answer = await client.call('POST', `${API}/composite/sobjects`, {
      allOrNone: true,
      records: [
        { attributes: { type: 'Account' }, Name: 'c' },
        { attributes: { type: 'Case' }, Subject: 'a' },
        { attributes: { type: 'Case' } },
      ],
    });
    expect(answer.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }] },
    ]);
    expect(await rows('SELECT Id FROM Account')).toEqual([]);
    expect(await rows('SELECT Id FROM CaseComment')).toEqual([]);
  });

  it('delete what may be deleted', async () => {
    const low = await client.create('Case', { Subject: 'low', Priority: 'Low' });
    const high = await client.create('Case', { Subject: 'high', Priority: 'High' });
    const both = await client.call('DELETE', `${API}/composite/sobjects?ids=${low},${high}&allOrNone=true`);
    expect(both.body).toMatchObject([{ success: false }, { success: false }]);
    const each = await client.call('DELETE', `${API}/composite/sobjects?ids=${low},${high}`);
    expect(each.body).toMatchObject([
      { id: low, success: true },
      { success: false, errors: [{ message: 'too important' }] },
    ]);
    expect(await rows('SELECT Subject FROM Case')).toMatchObject([{ Subject: 'high' }]);
    const single = await client.call('DELETE', `${API}/sobjects/Case/${high}`);
    expect(errorOf(single)).toMatchObject({ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'too important' });
  });
});

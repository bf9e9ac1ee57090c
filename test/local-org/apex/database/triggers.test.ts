import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deleteRecords } from '../../../../src/local-org/records/save/delete-record.ts';
import { saveRecords } from '../../../../src/local-org/records/save/save-records.ts';
import type { SaveResult } from '../../../../src/local-org/records/save/save-result.ts';
import { openOrgState } from '../../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../../src/local-org/state/open-org.ts';
import { apexSourceOrg } from '../apex-source-org.ts';
import { runApex } from '../run-apex.ts';

let opened: OpenedOrg;
beforeEach(() => {
  opened = openOrgState();
});
afterEach(() => {
  opened.close();
});

const trigger = (events: string, body: string, sobject = 'Account'): Record<string, string> => ({
  Watcher: `trigger Watcher on ${sobject} (${events}) {\n${body}\n}`,
});

/** Saves accounts as a client of the API does. */
function insertOverApi(names: readonly string[], allOrNone = false): SaveResult[] {
  return saveRecords(opened.state, {
    api: 'data',
    sobject: 'Account',
    operation: 'insert',
    records: names.map((Name) => ({ values: { Name } })),
    userId: opened.state.settings.adminUserId,
    allOrNone,
  });
}
const stored = (field: string): unknown[] => opened.state.records.all('Account').map((row) => row[field] ?? null);
const run = (source: string, triggers: Record<string, string>): Promise<string[]> =>
  runApex(source, { triggers, org: opened.state });

describe('before triggers', () => {
  it('change what will be saved, and see who owns it', async () => {
    const triggers = trigger(
      'before insert, before update',
      `for (Account a : Trigger.new) {
         a.Rating = 'Hot';
         a.AnnualRevenue = 12.5;
         if (Trigger.isUpdate) a.Description = Trigger.oldMap.get(a.Id).Name + ' was';
         if (Trigger.isInsert) a.Site = String.valueOf(a.OwnerId == UserInfo.getUserId() && a.Id == null);
       }`,
    );
    const debug = await run(
      `Account a = new Account(Name = 'one'); insert a; System.debug(a.Rating);
       a.Name = 'two'; update a;
       System.debug([SELECT Rating, AnnualRevenue, Description, Site FROM Account]);`,
      triggers,
    );
    expect(debug[0]).toBe('null');
    expect(debug[1]).toMatch(/Rating=Hot, AnnualRevenue=12.5, Description=one was, Site=true/);
  });

  it('shorten what is too long and fill in what is required', async () => {
    const triggers = trigger(
      'before insert',
      `for (Account a : Trigger.new) a.Name = a.Name == null ? 'unnamed' : a.Name.left(3);`,
    );
    const debug = await run(
      `insert new List<Account>{ new Account(), new Account(Name = 'x'.repeat(400)) };
       for (Account a : [SELECT Name FROM Account ORDER BY Name]) System.debug(a.Name);`,
      triggers,
    );
    expect(debug).toEqual(['unnamed', 'xxx']);
  });

  it('refuse with addError', async () => {
    const triggers = trigger(
      'before insert',
      `for (Account a : Trigger.new) if (a.Name == 'bad') { a.Name.addError('no such name'); a.addError('really'); }`,
    );
    const debug = await run(
      `try { insert new List<Account>{ new Account(Name = 'good'), new Account(Name = 'bad') }; }
       catch (DmlException e) { System.debug(e.getMessage()); }
       Database.SaveResult[] results = Database.insert(new List<Account>{ new Account(Name = 'good'), new Account(Name = 'bad') }, false);
       System.debug(results[0].isSuccess() + ' ' + results[1].getErrors().size());`,
      triggers,
    );
    expect(debug).toEqual([
      'Insert failed. First exception on row 1; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, no such name: [Name]',
      'true 2',
    ]);
    expect(stored('Name')).toEqual(['good']);
  });
});

describe('after triggers', () => {
  it('see the stored row, which they cannot change', async () => {
    const triggers = trigger(
      'after insert, after update, after delete, after undelete',
      `if (Trigger.isInsert) {
         Case c = Trigger.new[0];
         System.debug((c.Id != null) + ' ' + c.Status + ' ' + (c.CaseNumber != null) + ' ' + (c.CreatedDate != null) + ' ' + c.IsClosed + ' ' + c.ContactEmail);
         try { c.Subject = 'x'; } catch (FinalException e) { System.debug(e.getMessage()); }
       }
       if (Trigger.isUpdate) System.debug(Trigger.old[0].Status + ' to ' + Trigger.new[0].Status);
       if (Trigger.isDelete) System.debug(Trigger.old.size() + ' gone, new is ' + Trigger.new);
       if (Trigger.isUndelete) System.debug(Trigger.new.size() + ' back');`,
      'Case',
    );
    const debug = await run(
      `Contact ada = new Contact(LastName = 'Ada', Email = 'ada@acme.com'); insert ada;
       Case c = new Case(Subject = 'a', ContactId = ada.Id); insert c;
       c.Status = 'Closed'; update c; delete c; undelete c;`,
      triggers,
    );
    expect(debug).toEqual([
      'true New true true false ada@acme.com',
      'Record is read-only',
      'New to Closed',
      '1 gone, new is null',
      '1 back',
    ]);
  });

  it('see 200 records at a time', async () => {
    const debug = await run(
      `List<Account> many = new List<Account>();
       for (Integer i = 0; i < 450; i++) many.add(new Account(Name = 'a' + i));
       insert many; delete many;`,
      trigger('after insert, before delete', `System.debug(Trigger.operationType + ' ' + Trigger.size);`),
    );
    expect(debug).toEqual([
      'AFTER_INSERT 200',
      'AFTER_INSERT 200',
      'AFTER_INSERT 50',
      'BEFORE_DELETE 200',
      'BEFORE_DELETE 200',
      'BEFORE_DELETE 50',
    ]);
  });

  it('end at a depth of 16', async () => {
    const debug = await run(
      `try { insert new Account(Name = 'a'); } catch (DmlException e) { System.debug(e.getMessage()); }
       System.debug([SELECT COUNT() FROM Account]);`,
      trigger('after insert', `insert new Account(Name = 'again');`),
    );
    expect(debug[0]).toContain('maximum trigger depth exceeded');
    expect(debug[1]).toBe('0');
  });
});

describe('an exception that a trigger does not catch', () => {
  const triggers = trigger('after insert', `Account a;\nSystem.debug(a.Name);`);
  const message =
    'Watcher: execution of AfterInsert\n\ncaused by: System.NullPointerException: Attempt to de-reference a null object\n\nTrigger.Watcher: line 3, column 1';

  it('fails the DML around it', async () => {
    const debug = await run(
      `try { insert new Account(Name = 'a'); } catch (DmlException e) { System.debug(e.getDmlMessage(0)); System.debug(e.getDmlType(0)); }`,
      triggers,
    );
    expect(debug).toEqual([message, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY']);
  });

  it('fails each record of a save over the API', async () => {
    await apexSourceOrg(opened.state, { triggers });
    const error = { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: [] };
    expect(insertOverApi(['a', 'b'])).toEqual([
      { id: undefined, success: false, errors: [error] },
      { id: undefined, success: false, errors: [error] },
    ]);
    expect(stored('Name')).toEqual([]);
  });
});

describe('a save over the API', () => {
  it('fires triggers in one transaction of Apex', async () => {
    await apexSourceOrg(opened.state, {
      classes: { Count: 'public class Count { public static Integer runs = 0; }' },
      triggers: trigger(
        'before insert, after insert',
        `Count.runs++;
         if (Trigger.isBefore) for (Account a : Trigger.new) a.Site = a.Name;
         else insert new Contact(LastName = 'run ' + Count.runs, AccountId = Trigger.new[0].Id);`,
      ),
    });
    expect(insertOverApi(['a', 'b']).map((result) => result.success)).toEqual([true, true]);
    expect(stored('Site')).toEqual(['a', 'b']);
    expect(opened.state.records.all('Contact')).toMatchObject([{ LastName: 'run 2' }]);
  });

  it('saves the others again without what a trigger refused', async () => {
    await apexSourceOrg(opened.state, {
      triggers: trigger('after insert', `for (Account a : Trigger.new) if (a.Name == 'b') a.addError('not b');`),
    });
    const results = insertOverApi(['a', 'b', 'c']);
    expect(results.map((result) => result.success)).toEqual([true, false, true]);
    expect(results[1]?.errors).toEqual([
      { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'not b', fields: [] },
    ]);
    expect(stored('Name')).toEqual(['a', 'c']);
  });

  it('gives the second attempt the limits of the first', async () => {
    await apexSourceOrg(opened.state, {
      triggers: trigger(
        'after insert',
        `for (Integer i = 0; i < 60; i++) { List<Case> none = [SELECT Id FROM Case]; }
         for (Account a : Trigger.new) if (a.Name == 'b') a.addError('not b');`,
      ),
    });
    expect(insertOverApi(['a', 'b']).map((result) => result.success)).toEqual([true, false]);
  });

  it('fails as a whole when a trigger meets a limit', async () => {
    await apexSourceOrg(opened.state, {
      triggers: trigger(
        'after insert',
        `for (Integer i = 0; i < 101; i++) { List<Case> none = [SELECT Id FROM Case]; }`,
      ),
    });
    const [result] = insertOverApi(['a']);
    expect(result?.errors).toEqual([
      {
        statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        message: 'Watcher: System.LimitException: Too many SOQL queries: 101',
        fields: [],
      },
    ]);
    expect(stored('Name')).toEqual([]);
  });

  it('lets a trigger keep records from being deleted', async () => {
    const [kept, gone] = insertOverApi(['kept', 'gone']);
    await apexSourceOrg(opened.state, {
      triggers: trigger('before delete', `for (Account a : Trigger.old) if (a.Name == 'kept') a.addError('stays');`),
    });
    const { adminUserId: userId } = opened.state.settings;
    const ids = [kept?.id ?? '', gone?.id ?? ''];
    const results = deleteRecords(opened.state, { sobject: 'Account', ids, userId, allOrNone: false });
    expect(results.map((result) => result.success)).toEqual([false, true]);
    expect(stored('Name')).toEqual(['kept']);
  });
});

describe('records of a trigger', () => {
  it('are not saved by the trigger itself', async () => {
    const debug = await run(
      `insert new Account(Name = 'a');`,
      trigger(
        'after insert',
        `try { update Trigger.new; } catch (SObjectException e) { System.debug(e.getMessage()); }`,
      ),
    );
    expect(debug).toEqual(['DML statement cannot operate on trigger.new or trigger.old']);
  });
});

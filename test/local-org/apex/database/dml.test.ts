import { describe, expect, it } from 'vitest';

import { openOrgState } from '../../../../src/local-org/state/open-org.ts';
import { runApex } from '../run-apex.ts';

/** Runs a piece of Apex that is to fail and gives the text of what it threw. */
async function failureOf(source: string): Promise<string> {
  const [message = ''] = await runApex(
    `try { ${source} System.debug('no exception'); } catch (Exception e) { System.debug(e.getTypeName() + ': ' + e.getMessage()); }`,
  );
  return message;
}

describe('DML statements', () => {
  it('insert, update, upsert, delete and undelete', async () => {
    const debug = await runApex(`
      Account acme = new Account(Name = 'Acme');
      insert acme;
      System.debug(acme.Id != null && acme.Id.getSObjectType() == Account.SObjectType);
      acme.Name = 'Acme Ltd';
      update acme;
      System.debug([SELECT Name FROM Account].Name);
      Account other = new Account(Name = 'Other');
      acme.Rating = 'Hot';
      upsert new List<Account>{ acme, other };
      System.debug([SELECT Id FROM Account].size() + [SELECT Rating FROM Account WHERE Name = 'Acme Ltd'].Rating + (other.Id != null));
      delete acme;
      System.debug([SELECT Id FROM Account].size());
      undelete acme;
      System.debug([SELECT Id FROM Account].size());
    `);
    expect(debug).toEqual(['true', 'Acme Ltd', '2Hottrue', '1', '2']);
  });

  it('keep what a query brought and leave what it did not bring', async () => {
    const debug = await runApex(`
      insert new Case(Subject = 'a', Description = 'long', Priority = 'Low');
      Case found = [SELECT Id, CaseNumber, CreatedDate, IsClosed, Owner.Name, Subject FROM Case];
      found.Subject = 'b';
      update found;
      Case again = [SELECT Subject, Description, Priority FROM Case];
      System.debug(again.Subject + again.Description + again.Priority);
    `);
    expect(debug).toEqual(['blongLow']);
  });

  it('restore what was deleted along', async () => {
    const debug = await runApex(`
      Case parent = new Case(Subject = 'a');
      insert parent;
      insert new CaseComment(ParentId = parent.Id, CommentBody = 'one');
      insert new CaseComment(ParentId = parent.Id, CommentBody = 'two');
      delete [SELECT Id FROM CaseComment WHERE CommentBody = 'two'];
      delete parent;
      System.debug([SELECT Id FROM CaseComment].size());
      undelete parent;
      System.debug([SELECT CommentBody FROM CaseComment].CommentBody);
    `);
    expect(debug).toEqual(['0', 'one']);
  });

  it('take lists of several types', async () => {
    const debug = await runApex(`
      List<SObject> records = new List<SObject>{ new Account(Name = 'a'), new Contact(LastName = 'c') };
      insert records;
      System.debug([SELECT Id FROM Account].size() + [SELECT Id FROM Contact].size());
    `);
    expect(debug).toEqual(['2']);
  });

  it('do nothing and cost nothing for an empty list', async () => {
    const debug = await runApex(`
      insert new List<Account>();
      System.debug(Limits.getDmlStatements());
      insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
      System.debug(Limits.getDmlStatements() + ' ' + Limits.getDmlRows());
    `);
    expect(debug).toEqual(['0', '1 2']);
  });
});

describe('upsert by an external id', () => {
  it('finds what is there by it', async () => {
    const opened = openOrgState();
    const xml =
      '<fields><fullName>Key__c</fullName><label>Key</label><type>Text</type><length>20</length><externalId>true</externalId><unique>true</unique></fields>';
    const fileName = 'objects/Account.object';
    const field = {
      type: 'CustomField',
      fullName: 'Account.Key__c',
      fileName,
      body: undefined,
      xml,
      recordId: undefined,
    };
    opened.state.components.put(field);
    const debug = await runApex(
      `insert new Account(Name = 'a', Key__c = 'one');
       List<Account> accounts = new List<Account>{ new Account(Name = 'b', Key__c = 'ONE'), new Account(Name = 'c', Key__c = 'two') };
       upsert accounts Key__c;
       for (Account a : [SELECT Id, Name, Key__c FROM Account]) System.debug(a.Name + ' ' + (a.Id == accounts[0].Id || a.Id == accounts[1].Id));
       for (Database.UpsertResult result : Database.upsert(accounts, Account.Key__c, false)) System.debug(result.isCreated());
       Database.UpsertResult bad = Database.upsert(new Account(Name = 'd'), Account.Key__c, false);
       System.debug(bad.getErrors()[0].getMessage());
       try { upsert new List<Account>{ new Account(Key__c = 'x'), new Account(Key__c = 'x') } Key__c; }
       catch (DmlException e) { System.debug(e.getDmlMessage(0)); }`,
      { org: opened.state },
    );
    opened.close();
    expect(debug).toEqual([
      'b true',
      'c true',
      'false',
      'false',
      'Key__c not specified',
      'Duplicate external id specified: x',
    ]);
  });
});

describe('DML that fails', () => {
  it.each([
    [
      'a required field is missing',
      'insert new Account();',
      'System.DmlException: Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [Name]: [Name]',
    ],
    [
      'text is too long',
      "insert new Account(Name = 'x'.repeat(300));",
      'System.DmlException: Insert failed. First exception on row 0; first error: STRING_TOO_LONG, ',
    ],
    [
      'an update has no id',
      "update new Account(Name = 'x');",
      'System.DmlException: Update failed. First exception on row 0; first error: MISSING_ARGUMENT, Id not specified in an update call: []',
    ],
    ['a record is null', 'Account a; insert a;', 'System.NullPointerException: Attempt to de-reference a null object'],
    [
      'a list has null in it',
      'insert new List<Account>{ null };',
      'System.ListException: DML statement found null SObject at position 0',
    ],
    [
      'a record is in the list twice',
      "Account a = new Account(Name = 'x'); insert new List<Account>{ a, a };",
      'System.ListException: Before Insert or Upsert list must not have two identically equal elements',
    ],
    [
      'types change too often',
      `List<SObject> l = new List<SObject>();
       for (Integer i = 0; i < 6; i++) { l.add(new Account(Name = 'a')); l.add(new Contact(LastName = 'c')); }
       insert l;`,
      'System.TypeException: Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.',
    ],
  ])('because %s', async (_why, source, message) => {
    expect(await failureOf(source)).toContain(message);
  });

  it('names the record and keeps nothing', async () => {
    const debug = await runApex(`
      List<Account> accounts = new List<Account>{ new Account(Name = 'a'), new Account(), new Account(Name = 'c'), new Account() };
      try { insert accounts; } catch (DmlException e) {
        System.debug(e.getNumDml() + ' ' + e.getDmlIndex(0) + ' ' + e.getDmlStatusCode(1) + ' ' + e.getDmlFieldNames(0));
      }
      System.debug([SELECT Id FROM Account].size() + ' ' + accounts[0].Id);
      Account a = new Account(Name = 'a');
      insert a;
      try { insert a; } catch (DmlException e) { System.debug(e.getMessage().replace(a.Id, 'ID')); }
      try { update new List<Account>{ a, new Account(Id = a.Id) }; } catch (ListException e) { System.debug(e.getMessage().replace(a.Id, 'ID')); }
      delete a;
      try { update a; } catch (DmlException e) { System.debug(e.getMessage().replace(a.Id, 'ID')); }
    `);
    expect(debug).toEqual([
      '2 1 REQUIRED_FIELD_MISSING (Name)',
      '0 null',
      'Insert failed. First exception on row 0 with id ID; first error: INVALID_FIELD_FOR_INSERT_UPDATE, cannot specify Id in an insert call: [Id]',
      'Duplicate id in list: ID',
      'Update failed. First exception on row 0 with id ID; first error: ENTITY_IS_DELETED, entity is deleted: []',
    ]);
  });

  it('may not mix objects of setup with others', async () => {
    const debug = await runApex(`
      insert new Account(Name = 'a');
      try { insert new Group(Name = 'q', Type = 'Queue'); } catch (DmlException e) { System.debug(e.getMessage()); }
    `);
    expect(debug).toEqual([
      'Insert failed. First exception on row 0; first error: MIXED_DML_OPERATION, DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): Group, original object: Account: []',
    ]);
  });
});

describe('Database methods', () => {
  it('save what can be saved and tell of the rest', async () => {
    const debug = await runApex(`
      List<Account> accounts = new List<Account>{ new Account(Name = 'a'), new Account() };
      for (Database.SaveResult result : Database.insert(accounts, false)) {
        System.debug(result.isSuccess() + ' ' + (result.getId() != null));
        for (Database.Error error : result.getErrors()) {
          System.debug(error.getStatusCode() + ' ' + error.getMessage() + ' ' + error.getFields());
        }
      }
      System.debug((accounts[0].Id != null) + ' ' + accounts[1].Id);
      Database.UpsertResult upserted = Database.upsert(accounts[0], false);
      System.debug(upserted.isCreated());
      System.debug(Database.delete(accounts[0].Id).isSuccess());
      System.debug(Database.undelete(new List<Id>{ accounts[0].Id })[0].isSuccess());
      System.debug(Database.delete(new List<Account>{ accounts[0] }, false)[0].getId() == accounts[0].Id);
      System.debug(Database.emptyRecycleBin(accounts[0]).isSuccess());
      System.debug(Database.undelete(accounts[0], false).getErrors()[0].getStatusCode());
    `);
    expect(debug).toEqual([
      'true true',
      'false false',
      'REQUIRED_FIELD_MISSING Required fields are missing: [Name] (Name)',
      'true null',
      'false',
      'true',
      'true',
      'true',
      'true',
      'UNDELETE_FAILED',
    ]);
  });

  it('cut text where the options say so', async () => {
    const debug = await runApex(`
      Database.DMLOptions options = new Database.DMLOptions();
      options.allowFieldTruncation = true;
      options.optAllOrNone = true;
      options.EmailHeader.triggerUserEmail = false;
      Database.insert(new Account(Name = 'x'.repeat(300)), options);
      System.debug([SELECT Name FROM Account].Name.length());
    `);
    expect(debug).toEqual(['255']);
  });

  it('merge records, moving what refers to them', async () => {
    const debug = await runApex(`
      Account master = new Account(Name = 'a'), other = new Account(Name = 'b');
      insert new List<Account>{ master, other };
      insert new Contact(LastName = 'c', AccountId = other.Id);
      master.Rating = 'Hot';
      merge master other;
      System.debug([SELECT Name, Rating, (SELECT LastName FROM Contacts) FROM Account]);
      System.debug([SELECT AccountId FROM Contact].AccountId == master.Id);
    `);
    expect(debug[0]).toContain('Rating=Hot');
    expect(debug[1]).toBe('true');
  });
});

describe('savepoints', () => {
  it('take back what was stored, not what is in memory', async () => {
    const debug = await runApex(`
      insert new Account(Name = 'kept');
      Savepoint start = Database.setSavepoint();
      Account lost = new Account(Name = 'lost');
      insert lost;
      Savepoint later = Database.setSavepoint();
      System.debug([SELECT Id FROM Account].size());
      Database.rollback(start);
      System.debug([SELECT Id FROM Account].size() + ' ' + (lost.Id != null));
      try { Database.rollback(later); } catch (Exception e) { System.debug('invalid'); }
      insert new Account(Name = 'again');
      Database.rollback(start);
      System.debug([SELECT Id FROM Account].size());
      Database.releaseSavepoint(start);
      System.debug(Limits.getDmlStatements());
    `);
    expect(debug).toEqual(['2', '1 true', 'invalid', '1', '8']);
  });
});

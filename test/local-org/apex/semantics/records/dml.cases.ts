import type { SemanticsCase } from '../semantics-case.ts';

export const dml: readonly SemanticsCase[] = [
  {
    name: 'insert gives the record its id',
    source: `
      Account a = new Account(Name = 'Acme');
      System.debug(a.Id == null);
      insert a;
      System.debug(a.Id == null);
      System.debug(a.Id.getSObjectType());
    `,
    prints: ['true', 'false', 'Account'],
  },
  {
    name: 'insert of a list gives each record its id',
    source: `
      List<Account> l = new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
      insert l;
      System.debug(l[0].Id != null && l[1].Id != null && l[0].Id != l[1].Id);
    `,
    prints: ['true'],
  },
  {
    name: 'a field the org fills in is not in the record before it is queried',
    source: `
      Case c = new Case(Subject = 'x');
      insert c;
      System.debug(c.CaseNumber);
      System.debug([SELECT CaseNumber FROM Case WHERE Id = :c.Id].CaseNumber != null);
    `,
    prints: ['null', 'true'],
  },
  {
    name: 'update changes what is stored',
    source: `
      Account a = new Account(Name = 'old');
      insert a;
      a.Name = 'new';
      update a;
      System.debug([SELECT Name FROM Account WHERE Id = :a.Id].Name);
    `,
    prints: ['new'],
  },
  {
    name: 'a record in memory is only a copy',
    source: `
      Account a = new Account(Name = 'old');
      insert a;
      a.Name = 'new';
      System.debug([SELECT Name FROM Account WHERE Id = :a.Id].Name);
    `,
    prints: ['old'],
  },
  {
    name: 'update leaves fields that are not set alone',
    source: `
      Account a = new Account(Name = 'Acme', Industry = 'Energy');
      insert a;
      update new Account(Id = a.Id, Name = 'New');
      Account b = [SELECT Name, Industry FROM Account WHERE Id = :a.Id];
      System.debug(b.Name + ' ' + b.Industry);
    `,
    prints: ['New Energy'],
  },
  {
    name: 'update with null clears a field',
    source: `
      Account a = new Account(Name = 'Acme', Industry = 'Energy');
      insert a;
      a.Industry = null;
      update a;
      System.debug([SELECT Industry FROM Account WHERE Id = :a.Id].Industry);
    `,
    prints: ['null'],
  },
  {
    name: 'delete takes the record away, undelete brings it back',
    source: `
      Account a = new Account(Name = 'Acme');
      insert a;
      delete a;
      System.debug([SELECT COUNT() FROM Account WHERE Id = :a.Id]);
      undelete a;
      System.debug([SELECT COUNT() FROM Account WHERE Id = :a.Id]);
    `,
    prints: ['0', '1'],
  },
  {
    name: 'upsert inserts without an id and updates with one',
    source: `
      Account a = new Account(Name = 'old');
      insert a;
      a.Name = 'changed';
      Account b = new Account(Name = 'added');
      upsert new List<Account>{ a, b };
      System.debug(b.Id != null);
      System.debug([SELECT Name FROM Account WHERE Id = :a.Id].Name);
    `,
    prints: ['true', 'changed'],
  },
  {
    name: 'Database.upsert tells which were created',
    source: `
      Account a = new Account(Name = 'old');
      insert a;
      List<Database.UpsertResult> r = Database.upsert(new List<Account>{ a, new Account(Name = 'added') });
      System.debug(r[0].isCreated());
      System.debug(r[1].isCreated());
      System.debug(r[0].getId() == a.Id);
    `,
    prints: ['false', 'true', 'true'],
  },
  {
    name: 'a record without a required field ends the program',
    source: `insert new Account();`,
    throws:
      'System.DmlException: Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [Name]: [Name]',
  },
  {
    name: 'a DmlException tells the rows',
    source: `
      try {
        insert new List<Contact>{ new Contact(LastName = 'ok'), new Contact(FirstName = 'no') };
      } catch (DmlException e) {
        System.debug(e.getNumDml());
        System.debug(e.getDmlIndex(0));
        System.debug(e.getDmlType(0));
        System.debug(e.getDmlMessage(0));
        System.debug(e.getDmlFieldNames(0));
        System.debug(e.getDmlId(0));
      }
    `,
    prints: ['1', '1', 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', '(LastName)', 'null'],
  },
  {
    name: 'a statement saves all or nothing',
    source: `
      try {
        insert new List<Account>{ new Account(Name = 'AllOrNone'), new Account() };
      } catch (DmlException e) {
        System.debug('caught');
      }
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'AllOrNone']);
    `,
    prints: ['caught', '0'],
  },
  {
    name: 'with allOrNone false the good ones are saved',
    source: `
      List<Database.SaveResult> r = Database.insert(new List<Account>{ new Account(Name = 'Partial'), new Account() }, false);
      System.debug(r[0].isSuccess() + ' ' + r[1].isSuccess());
      System.debug(r[0].getErrors().size());
      Database.Error e = r[1].getErrors()[0];
      System.debug(e.getStatusCode());
      System.debug(e.getFields());
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'Partial']);
    `,
    prints: ['true false', '0', 'REQUIRED_FIELD_MISSING', '(Name)', '1'],
  },
  {
    name: 'a result has the id of what was saved',
    source: `
      Database.SaveResult r = Database.insert(new Account(Name = 'One'));
      System.debug(r.isSuccess());
      System.debug([SELECT Name FROM Account WHERE Id = :r.getId()].Name);
    `,
    prints: ['true', 'One'],
  },
  {
    name: 'with allOrNone true Database.insert throws',
    source: `try { Database.insert(new Account(), true); } catch (DmlException e) { System.debug(e.getDmlType(0)); }`,
    prints: ['REQUIRED_FIELD_MISSING'],
  },
  {
    name: 'inserting a record that has an id throws',
    source: `
      Account a = new Account(Name = 'Acme');
      insert a;
      try { insert a; } catch (DmlException e) { System.debug(e.getDmlType(0)); }
    `,
    prints: ['INVALID_FIELD_FOR_INSERT_UPDATE'],
  },
  {
    name: 'updating a record without an id throws',
    source: `update new Account(Name = 'Acme');`,
    throws:
      'System.DmlException: Update failed. First exception on row 0; first error: MISSING_ARGUMENT, Id not specified in an update call: []',
  },
  {
    name: 'deleting by ids',
    source: `
      Account a = new Account(Name = 'Acme');
      insert a;
      List<Database.DeleteResult> r = Database.delete(new List<Id>{ a.Id }, false);
      System.debug(r[0].isSuccess());
      System.debug(r[0].getId() == a.Id);
    `,
    prints: ['true', 'true'],
  },
  {
    name: 'a rollback takes everything since the savepoint back',
    source: `
      insert new Account(Name = 'Kept');
      Savepoint sp = Database.setSavepoint();
      insert new Account(Name = 'Lost');
      Database.rollback(sp);
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'Kept']);
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'Lost']);
    `,
    prints: ['1', '0'],
  },
  {
    name: 'a rollback leaves variables and ids in memory',
    source: `
      Integer i = 1;
      Account a = new Account(Name = 'Lost');
      Savepoint sp = Database.setSavepoint();
      i = 2;
      insert a;
      Database.rollback(sp);
      System.debug(i);
      System.debug(a.Id != null);
    `,
    prints: ['2', 'true'],
  },
  {
    name: 'an empty list may be saved',
    source: `
      insert new List<Account>();
      update new List<Account>();
      delete new List<Account>();
      System.debug('done');
    `,
    prints: ['done'],
  },
  {
    name: 'records of several types in one statement',
    source: `
      Account a = new Account(Name = 'Mixed');
      Case c = new Case(Subject = 'Mixed');
      insert new List<SObject>{ a, c };
      System.debug(a.Id != null && c.Id != null);
      System.debug(c.Id.getSObjectType());
    `,
    prints: ['true', 'Case'],
  },
  {
    name: 'deleting a parent deletes its details',
    source: `
      Case c = new Case(Subject = 'x');
      insert c;
      insert new CaseComment(ParentId = c.Id, CommentBody = 'y');
      delete c;
      System.debug([SELECT COUNT() FROM CaseComment WHERE ParentId = :c.Id]);
    `,
    prints: ['0'],
  },
  {
    name: 'a case gets its defaults and is closed by its status',
    source: `
      Case c = new Case(Subject = 'x');
      insert c;
      c = [SELECT Status, IsClosed FROM Case WHERE Id = :c.Id];
      System.debug(c.Status + ' ' + c.IsClosed);
      c.Status = 'Closed';
      update c;
      System.debug([SELECT IsClosed FROM Case WHERE Id = :c.Id].IsClosed);
    `,
    prints: ['New false', 'true'],
  },
];

import type { SemanticsCase } from '../semantics-case.ts';

/** Two accounts, Acme with two contacts and Blue without one; Acme has three cases. */
const data = `
  Account acme = new Account(Name = 'Acme', Industry = 'Energy', NumberOfEmployees = 50);
  Account blue = new Account(Name = 'Blue', Industry = 'Media', NumberOfEmployees = 5);
  insert new List<Account>{ acme, blue };
  insert new List<Contact>{ new Contact(LastName = 'Ray', FirstName = 'Ann', AccountId = acme.Id), new Contact(LastName = 'Ade', AccountId = acme.Id) };
  insert new List<Case>{ new Case(Subject = 'one', AccountId = acme.Id, Priority = 'High'), new Case(Subject = 'two', AccountId = acme.Id, Priority = 'Low'), new Case(Subject = 'three', AccountId = acme.Id, Priority = 'High') };
`;

export const soql: readonly SemanticsCase[] = [
  {
    name: 'a query gives a list',
    source: `
      ${data}
      List<Account> l = [SELECT Name FROM Account WHERE Id IN (:acme.Id, :blue.Id) ORDER BY Name DESC];
      System.debug(l.size());
      System.debug(l[0].Name);
    `,
    prints: ['2', 'Blue'],
  },
  {
    name: 'a query without rows gives an empty list',
    source: `
      List<Account> l = [SELECT Id FROM Account WHERE Name = 'Nobody'];
      System.debug(l.isEmpty());
      System.debug([SELECT Id FROM Account WHERE Name = 'Nobody'].size());
    `,
    prints: ['true', '0'],
  },
  {
    name: 'a query of one row gives a record',
    source: `
      ${data}
      Account a = [SELECT Name, NumberOfEmployees FROM Account WHERE Name = 'Acme'];
      System.debug(a.NumberOfEmployees);
      System.debug([SELECT Name FROM Account WHERE Name = 'Blue'].Name);
    `,
    prints: ['50', 'Blue'],
  },
  {
    name: 'a record from no row throws',
    source: `Account a = [SELECT Id FROM Account WHERE Name = 'Nobody'];`,
    throws: 'System.QueryException: List has no rows for assignment to SObject',
  },
  {
    name: 'a record from two rows throws',
    source: `
      insert new List<Account>{ new Account(Name = 'Twin'), new Account(Name = 'Twin') };
      Account a = [SELECT Id FROM Account WHERE Name = 'Twin'];
    `,
    throws: 'System.QueryException: List has more than 1 row for assignment to SObject',
  },
  {
    name: 'a field that was not selected throws',
    source: `
      ${data}
      Account a = [SELECT Name FROM Account WHERE Name = 'Acme'];
      System.debug(a.Industry);
    `,
    throws:
      'System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Account.Industry',
  },
  {
    name: 'the id is always there',
    source: `
      ${data}
      Account a = [SELECT Name FROM Account WHERE Name = 'Acme'];
      System.debug(a.Id == acme.Id);
    `,
    prints: ['true'],
  },
  {
    name: 'binds take variables and expressions',
    source: `
      ${data}
      String part = 'Ac';
      Integer size = 40;
      System.debug([SELECT Name FROM Account WHERE Name LIKE :(part + '%') AND NumberOfEmployees > :size + 5].Name);
    `,
    prints: ['Acme'],
  },
  {
    name: 'binds take lists and sets',
    source: `
      ${data}
      List<String> names = new List<String>{ 'Acme', 'Nobody' };
      Set<Id> ids = new Set<Id>{ acme.Id, blue.Id };
      System.debug([SELECT Id FROM Account WHERE Name IN :names].size());
      System.debug([SELECT Id FROM Account WHERE Id IN :ids AND Name NOT IN :names].size());
    `,
    prints: ['1', '1'],
  },
  {
    name: 'binds take the keys of a map and records',
    source: `
      ${data}
      Map<Id, Account> m = new Map<Id, Account>{ acme.Id => acme };
      System.debug([SELECT Id FROM Account WHERE Id IN :m.keySet()].size());
      System.debug([SELECT Id FROM Contact WHERE AccountId IN :m.values()].size());
    `,
    prints: ['1', '2'],
  },
  {
    name: 'limit takes a bind',
    source: `
      ${data}
      Integer most = 1;
      System.debug([SELECT Id FROM Account LIMIT :most].size());
    `,
    prints: ['1'],
  },
  {
    name: 'fields of the parent',
    source: `
      ${data}
      Contact c = [SELECT LastName, Account.Name, Account.Industry FROM Contact WHERE LastName = 'Ray'];
      System.debug(c.Account.Name + ' ' + c.Account.Industry);
    `,
    prints: ['Acme Energy'],
  },
  {
    name: 'conditions on the parent',
    source: `
      ${data}
      System.debug([SELECT Id FROM Contact WHERE Account.Name = 'Acme'].size());
      System.debug([SELECT Id FROM Contact WHERE Account.Industry = 'Media'].size());
    `,
    prints: ['2', '0'],
  },
  {
    name: 'children of each row',
    source: `
      ${data}
      for (Account a : [SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Id IN (:acme.Id, :blue.Id) ORDER BY Name]) {
        System.debug(a.Name + ' ' + a.Contacts.size());
        for (Contact c : a.Contacts) { System.debug(c.LastName); }
      }
    `,
    prints: ['Acme 2', 'Ade', 'Ray', 'Blue 0'],
  },
  {
    name: 'COUNT() is an Integer',
    source: `
      ${data}
      Integer i = [SELECT COUNT() FROM Contact WHERE AccountId = :acme.Id];
      System.debug(i + 1);
    `,
    prints: ['3'],
  },
  {
    name: 'aggregates by alias',
    source: `
      ${data}
      AggregateResult r = [SELECT MAX(NumberOfEmployees) most, COUNT(Id) many FROM Account WHERE Id IN (:acme.Id, :blue.Id)];
      System.debug(r.get('most'));
      System.debug(r.get('many'));
    `,
    prints: ['50', '2'],
  },
  {
    name: 'aggregates without an alias are expr0, expr1',
    source: `
      ${data}
      AggregateResult r = [SELECT MIN(NumberOfEmployees), COUNT(Id) FROM Account WHERE Id IN (:acme.Id, :blue.Id)];
      System.debug(r.get('expr0'));
      System.debug(r.get('expr1'));
    `,
    prints: ['5', '2'],
  },
  {
    name: 'groups',
    source: `
      ${data}
      for (AggregateResult r : [SELECT Priority p, COUNT(Id) n FROM Case WHERE AccountId = :acme.Id GROUP BY Priority ORDER BY Priority]) {
        System.debug(r.get('p') + ' ' + r.get('n'));
      }
    `,
    prints: ['High 2', 'Low 1'],
  },
  {
    name: 'groups that satisfy HAVING',
    source: `
      ${data}
      List<AggregateResult> l = [SELECT Priority FROM Case WHERE AccountId = :acme.Id GROUP BY Priority HAVING COUNT(Id) > 1];
      System.debug(l.size());
      System.debug(l[0].get('Priority'));
    `,
    prints: ['1', 'High'],
  },
  {
    name: 'a dynamic query binds variables of its surroundings',
    source: `
      ${data}
      String wanted = 'Blue';
      List<Account> l = Database.query('SELECT Name FROM Account WHERE Name = :wanted');
      System.debug(l.size());
      System.debug(l[0].Name);
    `,
    prints: ['1', 'Blue'],
  },
  {
    name: 'a dynamic query with binds given as a map',
    source: `
      ${data}
      List<Account> l = Database.queryWithBinds('SELECT Name FROM Account WHERE Name = :wanted', new Map<String, Object>{ 'wanted' => 'Acme' }, AccessLevel.USER_MODE);
      System.debug(l[0].Name);
    `,
    prints: ['Acme'],
  },
  {
    name: 'countQuery',
    source: `
      ${data}
      System.debug(Database.countQuery('SELECT COUNT() FROM Contact WHERE LastName = \\'Ray\\''));
    `,
    prints: ['1'],
  },
  {
    name: 'a dynamic query that is wrong throws a QueryException',
    source: `
      try {
        Database.query('SELECT Nonsense FROM Account');
      } catch (QueryException e) {
        System.debug(e.getTypeName());
      }
    `,
    prints: ['System.QueryException'],
  },
  {
    name: 'a semi-join',
    source: `
      ${data}
      System.debug([SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Ray')].Name);
    `,
    prints: ['Acme'],
  },
  {
    name: 'comparison of text ignores case',
    source: `
      ${data}
      System.debug([SELECT Name FROM Account WHERE Name = 'ACME'].Name);
    `,
    prints: ['Acme'],
  },
  {
    name: 'a query sees what the transaction wrote',
    source: `
      ${data}
      acme.Industry = 'Retail';
      update acme;
      System.debug([SELECT Industry FROM Account WHERE Id = :acme.Id].Industry);
      delete blue;
      System.debug([SELECT COUNT() FROM Account WHERE Id = :blue.Id]);
    `,
    prints: ['Retail', '0'],
  },
  {
    name: 'ALL ROWS finds what was deleted',
    source: `
      ${data}
      delete blue;
      System.debug([SELECT COUNT() FROM Account WHERE Id = :blue.Id ALL ROWS]);
    `,
    prints: ['1'],
  },
];

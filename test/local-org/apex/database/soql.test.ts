import { describe, expect, it } from 'vitest';

import { runApex } from '../run-apex.ts';

const cases = `
  Account acme = new Account(Name = 'Acme', AnnualRevenue = 10.50);
  insert acme;
  Contact ada = new Contact(LastName = 'Ada', Email = 'ada@acme.com', AccountId = acme.Id);
  insert ada;
  insert new List<Case>{
    new Case(Subject = 'fire', Priority = 'High', ContactId = ada.Id),
    new Case(Subject = 'water', Priority = 'Low'),
    new Case(Subject = 'earth', Priority = 'Low', ContactId = ada.Id)
  };
`;

describe('bind variables', () => {
  it('are single values of any type', async () => {
    const debug = await runApex(`${cases}
      String subject = 'FIRE';
      Datetime recent = System.now().addDays(-1);
      System.debug([SELECT Subject FROM Case WHERE Subject = :subject AND CreatedDate > :recent].size());
      Decimal much = 10.5;
      System.debug([SELECT Name FROM Account WHERE AnnualRevenue = :much][0].Name);
      System.debug([SELECT Id FROM Case WHERE Subject LIKE :('%a' + '%') ORDER BY Subject].size());
      String none;
      System.debug([SELECT Id FROM Case WHERE ContactId = :none].size());
      Integer most = 2;
      System.debug([SELECT Id FROM Case LIMIT :most].size());
    `);
    expect(debug).toEqual(['1', 'Acme', '2', '1', '2']);
  });

  it('are lists and sets, of ids in either length, of records, and empty', async () => {
    const debug = await runApex(`${cases}
      List<Case> all = [SELECT Id FROM Case];
      System.debug([SELECT Id FROM Case WHERE Id IN :all].size());
      Set<String> brief = new Set<String>{ String.valueOf(all[0].Id).left(15) };
      System.debug([SELECT Id FROM Case WHERE Id IN :brief].size());
      System.debug([SELECT Id FROM Case WHERE Id NOT IN :brief].size());
      System.debug([SELECT Id FROM Case WHERE Id IN :new List<Id>()].size());
      System.debug([SELECT Id FROM Case WHERE Id NOT IN :new List<Id>()].size());
      String a = 'fire', b = 'water';
      System.debug([SELECT Id FROM Case WHERE Subject IN (:a, :b, 'nothing')].size());
      System.debug([SELECT Id FROM Case WHERE ContactId IN (SELECT Id FROM Contact WHERE LastName = :ada.LastName)].size());
    `);
    expect(debug).toEqual(['3', '1', '2', '0', '3', '2', '2']);
  });
});

describe('records of a query', () => {
  it('have their id, parents, references and children', async () => {
    const debug = await runApex(`${cases}
      Case found = [SELECT Subject, Contact.Account.Name, Owner.Name FROM Case WHERE Subject = 'fire'];
      System.debug(found.Id != null);
      System.debug(found.Contact.Account.Name);
      System.debug(found.ContactId == ada.Id);
      System.debug(found.Owner.Name);
      Account parent = [SELECT Name, (SELECT LastName FROM Contacts), (SELECT Id FROM Cases) FROM Account];
      System.debug(parent.Contacts[0].LastName + parent.Contacts.size() + parent.Cases.size());
      System.debug([SELECT Contact.Name FROM Case WHERE ContactId = null].Contact == null);
    `);
    expect(debug).toEqual(['true', 'Acme', 'true', 'Local Administrator', 'Ada12', 'true']);
  });

  it('tell what was not selected', async () => {
    await expect(runApex(`${cases} Case c = [SELECT Id FROM Case LIMIT 1]; System.debug(c.Subject);`)).rejects.toThrow(
      'System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Case.Subject',
    );
  });

  it('are counted, and grouped with their types', async () => {
    const debug = await runApex(`${cases}
      System.debug([SELECT COUNT() FROM Case WHERE Priority = 'Low']);
      for (AggregateResult row : [SELECT Priority p, COUNT(Id) n FROM Case GROUP BY Priority HAVING COUNT(Id) > 1]) {
        Integer n = (Integer) row.get('n');
        System.debug(row.get('p') + ' ' + n);
      }
      AggregateResult sum = [SELECT SUM(AnnualRevenue) FROM Account];
      System.debug((Decimal) sum.get('expr0'));
    `);
    expect(debug).toEqual(['2', 'Low 2', '10.5']);
  });

  it('include deleted ones with ALL ROWS', async () => {
    const debug = await runApex(`${cases}
      delete [SELECT Id FROM Case WHERE Subject = 'fire'];
      System.debug([SELECT Id FROM Case].size());
      System.debug([SELECT Id FROM Case WHERE IsDeleted = true ALL ROWS].size());
    `);
    expect(debug).toEqual(['2', '1']);
  });
});

describe('queries that fail', () => {
  it("are exceptions with the platform's text", async () => {
    const debug = await runApex(`
      for (String query : new List<String>{ 'SELECT Id FRM Case', 'SELECT Nope FROM Case', 'SELECT Id FROM Nope' }) {
        try { Database.query(query); } catch (QueryException e) { System.debug(e.getMessage()); }
      }
      String word = 'hello';
      try { Database.query('SELECT Id FROM Case WHERE Id = :word'); } catch (QueryException e) { System.debug(e.getMessage()); }
    `);
    expect(debug[0]).toContain('unexpected token:');
    expect(debug[1]).toContain("No such column 'Nope' on entity 'Case'.");
    expect(debug[2]).toContain("sObject type 'Nope' is not supported.");
    expect(debug[3]).toBe('invalid ID field: hello');
  });

  it('count against the limits', async () => {
    const debug = await runApex(`${cases}
      Integer before = Limits.getQueries(), rows = Limits.getQueryRows();
      List<Account> found = [SELECT Id, (SELECT Id FROM Contacts) FROM Account];
      System.debug(Limits.getQueries() - before);
      System.debug(Limits.getQueryRows() - rows);
      System.debug(Limits.getAggregateQueries());
    `);
    expect(debug).toEqual(['1', '2', '1']);
  });
});

describe('field-level security', () => {
  it('is left out in system mode and obeyed in user mode', async () => {
    const debug = await runApex(`${cases}
      System.debug([SELECT Id FROM Case WITH SYSTEM_MODE].size());
      System.debug([SELECT Id FROM Case WITH USER_MODE].size());
      System.debug(Database.query('SELECT Id FROM Case', AccessLevel.USER_MODE).size());
    `);
    expect(debug).toEqual(['3', '3', '3']);
  });
});

describe('dynamic queries', () => {
  it('find the variables around them, and those of a map', async () => {
    const debug = await runApex(`${cases}
      String wanted = 'fire';
      List<Case> found = Database.query('SELECT Id, Subject FROM Case WHERE Subject = :wanted');
      System.debug(found[0].Subject);
      System.debug(Database.countQuery('SELECT COUNT() FROM Case WHERE Subject != :wanted'));
      Map<String, Object> binds = new Map<String, Object>{ 'Ids' => new List<Id>{ found[0].Id } };
      System.debug(Database.queryWithBinds('SELECT Id FROM Case WHERE Id IN :ids', binds, AccessLevel.SYSTEM_MODE).size());
      System.debug(Database.countQueryWithBinds('SELECT COUNT() FROM Case WHERE Id IN :ids', binds, AccessLevel.SYSTEM_MODE));
      Database.QueryLocator locator = Database.getQueryLocator('SELECT Id, Subject FROM Case WHERE Subject != :wanted');
      System.debug(locator.getQuery());
      Database.QueryLocatorIterator rows = locator.iterator();
      Integer count = 0;
      while (rows.hasNext()) { Case row = (Case) rows.next(); count++; }
      System.debug(count);
    `);
    expect(debug).toEqual(['fire', '2', '1', '1', 'SELECT Id, Subject FROM Case WHERE Subject != :wanted', '2']);
  });
});

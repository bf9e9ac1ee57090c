import type { SemanticsCase } from '../semantics-case.ts';

export const sobjects: readonly SemanticsCase[] = [
  {
    name: 'a constructor takes fields by name',
    source: `
      Account a = new Account(Name = 'Acme', NumberOfEmployees = 5);
      System.debug(a.Name);
      System.debug(a.NumberOfEmployees);
      System.debug(a.Industry);
      System.debug(a.Id);
    `,
    prints: ['Acme', '5', 'null', 'null'],
  },
  {
    name: 'fields are named without regard to case',
    source: `
      Account a = new Account(name = 'Acme');
      a.INDUSTRY = 'Energy';
      System.debug(a.NAME + ' ' + a.Industry);
    `,
    prints: ['Acme Energy'],
  },
  {
    name: 'get and put by name',
    source: `
      SObject s = new Account();
      s.put('Name', 'Acme');
      s.put('NumberOfEmployees', 7);
      System.debug(s.get('name'));
      System.debug((Integer) s.get('NumberOfEmployees') + 1);
    `,
    prints: ['Acme', '8'],
  },
  {
    name: 'put gives the old value',
    source: `
      Account a = new Account(Name = 'old');
      System.debug(a.put('Name', 'new'));
      System.debug(a.Name);
    `,
    prints: ['old', 'new'],
  },
  {
    name: 'get and put by token',
    source: `
      Account a = new Account();
      a.put(Account.Name, 'Acme');
      System.debug(a.get(Account.Name));
      System.debug(a.get(Account.Industry));
    `,
    prints: ['Acme', 'null'],
  },
  {
    name: 'get of a field that does not exist throws',
    source: `
      Account a = new Account();
      a.get('Nonsense__c');
    `,
    throws: 'System.SObjectException: Invalid field Nonsense__c for Account',
  },
  {
    name: 'the type of a record',
    source: `
      SObject s = new Contact();
      System.debug(s.getSObjectType() == Contact.SObjectType);
      System.debug(s.getSObjectType() == Account.SObjectType);
      System.debug(s.getSObjectType());
    `,
    prints: ['true', 'false', 'Contact'],
  },
  {
    name: 'a record by its type',
    source: `
      SObject s = Account.SObjectType.newSObject();
      s.put('Name', 'Acme');
      System.debug(((Account) s).Name);
    `,
    prints: ['Acme'],
  },
  {
    name: 'clone copies the fields',
    source: `
      Account a = new Account(Name = 'Acme', Industry = 'Energy');
      Account b = a.clone();
      b.Name = 'Copy';
      System.debug(a.Name);
      System.debug(b.Name + ' ' + b.Industry);
    `,
    prints: ['Acme', 'Copy Energy'],
  },
  {
    name: 'clone leaves the id behind unless told to keep it',
    source: `
      Account a = new Account(Name = 'Acme');
      insert a;
      System.debug(a.clone().Id == null);
      System.debug(a.clone(true).Id == a.Id);
      System.debug(a.clone(false).Id == null);
    `,
    prints: ['true', 'true', 'true'],
  },
  {
    name: 'getPopulatedFieldsAsMap has what was set',
    source: `
      Account a = new Account(Name = 'Acme');
      Map<String, Object> m = a.getPopulatedFieldsAsMap();
      System.debug(m.size());
      System.debug(m.get('Name'));
    `,
    prints: ['1', 'Acme'],
  },
  {
    name: 'isSet tells null from never set',
    source: `
      Account a = new Account(Name = null);
      System.debug(a.isSet('Name'));
      System.debug(a.isSet('Industry'));
      System.debug(a.isSet(Account.Name));
    `,
    prints: ['true', 'false', 'true'],
  },
  {
    name: 'records with equal fields are equal, but not the same',
    source: `
      Account a = new Account(Name = 'Acme');
      Account b = new Account(Name = 'Acme');
      System.debug(a == b);
      System.debug(a === b);
      b.Industry = 'Energy';
      System.debug(a == b);
    `,
    prints: ['true', 'false', 'false'],
  },
  {
    name: 'a parent can be given as a record',
    source: `
      Contact c = new Contact(LastName = 'Ray', Account = new Account(Name = 'Acme'));
      System.debug(c.Account.Name);
      System.debug(c.AccountId);
    `,
    prints: ['Acme', 'null'],
  },
  {
    name: 'getSObject and putSObject',
    source: `
      Contact c = new Contact(LastName = 'Ray');
      c.putSObject('Account', new Account(Name = 'Acme'));
      System.debug(c.getSObject('Account').get('Name'));
    `,
    prints: ['Acme'],
  },
  {
    name: 'a list of sObjects of several types',
    source: `
      List<SObject> l = new List<SObject>{ new Account(Name = 'a'), new Contact(LastName = 'c') };
      for (SObject s : l) { System.debug(s.getSObjectType()); }
    `,
    prints: ['Account', 'Contact'],
  },
  {
    name: 'a map of records by a field',
    source: `
      Map<String, Account> m = new Map<String, Account>();
      for (Account a : new List<Account>{ new Account(Name = 'a', NumberOfEmployees = 1), new Account(Name = 'b', NumberOfEmployees = 2) }) {
        m.put(a.Name, a);
      }
      System.debug(m.get('b').NumberOfEmployees);
    `,
    prints: ['2'],
  },
  {
    name: 'a field of a record that is null throws',
    source: `
      Account a;
      System.debug(a.Name);
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: 'numbers of currency fields are Decimals',
    source: `
      Account a = new Account(AnnualRevenue = 1000.50);
      System.debug(a.AnnualRevenue * 2 == 2001);
      Object o = a.AnnualRevenue;
      System.debug(o instanceof Decimal);
    `,
    prints: ['true', 'true'],
  },
  {
    name: 'a field assigned through a variable of the abstract type is refused by type',
    source: `
      SObject s = new Account();
      try {
        s.put('NumberOfEmployees', 'many');
        System.debug('put');
      } catch (SObjectException e) {
        System.debug(e.getTypeName());
      }
    `,
    prints: ['System.SObjectException'],
  },
  {
    name: 'addError on a record outside of a trigger is kept',
    source: `
      Account a = new Account();
      a.addError('wrong');
      System.debug(a.hasErrors());
      System.debug(a.getErrors()[0].getMessage());
    `,
    prints: ['true', 'wrong'],
  },
  {
    name: 'clear takes all fields away',
    source: `
      Account a = new Account(Name = 'Acme', Industry = 'Energy');
      a.clear();
      System.debug(a.Name);
      System.debug(a.Industry);
    `,
    prints: ['null', 'null'],
  },
];

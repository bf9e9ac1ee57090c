import type { SemanticsCase } from '../semantics-case.ts';

export const limits: readonly SemanticsCase[] = [
  {
    name: 'queries are counted',
    source: `
      Integer before = Limits.getQueries();
      List<Account> l = [SELECT Id FROM Account];
      System.debug(Limits.getQueries() - before);
      System.debug(Limits.getLimitQueries());
    `,
    prints: ['1', '100'],
  },
  {
    name: 'the 101st query ends the program',
    source: `for (Integer i = 0; i < 101; i++) { List<Account> l = [SELECT Id FROM Account LIMIT 1]; }`,
    throws: 'System.LimitException: Too many SOQL queries: 101',
  },
  {
    name: 'nothing catches a LimitException',
    source: `
      try {
        for (Integer i = 0; i < 101; i++) { List<Account> l = [SELECT Id FROM Account LIMIT 1]; }
      } catch (Exception e) {
        System.debug('caught');
      }
    `,
    throws: 'System.LimitException: Too many SOQL queries: 101',
  },
  {
    name: 'statements and rows are counted',
    source: `
      insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
      System.debug(Limits.getDmlStatements() + ' ' + Limits.getDmlRows());
      System.debug(Limits.getLimitDmlStatements() + ' ' + Limits.getLimitDmlRows());
    `,
    prints: ['1 2', '150 10000'],
  },
  {
    name: 'the 151st statement ends the program',
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      for (Integer i = 0; i < 150; i++) { update a; }
    `,
    throws: 'System.LimitException: Too many DML statements: 151',
  },
  {
    name: 'rows of queries are counted',
    source: `
      insert new List<Account>{ new Account(Name = 'Row'), new Account(Name = 'Row'), new Account(Name = 'Row') };
      Integer before = Limits.getQueryRows();
      List<Account> l = [SELECT Id FROM Account WHERE Name = 'Row'];
      System.debug(Limits.getQueryRows() - before);
      System.debug(Limits.getLimitQueryRows());
    `,
    prints: ['3', '50000'],
  },
  {
    name: 'statements of triggers count for the same transaction',
    triggers: {
      CaseCounted: `
        trigger CaseCounted on Case (after insert) {
          insert new CaseComment(ParentId = Trigger.new[0].Id, CommentBody = 'x');
        }
      `,
    },
    source: `
      insert new Case(Subject = 'x');
      System.debug(Limits.getDmlStatements());
    `,
    prints: ['2'],
  },
  {
    name: 'the limits of a synchronous transaction',
    source: `
      System.debug(Limits.getLimitCallouts());
      System.debug(Limits.getLimitFutureCalls());
      System.debug(Limits.getLimitQueueableJobs());
      System.debug(Limits.getLimitEmailInvocations());
      System.debug(Limits.getLimitCpuTime());
    `,
    prints: ['100', '50', '50', '10', '10000'],
  },
  {
    name: 'dynamic queries count too',
    source: `
      Integer before = Limits.getQueries();
      Database.query('SELECT Id FROM Account');
      Database.countQuery('SELECT COUNT() FROM Account');
      System.debug(Limits.getQueries() - before);
    `,
    prints: ['2'],
  },
  {
    name: 'a query for a loop counts once',
    source: `
      insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
      Integer before = Limits.getQueries();
      for (Account a : [SELECT Id FROM Account]) { }
      System.debug(Limits.getQueries() - before);
    `,
    prints: ['1'],
  },
  {
    name: 'recursion without end ends the program',
    classes: {
      Deep: `
      public class Deep {
        public static Integer down(Integer i) { return down(i + 1); }
      }
    `,
    },
    source: `try { Deep.down(0); } catch (Exception e) { System.debug('caught'); }`,
    throws: 'System.LimitException: Maximum stack depth reached: 1001',
  },
];

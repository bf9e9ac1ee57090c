import type { SemanticsCase } from '../semantics-case.ts';

export const loops: readonly SemanticsCase[] = [
  {
    name: 'for counts',
    source: `for (Integer i = 0, j = 10; i < 3; i++) { System.debug(i + j); }`,
    prints: ['10', '11', '12'],
  },
  {
    name: 'for may run not at all',
    source: `
      for (Integer i = 5; i < 3; i++) { System.debug(i); }
      System.debug('done');
    `,
    prints: ['done'],
  },
  {
    name: 'while asks first, do asks afterwards',
    source: `
      Integer i = 9;
      while (i < 3) { System.debug('while'); i++; }
      do { System.debug('do'); i++; } while (i < 3);
    `,
    prints: ['do'],
  },
  {
    name: 'while counts',
    source: `
    Integer i = 0;
    while (i < 3) { i++; System.debug(i); }
  `,
    prints: ['1', '2', '3'],
  },
  {
    name: 'do repeats',
    source: `
      Integer i = 1;
      do { System.debug(i); i *= 2; } while (i < 8);
    `,
    prints: ['1', '2', '4'],
  },
  {
    name: 'break leaves the innermost loop',
    source: `
      for (Integer i = 0; i < 2; i++) {
        for (Integer j = 0; j < 5; j++) {
          if (j == 1) { break; }
          System.debug(i + '' + j);
        }
      }
    `,
    prints: ['00', '10'],
  },
  {
    name: 'continue goes on with the next step',
    source: `
      for (Integer i = 0; i < 5; i++) {
        if (Math.mod(i, 2) == 1) { continue; }
        System.debug(i);
      }
    `,
    prints: ['0', '2', '4'],
  },
  {
    name: 'continue in while and do',
    source: `
      Integer i = 0;
      while (i < 4) {
        i++;
        if (i == 2) { continue; }
        System.debug(i);
      }
      do {
        i--;
        if (i == 2) { continue; }
        System.debug(-i);
      } while (i > 1);
    `,
    prints: ['1', '3', '4', '-3', '-1'],
  },
  {
    name: 'over a list in its order',
    source: `for (String s : new List<String>{ 'c', 'a', 'b' }) { System.debug(s); }`,
    prints: ['c', 'a', 'b'],
  },
  {
    name: 'over a set',
    source: `
      Integer sum = 0;
      for (Integer i : new Set<Integer>{ 1, 2, 2, 3 }) { sum += i; }
      System.debug(sum);
    `,
    prints: ['6'],
  },
  {
    name: 'over the keys of a map',
    source: `
      Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1, 'b' => 2 };
      Integer sum = 0;
      for (String key : m.keySet()) { sum += m.get(key); }
      System.debug(sum);
    `,
    prints: ['3'],
  },
  {
    name: 'over an array',
    source: `
      Integer[] numbers = new Integer[]{ 4, 5 };
      for (Integer i : numbers) { System.debug(i); }
    `,
    prints: ['4', '5'],
  },
  {
    name: 'over nothing',
    source: `
      for (Integer i : new List<Integer>()) { System.debug(i); }
      System.debug('done');
    `,
    prints: ['done'],
  },
  {
    name: 'assigning to the variable does not change the list',
    source: `
      List<Integer> l = new List<Integer>{ 1, 2 };
      for (Integer i : l) { i = i * 10; }
      System.debug(l);
    `,
    prints: ['(1, 2)'],
  },
  {
    name: 'changing a field changes the record of the list',
    source: `
      List<Account> l = new List<Account>{ new Account(Name = 'a') };
      for (Account a : l) { a.Name = 'b'; }
      System.debug(l[0].Name);
    `,
    prints: ['b'],
  },
  {
    name: 'over a query, a record at a time',
    source: `
      insert new List<Account>{ new Account(Name = 'Loop 2'), new Account(Name = 'Loop 1') };
      for (Account a : [SELECT Name FROM Account WHERE Name LIKE 'Loop %' ORDER BY Name]) {
        System.debug(a.Name);
      }
    `,
    prints: ['Loop 1', 'Loop 2'],
  },
  {
    name: 'over a query, 200 records at a time',
    source: `
      List<Account> many = new List<Account>();
      for (Integer i = 0; i < 401; i++) { many.add(new Account(Name = 'Bulk')); }
      insert many;
      for (List<Account> some : [SELECT Id FROM Account WHERE Name = 'Bulk']) { System.debug(some.size()); }
    `,
    prints: ['200', '200', '1'],
  },
  {
    name: 'over a query without rows',
    source: `
      for (Account a : [SELECT Id FROM Account WHERE Name = 'Nobody']) { System.debug('row'); }
      System.debug('done');
    `,
    prints: ['done'],
  },
  {
    name: 'for without parts is ended by break',
    source: `
      Integer i = 0;
      for (;;) {
        i++;
        if (i == 3) { break; }
      }
      System.debug(i);
    `,
    prints: ['3'],
  },
  {
    name: 'return ends the loop and the method',
    classes: {
      Finder: `
        public class Finder {
          public static Integer firstOver(List<Integer> l, Integer limitTo) {
            for (Integer i : l) {
              System.debug('looks at ' + i);
              if (i > limitTo) { return i; }
            }
            return null;
          }
        }
      `,
    },
    source: `
      System.debug(Finder.firstOver(new List<Integer>{ 1, 5, 9 }, 3));
      System.debug(Finder.firstOver(new List<Integer>{ 1 }, 3));
    `,
    prints: ['looks at 1', 'looks at 5', '5', 'looks at 1', 'null'],
  },
  {
    name: 'a variable of the body is new each time',
    source: `
      for (Integer i = 0; i < 2; i++) {
        Integer seen;
        System.debug(seen);
        seen = i;
      }
    `,
    prints: ['null', 'null'],
  },
];

import type { SemanticsCase } from '../semantics-case.ts';

export const maps: readonly SemanticsCase[] = [
  {
    name: 'put gives the value that was there',
    source: `
      Map<String, Integer> m = new Map<String, Integer>();
      System.debug(m.put('a', 1));
      System.debug(m.put('a', 2));
      System.debug(m.get('a'));
    `,
    prints: ['null', '1', '2'],
  },
  {
    name: 'a missing key gives null',
    source: `
      Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1 };
      System.debug(m.get('b'));
      System.debug(m.containsKey('b'));
    `,
    prints: ['null', 'false'],
  },
  {
    name: 'texts as keys differ by case',
    source: `
      Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1, 'A' => 2 };
      System.debug(m.size());
      System.debug(m.get('A'));
    `,
    prints: ['2', '2'],
  },
  {
    name: 'remove gives what it took',
    source: `
      Map<Integer, String> m = new Map<Integer, String>{ 1 => 'one' };
      System.debug(m.remove(1));
      System.debug(m.remove(1));
      System.debug(m.isEmpty());
    `,
    prints: ['one', 'null', 'true'],
  },
  {
    name: 'null as key and as value',
    source: `
      Map<String, String> m = new Map<String, String>{ null => 'x', 'y' => null };
      System.debug(m.get(null));
      System.debug(m.get('y'));
      System.debug(m.containsKey('y'));
      System.debug(m.size());
    `,
    prints: ['x', 'null', 'true', '2'],
  },
  {
    name: 'keySet and values',
    source: `
      Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1, 'b' => 2 };
      System.debug(m.keySet().contains('b'));
      List<Integer> values = m.values();
      values.sort();
      System.debug(values);
    `,
    prints: ['true', '(1, 2)'],
  },
  {
    name: 'putAll overwrites',
    source: `
      Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1, 'b' => 2 };
      m.putAll(new Map<String, Integer>{ 'b' => 20, 'c' => 30 });
      System.debug(m.get('b'));
      System.debug(m.size());
    `,
    prints: ['20', '3'],
  },
  {
    name: 'maps with the same entries are equal',
    source: `
      Map<Integer, String> a = new Map<Integer, String>{ 1 => 'x', 2 => 'y' };
      Map<Integer, String> b = new Map<Integer, String>{ 2 => 'y', 1 => 'x' };
      System.debug(a == b);
      b.put(1, 'z');
      System.debug(a.equals(b));
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'how a map prints',
    source: `System.debug(new Map<String, Integer>{ 'a' => 1 });`,
    prints: ['{a=1}'],
  },
  {
    name: 'maps of lists',
    source: `
      Map<String, List<Integer>> m = new Map<String, List<Integer>>();
      for (Integer i = 1; i <= 4; i++) {
        String key = Math.mod(i, 2) == 0 ? 'even' : 'odd';
        if (!m.containsKey(key)) { m.put(key, new List<Integer>()); }
        m.get(key).add(i);
      }
      System.debug(m.get('even'));
      System.debug(m.get('odd'));
    `,
    prints: ['(2, 4)', '(1, 3)'],
  },
  {
    name: 'clone is a map of its own',
    source: `
      Map<String, Integer> a = new Map<String, Integer>{ 'a' => 1 };
      Map<String, Integer> b = a.clone();
      b.put('b', 2);
      System.debug(a.size());
      System.debug(b.size());
    `,
    prints: ['1', '2'],
  },
  {
    name: 'a map from another map',
    source: `
      Map<String, Integer> a = new Map<String, Integer>{ 'a' => 1 };
      Map<String, Integer> b = new Map<String, Integer>(a);
      a.clear();
      System.debug(a.size());
      System.debug(b.get('a'));
    `,
    prints: ['0', '1'],
  },
  {
    name: 'a map from records has their ids as keys',
    source: `
      List<Account> accounts = new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
      insert accounts;
      Map<Id, Account> m = new Map<Id, Account>(accounts);
      System.debug(m.size());
      System.debug(m.get(accounts[1].Id).Name);
    `,
    prints: ['2', 'b'],
  },
  {
    name: 'a map from a query',
    source: `
      Account a = new Account(Name = 'Acme');
      insert a;
      Map<Id, Account> m = new Map<Id, Account>([SELECT Id, Name FROM Account WHERE Name = 'Acme']);
      System.debug(m.containsKey(a.Id));
      System.debug(m.get(a.Id).Name);
    `,
    prints: ['true', 'Acme'],
  },
  {
    name: 'putAll of records',
    source: `
      List<Account> accounts = new List<Account>{ new Account(Name = 'a') };
      insert accounts;
      Map<Id, Account> m = new Map<Id, Account>();
      m.putAll(accounts);
      System.debug(m.get(accounts[0].Id).Name);
    `,
    prints: ['a'],
  },
  {
    name: 'a record as key is lost when an insert gives it an id',
    source: `
      Account a = new Account(Name = 'a');
      Map<Account, Integer> m = new Map<Account, Integer>{ a => 4 };
      System.debug(m.get(a));
      insert a;
      System.debug(m.containsKey(a));
    `,
    prints: ['4', 'false'],
  },
];

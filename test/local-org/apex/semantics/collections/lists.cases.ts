import type { SemanticsCase } from '../semantics-case.ts';

export const lists: readonly SemanticsCase[] = [
  {
    name: 'elements keep their order and may repeat',
    source: `
      List<String> l = new List<String>{ 'b', 'a', 'b' };
      l.add('c');
      System.debug(l);
      System.debug(l.size());
    `,
    prints: ['(b, a, b, c)', '4'],
  },
  {
    name: 'add at a position moves the rest',
    source: `
      List<Integer> l = new List<Integer>{ 1, 3 };
      l.add(1, 2);
      l.add(0, 0);
      System.debug(l);
    `,
    prints: ['(0, 1, 2, 3)'],
  },
  {
    name: 'set replaces, remove gives what it took',
    source: `
      List<String> l = new List<String>{ 'a', 'b', 'c' };
      l.set(1, 'x');
      System.debug(l.remove(0));
      System.debug(l);
    `,
    prints: ['a', '(x, c)'],
  },
  {
    name: 'a position beyond the end throws',
    source: `
      List<Integer> l = new List<Integer>{ 1, 2 };
      System.debug(l[2]);
    `,
    throws: 'System.ListException: List index out of bounds: 2',
  },
  {
    name: 'get below zero throws',
    source: `
      List<Integer> l = new List<Integer>{ 1, 2 };
      System.debug(l.get(-1));
    `,
    throws: 'System.ListException: List index out of bounds: -1',
  },
  {
    name: 'array notation reads and writes',
    source: `
      Integer[] l = new Integer[3];
      System.debug(l.size());
      System.debug(l[0]);
      l[1] = 7;
      System.debug(l);
    `,
    prints: ['3', 'null', '(null, 7, null)'],
  },
  {
    name: 'arrays and lists are the same thing',
    source: `
      String[] names = new List<String>{ 'a' };
      List<String> other = new String[]{ 'b', 'c' };
      names.addAll(other);
      System.debug(names);
    `,
    prints: ['(a, b, c)'],
  },
  {
    name: 'compound assignment to an element',
    source: `
      List<Integer> l = new List<Integer>{ 1, 2 };
      l[0] += 10;
      l[1]++;
      System.debug(l);
    `,
    prints: ['(11, 3)'],
  },
  {
    name: 'lists of lists',
    source: `
      List<List<Integer>> grid = new List<List<Integer>>{ new List<Integer>{ 1, 2 }, new List<Integer>{ 3 } };
      grid[1].add(4);
      System.debug(grid);
      System.debug(grid[0][1]);
    `,
    prints: ['((1, 2), (3, 4))', '2'],
  },
  {
    name: 'lists of equal elements in the same order are equal',
    source: `
      List<Integer> a = new List<Integer>{ 1, 2 };
      List<Integer> b = new List<Integer>{ 1, 2 };
      List<Integer> c = new List<Integer>{ 2, 1 };
      System.debug(a == b);
      System.debug(a.equals(b));
      System.debug(a == c);
    `,
    prints: ['true', 'true', 'false'],
  },
  {
    name: 'two names for one list',
    source: `
      List<Integer> a = new List<Integer>{ 1 };
      List<Integer> b = a;
      b.add(2);
      System.debug(a);
      System.debug(a === b);
      System.debug(a === a.clone());
    `,
    prints: ['(1, 2)', 'true', 'false'],
  },
  {
    name: 'clone copies the list and shares the records, deepClone copies both',
    source: `
      List<Account> a = new List<Account>{ new Account(Name = 'old') };
      List<Account> shallow = a.clone();
      List<Account> deep = a.deepClone();
      a[0].Name = 'new';
      a.add(new Account());
      System.debug(shallow[0].Name + ' ' + shallow.size());
      System.debug(deep[0].Name);
    `,
    prints: ['new 1', 'old'],
  },
  {
    name: 'contains and indexOf compare by case',
    source: `
      List<String> l = new List<String>{ 'a', 'b' };
      System.debug(l.contains('b'));
      System.debug(l.contains('B'));
      System.debug(l.indexOf('b'));
      System.debug(l.indexOf('z'));
    `,
    prints: ['true', 'false', '1', '-1'],
  },
  {
    name: 'clear and isEmpty',
    source: `
      List<Integer> l = new List<Integer>{ 1 };
      System.debug(l.isEmpty());
      l.clear();
      System.debug(l.isEmpty());
      System.debug(l.size());
    `,
    prints: ['false', 'true', '0'],
  },
  {
    name: 'a list from a set, a list from a list',
    source: `
      List<Integer> a = new List<Integer>(new Set<Integer>{ 7 });
      List<Integer> b = new List<Integer>(a);
      b.add(8);
      System.debug(a);
      System.debug(b);
    `,
    prints: ['(7)', '(7, 8)'],
  },
  {
    name: 'addAll takes sets too',
    source: `
      List<Integer> l = new List<Integer>{ 1 };
      l.addAll(new Set<Integer>{ 2 });
      l.addAll(new List<Integer>{ 3, 3 });
      System.debug(l);
    `,
    prints: ['(1, 2, 3, 3)'],
  },
  {
    name: 'a list holds null',
    source: `
      List<String> l = new List<String>();
      l.add(null);
      System.debug(l.size());
      System.debug(l[0] == null);
    `,
    prints: ['1', 'true'],
  },
  {
    name: 'a method of a list that is null throws',
    source: `
      List<String> l;
      l.add('a');
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
];

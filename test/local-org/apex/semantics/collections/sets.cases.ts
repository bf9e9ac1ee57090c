import type { SemanticsCase } from '../semantics-case.ts';

export const sets: readonly SemanticsCase[] = [
  {
    name: 'an element is there once',
    source: `
      Set<Integer> s = new Set<Integer>{ 1, 2, 2, 1 };
      System.debug(s.size());
      System.debug(s.add(3));
      System.debug(s.add(3));
      System.debug(s.size());
    `,
    prints: ['2', 'true', 'false', '3'],
  },
  {
    name: 'texts differ by case',
    source: `
      Set<String> s = new Set<String>{ 'a', 'A' };
      System.debug(s.size());
      System.debug(s.contains('a'));
      s.remove('a');
      System.debug(s.contains('a'));
      System.debug(s.contains('A'));
    `,
    prints: ['2', 'true', 'false', 'true'],
  },
  {
    name: 'remove tells whether it was there',
    source: `
      Set<Integer> s = new Set<Integer>{ 1 };
      System.debug(s.remove(1));
      System.debug(s.remove(1));
      System.debug(s.isEmpty());
    `,
    prints: ['true', 'false', 'true'],
  },
  {
    name: 'addAll tells whether something was new',
    source: `
      Set<Integer> s = new Set<Integer>{ 1 };
      System.debug(s.addAll(new List<Integer>{ 1, 1 }));
      System.debug(s.addAll(new Set<Integer>{ 1, 2 }));
      System.debug(s.size());
    `,
    prints: ['false', 'true', '2'],
  },
  {
    name: 'containsAll',
    source: `
      Set<String> s = new Set<String>{ 'a', 'b', 'c' };
      System.debug(s.containsAll(new Set<String>{ 'a', 'c' }));
      System.debug(s.containsAll(new List<String>{ 'a', 'z' }));
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'removeAll takes away, retainAll leaves',
    source: `
      Set<Integer> a = new Set<Integer>{ 1, 2, 3 };
      System.debug(a.removeAll(new Set<Integer>{ 3, 4 }));
      System.debug(a.size());
      Set<Integer> b = new Set<Integer>{ 1, 2, 3 };
      System.debug(b.retainAll(new Set<Integer>{ 3, 4 }));
      System.debug(b);
    `,
    prints: ['true', '2', 'true', '{3}'],
  },
  {
    name: 'sets of the same elements are equal',
    source: `
      Set<Integer> a = new Set<Integer>{ 1, 2 };
      Set<Integer> b = new Set<Integer>{ 2, 1 };
      System.debug(a == b);
      System.debug(a.equals(b));
      b.add(3);
      System.debug(a == b);
    `,
    prints: ['true', 'true', 'false'],
  },
  {
    name: 'null may be an element',
    source: `
      Set<String> s = new Set<String>{ null };
      System.debug(s.size());
      System.debug(s.contains(null));
    `,
    prints: ['1', 'true'],
  },
  {
    name: 'clone is a set of its own',
    source: `
      Set<Integer> a = new Set<Integer>{ 1 };
      Set<Integer> b = a.clone();
      b.add(2);
      System.debug(a.size());
      System.debug(b.size());
    `,
    prints: ['1', '2'],
  },
  {
    name: 'a set from a list drops repetitions',
    source: `System.debug(new Set<Integer>(new List<Integer>{ 5, 5, 5 }));`,
    prints: ['{5}'],
  },
  {
    name: 'records with the same fields are one element',
    source: `
      Set<Account> s = new Set<Account>{ new Account(Name = 'a'), new Account(Name = 'a'), new Account(Name = 'b') };
      System.debug(s.size());
    `,
    prints: ['2'],
  },
  {
    name: 'a record whose fields change is no longer found',
    source: `
      Account a = new Account(Name = 'a');
      Set<Account> s = new Set<Account>{ a };
      System.debug(s.contains(a));
      a.Name = 'b';
      System.debug(s.contains(a));
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'objects are one element when their class says they are equal',
    classes: {
      Pair: `
        public class Pair {
          public Integer x;
          public Integer y;
          public Pair(Integer x, Integer y) { this.x = x; this.y = y; }
          public Boolean equals(Object other) {
            if (other instanceof Pair) { Pair p = (Pair) other; return x == p.x && y == p.y; }
            return false;
          }
          public Integer hashCode() { return 31 * x + y; }
        }
      `,
    },
    source: `
      Set<Pair> s = new Set<Pair>{ new Pair(1, 2), new Pair(1, 2), new Pair(2, 1) };
      System.debug(s.size());
      System.debug(s.contains(new Pair(2, 1)));
    `,
    prints: ['2', 'true'],
  },
  {
    name: 'removing while iterating throws',
    source: `
      Set<String> s = new Set<String>{ 'one', 'two', 'three' };
      for (String one : s) { s.remove(one); }
    `,
    throws: 'System.FinalException: Cannot modify a collection while it is being iterated.',
  },
];

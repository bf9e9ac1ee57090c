import type { SemanticsCase } from '../semantics-case.ts';

const changer = {
  Changer: `
    public class Changer {
      public Integer count = 1;
      public static void change(Integer i) { i = 99; }
      public static void change(String s) { s = 'changed'; }
      public static void append(List<Integer> l) { l.add(99); }
      public static void replace(List<Integer> l) { l = new List<Integer>{ 99 }; }
      public static void put(Map<String, Integer> m) { m.put('new', 99); }
      public static void rename(Account a) { a.Name = 'changed'; }
      public static void replace(Account a) { a = new Account(Name = 'changed'); }
      public static void set(Changer c) { c.count = 99; }
      public static Changer replace(Changer c) {
        c = new Changer();
        c.count = 99;
        return c;
      }
    }
  `,
};

export const references: readonly SemanticsCase[] = [
  {
    name: 'a method cannot change an Integer of its caller',
    classes: changer,
    source: `
      Integer i = 1;
      Changer.change(i);
      System.debug(i);
    `,
    prints: ['1'],
  },
  {
    name: 'a method cannot change a String of its caller',
    classes: changer,
    source: `
      String s = 'old';
      Changer.change(s);
      System.debug(s);
    `,
    prints: ['old'],
  },
  {
    name: 'a method adds to the list of its caller',
    classes: changer,
    source: `
      List<Integer> l = new List<Integer>{ 1 };
      Changer.append(l);
      System.debug(l);
    `,
    prints: ['(1, 99)'],
  },
  {
    name: 'a method cannot give its caller another list',
    classes: changer,
    source: `
      List<Integer> l = new List<Integer>{ 1 };
      Changer.replace(l);
      System.debug(l);
    `,
    prints: ['(1)'],
  },
  {
    name: 'a method puts into the map of its caller',
    classes: changer,
    source: `
      Map<String, Integer> m = new Map<String, Integer>();
      Changer.put(m);
      System.debug(m.get('new'));
    `,
    prints: ['99'],
  },
  {
    name: 'a method changes the field of a record',
    classes: changer,
    source: `
      Account a = new Account(Name = 'old');
      Changer.rename(a);
      System.debug(a.Name);
    `,
    prints: ['changed'],
  },
  {
    name: 'a method cannot give its caller another record',
    classes: changer,
    source: `
      Account a = new Account(Name = 'old');
      Changer.replace(a);
      System.debug(a.Name);
    `,
    prints: ['old'],
  },
  {
    name: 'a method changes the field of an object',
    classes: changer,
    source: `
      Changer c = new Changer();
      Changer.set(c);
      System.debug(c.count);
    `,
    prints: ['99'],
  },
  {
    name: 'a method cannot give its caller another object',
    classes: changer,
    source: `
      Changer c = new Changer();
      Changer other = Changer.replace(c);
      System.debug(c.count + ' ' + other.count);
    `,
    prints: ['1 99'],
  },
  {
    name: 'two variables of one record',
    source: `
      Account a = new Account(Name = 'one');
      Account b = a;
      b.Name = 'two';
      System.debug(a.Name);
    `,
    prints: ['two'],
  },
  {
    name: 'two variables of numbers',
    source: `
      Integer a = 1;
      Integer b = a;
      b++;
      System.debug(a + ' ' + b);
    `,
    prints: ['1 2'],
  },
  {
    name: 'a record in two collections is one record',
    source: `
      Account a = new Account(Name = 'one');
      List<Account> l = new List<Account>{ a };
      Map<String, Account> m = new Map<String, Account>{ 'k' => a };
      m.get('k').Name = 'two';
      System.debug(l[0].Name);
    `,
    prints: ['two'],
  },
  {
    name: 'the elements of a copied list are the same objects',
    classes: changer,
    source: `
      List<Changer> l = new List<Changer>{ new Changer() };
      List<Changer> copy = new List<Changer>(l);
      copy[0].count = 5;
      System.debug(l[0].count);
    `,
    prints: ['5'],
  },
];

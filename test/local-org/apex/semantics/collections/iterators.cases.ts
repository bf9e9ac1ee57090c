import type { SemanticsCase } from '../semantics-case.ts';

const countdown = {
  Countdown: `
    public class Countdown implements Iterator<Integer>, Iterable<Integer> {
    private Integer left;
    public Countdown(Integer start) { left = start; }
    public Boolean hasNext() { return left > 0; }
    public Integer next() { if (left == 0) { throw new NoSuchElementException('none left'); } left--; return left + 1; }
    public Iterator<Integer> iterator() { return this; }
  }
  `,
};

export const iterators: readonly SemanticsCase[] = [
  {
    name: 'the iterator of a list',
    source: `
      Iterator<String> i = new List<String>{ 'a', 'b' }.iterator();
      while (i.hasNext()) { System.debug(i.next()); }
    `,
    prints: ['a', 'b'],
  },
  {
    name: 'the iterator of a set',
    source: `
      Iterator<Integer> i = new Set<Integer>{ 7 }.iterator();
      System.debug(i.hasNext());
      System.debug(i.next());
      System.debug(i.hasNext());
    `,
    prints: ['true', '7', 'false'],
  },
  {
    name: 'the iterator of an empty list',
    source: `System.debug(new List<String>().iterator().hasNext());`,
    prints: ['false'],
  },
  {
    name: 'next beyond the end throws',
    source: `
      Iterator<String> i = new List<String>().iterator();
      try { i.next(); } catch (NoSuchElementException e) { System.debug(e.getTypeName()); }
    `,
    prints: ['System.NoSuchElementException'],
  },
  {
    name: 'an iterator of the customer',
    classes: countdown,
    source: `
      Iterator<Integer> i = new Countdown(2);
      while (i.hasNext()) { System.debug(i.next()); }
    `,
    prints: ['2', '1'],
  },
  {
    name: 'a loop over an Iterable of the customer',
    classes: countdown,
    source: `
      Countdown c = new Countdown(3);
      for (Integer i : c) { System.debug(i); }
    `,
    prints: ['3', '2', '1'],
  },
  {
    name: 'a loop over an Iterable by its interface',
    classes: countdown,
    source: `
      Iterable<Integer> some = new Countdown(2);
      for (Integer i : some) { System.debug(i); }
    `,
    prints: ['2', '1'],
  },
  {
    name: 'break ends such a loop',
    classes: countdown,
    source: `
      for (Integer i : new Countdown(5)) {
        if (i == 3) { break; }
        System.debug(i);
      }
    `,
    prints: ['5', '4'],
  },
  {
    name: 'an Iterable that gives the iterator of its list',
    classes: {
      Team: `
        public class Team implements Iterable<String> { private List<String> names = new List<String>{ 'Ann', 'Bob' }; public Iterator<String> iterator() { return names.iterator(); } }
      `,
    },
    source: `for (String name : new Team()) { System.debug(name); }`,
    prints: ['Ann', 'Bob'],
  },
  {
    name: 'a list is an Iterable',
    source: `
      Iterable<String> some = new List<String>{ 'a' };
      for (String s : some) { System.debug(s); }
    `,
    prints: ['a'],
  },
];

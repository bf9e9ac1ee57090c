import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

describe('List', () => {
  it('adds, inserts, replaces and removes by position', async () => {
    const seen = await runApex(`
      List<String> names = new List<String>{'a', 'c'};
      names.add(1, 'b');
      names.add('d');
      names.set(0, 'A');
      System.debug(names);
      System.debug(names.remove(3));
      System.debug(names.size() + ' ' + names.contains('b') + ' ' + names.indexOf('c') + ' ' + names.indexOf('x'));
      names.addAll(names);
      System.debug(names);
      names.clear();
      System.debug(names.isEmpty());
    `);
    expect(seen).toEqual(['(A, b, c, d)', 'd', '3 true 2 -1', '(A, b, c, A, b, c)', 'true']);
  });

  it('names the index that is out of bounds', async () => {
    const seen = await runApex(`
      List<Integer> numbers = new List<Integer>{1};
      try { numbers.get(3); } catch (ListException e) { System.debug(e.getTypeName() + ': ' + e.getMessage()); }
      try { numbers.remove(-1); } catch (ListException e) { System.debug(e.getMessage()); }
      try { numbers.add(2, 5); } catch (ListException e) { System.debug(e.getMessage()); }
    `);
    expect(seen).toEqual([
      'System.ListException: List index out of bounds: 3',
      'List index out of bounds: -1',
      'List index out of bounds: 2',
    ]);
  });

  it('cannot be changed while a loop walks it', async () => {
    const seen = await runApex(`
      List<Integer> numbers = new List<Integer>{1, 2};
      try { for (Integer one : numbers) numbers.add(one); } catch (FinalException e) { System.debug(e.getMessage()); }
      System.debug(numbers);
      for (Integer one : numbers) numbers.set(0, 9);
      numbers.add(3);
      System.debug(numbers);
    `);
    expect(seen).toEqual(['Cannot modify a collection while it is being iterated.', '(1, 2)', '(9, 2, 3)']);
  });

  it('is made with a size, of a set and of another list', async () => {
    const seen = await runApex(`
      System.debug(new List<Integer>(2));
      System.debug(new List<String>(new Set<String>{'x', 'y'}));
      List<Integer> one = new List<Integer>{1};
      List<Integer> other = new List<Integer>(one);
      other.add(2);
      System.debug(one + ' ' + other + ' ' + one.clone().equals(one));
    `);
    expect(seen).toEqual(['(null, null)', '(x, y)', '(1) (1, 2) true']);
  });

  it('sorts null first, text by code unit, numbers by size and dates by time', async () => {
    const seen = await runApex(`
      List<String> texts = new List<String>{'b', null, 'B', 'a'};
      texts.sort();
      System.debug(texts);
      List<Decimal> numbers = new List<Decimal>{10, 9.5, -1};
      numbers.sort();
      System.debug(numbers);
      List<Date> dates = new List<Date>{Date.newInstance(2026, 2, 1), Date.newInstance(2025, 12, 31)};
      dates.sort();
      System.debug(dates[0].year());
    `);
    expect(seen).toEqual(['(null, B, a, b)', '(-1, 9.5, 10)', '2025']);
  });

  it('sorts objects by compareTo, and by a comparator', async () => {
    const seen = await runApex(`
      public class Size implements Comparable {
        public Integer cm;
        public Size(Integer cm) { this.cm = cm; }
        public Integer compareTo(Object other) { return cm - ((Size) other).cm; }
        public override String toString() { return String.valueOf(cm); }
      }
      public class Descending implements Comparator<Size> {
        public Integer compare(Size one, Size other) { return other.cm - one.cm; }
      }
      List<Size> sizes = new List<Size>{new Size(2), new Size(3), new Size(1)};
      sizes.sort();
      System.debug(sizes);
      sizes.sort(new Descending());
      System.debug(sizes);
    `);
    expect(seen).toEqual(['(1, 2, 3)', '(3, 2, 1)']);
  });

  it('refuses to sort objects that have no order', async () => {
    const seen = await runApex(`
      public class Plain {}
      List<Plain> plain = new List<Plain>{new Plain(), new Plain()};
      try { plain.sort(); } catch (ListException e) { System.debug(e.getMessage()); }
    `);
    expect(seen).toEqual(['One or more of the items in this list is not Comparable.']);
  });

  it('sorts enums by declaration and records by Name, then by standard fields', async () => {
    const seen = await runApex(`
      public enum Step { FIRST, SECOND }
      List<Step> steps = new List<Step>{Step.SECOND, Step.FIRST};
      steps.sort();
      System.debug(steps);
      List<Account> accounts = new List<Account>{
        new Account(Name = 'B'), new Account(Name = 'A', Phone = '2'), new Account(Name = 'A', Phone = '1')
      };
      accounts.sort();
      for (Account one : accounts) System.debug(one.Name + one.Phone);
    `);
    expect(seen).toEqual(['(FIRST, SECOND)', 'A1', 'A2', 'Bnull']);
  });

  it('clones its records when it clones deeply, without their ids unless asked', async () => {
    const seen = await runApex(`
      Account one = new Account(Id = '001000000000001AAA', Name = 'A');
      List<Account> accounts = new List<Account>{one};
      accounts.clone()[0].Name = 'shared';
      List<Account> copies = accounts.deepClone();
      copies[0].Name = 'own';
      System.debug(one.Name + ' ' + copies[0].Id + ' ' + accounts.deepClone(true)[0].Id);
      System.debug(accounts.getSObjectType());
      System.debug(new List<SObject>().getSObjectType());
    `);
    expect(seen).toEqual(['shared null 001000000000001AAA', 'Account', 'null']);
  });

  it('is walked by its iterator to the end and no further', async () => {
    const seen = await runApex(`
      Iterator<Integer> numbers = new List<Integer>{1, 2}.iterator();
      while (numbers.hasNext()) System.debug(numbers.next());
      try { numbers.next(); } catch (NoSuchElementException e) { System.debug(e.getTypeName()); }
    `);
    expect(seen).toEqual(['1', '2', 'System.NoSuchElementException']);
  });
});

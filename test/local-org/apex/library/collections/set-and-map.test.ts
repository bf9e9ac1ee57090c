import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

describe('Set', () => {
  it('says whether anything changed', async () => {
    const seen = await runApex(`
      Set<String> names = new Set<String>{'a'};
      System.debug(names.add('b') + ' ' + names.add('b') + ' ' + names.add('B'));
      System.debug(names.addAll(new List<String>{'a', 'c'}) + ' ' + names.addAll(new Set<String>{'a'}));
      System.debug(names.containsAll(new List<String>{'a', 'B'}) + ' ' + names.contains('C'));
      System.debug(names.remove('x') + ' ' + names.removeAll(new Set<String>{'c', 'x'}));
      System.debug(names.retainAll(new List<String>{'a', 'b'}) + ' ' + names);
    `);
    expect(seen).toEqual(['true false true', 'true false', 'true false', 'false true', 'true {a, b}']);
  });

  it('cannot be changed while a loop walks it', async () => {
    const seen = await runApex(`
      Set<Integer> numbers = new Set<Integer>{1, 2};
      try { for (Integer one : numbers) numbers.remove(one); } catch (FinalException e) { System.debug(e.getMessage()); }
      System.debug(numbers);
    `);
    expect(seen).toEqual(['Cannot modify a collection while it is being iterated.', '{1, 2}']);
  });
});

describe('Map', () => {
  it('gives the former value when it puts and removes', async () => {
    const seen = await runApex(`
      Map<String, Integer> ages = new Map<String, Integer>{'Ann' => 1};
      System.debug(ages.put('Ann', 2) + ' ' + ages.put('Bob', 3));
      System.debug(ages.get('ann') + ' ' + ages.containsKey('Ann') + ' ' + ages.remove('Bob') + ' ' + ages.size());
      ages.putAll(new Map<String, Integer>{'Cid' => 4});
      System.debug(ages + ' ' + ages.values());
      Map<String, Integer> copy = ages.clone();
      copy.clear();
      System.debug(ages.size() + ' ' + copy.isEmpty() + ' ' + ages.equals(new Map<String, Integer>(ages)));
    `);
    expect(seen).toEqual(['1 null', 'null true 3 1', '{Ann=2, Cid=4} (2, 4)', '2 true true']);
  });

  it('takes records by their ids', async () => {
    const seen = await runApex(`
      Account one = new Account(Id = '001000000000001AAA', Name = 'A');
      Map<Id, Account> byId = new Map<Id, Account>(new List<Account>{one});
      System.debug(byId.get(one.Id).Name);
      byId.putAll(new List<Account>{new Account(Id = '001000000000002AAA', Name = 'B')});
      System.debug(byId.size() + ' ' + byId.getSObjectType());
      byId.deepClone().values()[0].Name = 'own';
      System.debug(one.Name);
      try { new Map<Id, Account>(new List<Account>{new Account()}); } catch (ListException e) { System.debug(e.getMessage()); }
      try { new Map<Id, Account>(new List<Account>{one, one}); } catch (ListException e) { System.debug(e.getMessage()); }
    `);
    expect(seen).toEqual(['A', '2 Account', 'A', 'Row with null Id at index: 0', 'Row with duplicate Id at index: 1']);
  });

  it('shows its keys in a set that is no copy: taking one out takes it from the map, adding one is refused', async () => {
    const seen = await runApex(`
      Map<String, Integer> ages = new Map<String, Integer>{'Ann' => 1, 'Bob' => 2};
      Set<String> names = ages.keySet();
      names.remove('Ann');
      System.debug(ages);
      ages.put('Cid', 3);
      System.debug(names);
      try { names.add('Dan'); } catch (FinalException e) { System.debug(e.getMessage()); }
      try { for (String name : ages.keySet()) ages.remove(name); } catch (FinalException e) { System.debug(e.getMessage()); }
      for (String name : ages.keySet()) ages.put(name, 0);
      System.debug(ages);
    `);
    expect(seen).toEqual([
      '{Bob=2}',
      '{Bob, Cid}',
      'Collection is read-only',
      'Cannot modify a collection while it is being iterated.',
      '{Bob=0, Cid=0}',
    ]);
  });

  it("tells keys apart by a class's own equals and hashCode", async () => {
    const seen = await runApex(`
      public class Key {
        String text;
        public Key(String text) { this.text = text; }
        public Boolean equals(Object other) { return text == ((Key) other).text; }
        public override Integer hashCode() { return text.length(); }
      }
      Map<Key, Integer> counts = new Map<Key, Integer>{new Key('a') => 1};
      counts.put(new Key('a'), 2);
      System.debug(counts.size() + ' ' + counts.get(new Key('a')) + ' ' + counts.get(new Key('b')));
    `);
    expect(seen).toEqual(['1 2 null']);
  });
});

import { expect, test } from 'vitest';

import { runApex } from './run-apex.ts';

const insertCase = "insert new Case(Subject = 'x');";

test.each(['Trigger.new.add(new Case());', 'Trigger.new.clear();', 'Trigger.new.sort();', 'Trigger.new.remove(0);'])(
  'the list of a trigger itself cannot be changed: %s',
  async (change) => {
    const triggers = { Changer: `trigger Changer on Case (before insert) { ${change} }` };
    await expect(runApex(insertCase, { triggers })).rejects.toThrow('System.FinalException: Collection is read-only');
  },
);

test('a copy of it can', async () => {
  const triggers = {
    Copier: `trigger Copier on Case (before insert) {
      List<Case> copy = new List<Case>(Trigger.new);
      copy.add(new Case());
      System.debug(copy.size());
    }`,
  };
  expect(await runApex(insertCase, { triggers })).toEqual(['2']);
});

test('values of the platform print as the platform prints them', async () => {
  expect(
    await runApex(`System.debug(new URL('https://example.com/a?b=c'));
      UUID one = UUID.fromString('F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6');
      System.debug('' + one);
      System.debug(Decimal.valueOf('0.0000000001') * 1);
      System.debug(Decimal.valueOf('0.000001'));`),
  ).toEqual(['https://example.com/a?b=c', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', '1E-10', '0.000001']);
});

import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

describe('assertions', () => {
  it.each([
    ['System.assert(false);', 'Assertion Failed'],
    ["System.assert(1 == 2, 'no');", 'Assertion Failed: no'],
    ['System.assertEquals(1, 2);', 'Assertion Failed: Expected: 1, Actual: 2'],
    ["System.assertEquals('a', null, 'text');", 'Assertion Failed: text: Expected: a, Actual: null'],
    ["System.assertEquals('a', 'A');", 'Assertion Failed: Expected: a, Actual: A'],
    ['System.assertNotEquals(1, 1);', 'Assertion Failed: Same value: 1'],
    ["Assert.areEqual(1.5, 2, 'sum');", 'Assertion Failed: sum: Expected: 1.5, Actual: 2'],
    ["Assert.areNotEqual('a', 'a');", 'Assertion Failed: Same value: a'],
    ["Assert.fail('never');", 'Assertion Failed: never'],
    ["Assert.isTrue(false, 'yes');", 'Assertion Failed: yes'],
    ['Assert.isNull(1);', 'Assertion Failed'],
    ["Assert.isInstanceOfType('x', Integer.class, 'kind');", 'Assertion Failed: kind'],
  ])('%s fails', async (statement, message) => {
    await expect(runApex(statement)).rejects.toThrow(`System.AssertException: ${message}`);
  });

  it('pass when they hold', async () => {
    const seen = await runApex(`
      System.assertEquals(new List<Integer>{1}, new List<Integer>{1});
      System.assertEquals(1, 1.0);
      Assert.isFalse(false);
      Assert.isNotNull('');
      Assert.isInstanceOfType(new Account(), SObject.class);
      Assert.isNotInstanceOfType('x', Integer.class);
      System.debug('through');
    `);
    expect(seen).toEqual(['through']);
  });

  it('cannot be caught', async () => {
    const caught = runApex(`try { Assert.fail(); } catch (Exception e) { System.debug('caught'); }`);
    await expect(caught).rejects.toThrow('System.AssertException: Assertion Failed');
  });
});

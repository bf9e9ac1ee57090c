import { describe, expect, test } from 'vitest';
import { runApex } from '../run-apex.ts';
import { areas } from './areas.ts';
import type { SemanticsCase } from './semantics-case.ts';

/** Titles of `$name` would be cut. */
const named = (cases: readonly SemanticsCase[]): [string, SemanticsCase][] => cases.map((one) => [one.name, one]);

// What the Apex Developer Guide and the Apex Reference Guide say small programs do. Where they say nothing, there is no
// case: a wrong expectation would be worse than none.
test('there are at least 200 programs, seven or more an area', () => {
  const sizes = Object.values(areas).map((cases) => cases.length);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(7);
  expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThanOrEqual(200);
});

describe.each(Object.entries(areas))('%s', (_area, cases) => {
  test.each(named(cases))('%s', async (_name, { source, classes = {}, triggers = {}, ...expected }) => {
    const run = runApex(source, { classes, triggers });
    if ('throws' in expected) await expect(run).rejects.toMatchObject({ message: expected.throws });
    else expect(await run).toEqual(expected.prints);
  });
});

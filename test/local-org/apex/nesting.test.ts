import { expect, test } from 'vitest';

import { compileRunnable } from '../../../src/local-org/apex/compile-runnable.ts';
import { apexClass, orgSchema } from './apex-units.ts';

const schema = orgSchema();

async function firstProblem(body: string): Promise<string | undefined> {
  const units = [apexClass('Deep', `public class Deep {\n  public static Object run() {\n    ${body}\n  }\n}`)];
  return (await compileRunnable({ units, existing: [], schema })).problems[0]?.message;
}

test('code as deep as people write it compiles', async () => {
  expect(await firstProblem(`return ${'('.repeat(60)}1${')'.repeat(60)};`)).toBeUndefined();
  expect(await firstProblem(`${'if (true) { '.repeat(60)}return 1;${'}'.repeat(60)} return 2;`)).toBeUndefined();
  expect(await firstProblem(`return 'a'${" + 'b'".repeat(500)};`)).toBeUndefined();
  expect(await firstProblem(`return new ${'List<'.repeat(7)}Integer${'>'.repeat(7)}();`)).toBeUndefined();
  expect(await firstProblem(`Integer a = 1; return ${'a < 2 && '.repeat(200)}true;`)).toBeUndefined();
});

test('code that is nested without end is refused at once, with a place', async () => {
  const deep = 'The code is nested too deep for the compiler of the local org.';
  expect(await firstProblem(`return ${'('.repeat(5000)}1${')'.repeat(5000)};`)).toBe(deep);
  expect(await firstProblem(`${'{'.repeat(3000)}${'}'.repeat(3000)} return 1;`)).toBe(deep);
  expect(await firstProblem(`return new ${'List<'.repeat(2000)}Integer${'>'.repeat(2000)}();`)).toBe(deep);
  const complex = 'The code is too complex for the compiler of the local org.';
  expect(await firstProblem(`return 1${' + 1'.repeat(4000)};`)).toBe(complex);
  expect(await firstProblem(`return ${'!'.repeat(4000)}true;`)).toBe(complex);
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compileApex } from '../../../src/local-org/apex/compile-apex.ts';
import { orgSchema, readApexFolder } from './apex-units.ts';

// Small programs with the verdict of Salesforce's own compiler front end: `valid/` compiles there, and each program of
// `faulty/` has one fault, reported on the line that expected.json gives.
const corpus = fileURLToPath(new URL('corpus/', import.meta.url));
const schema = orgSchema();

interface Expected {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

describe('valid programs', () => {
  const programs = readApexFolder(`${corpus}valid`);
  const units = programs.map((program) => program.unit);

  test('there are at least a hundred', () => {
    expect(programs.length).toBeGreaterThanOrEqual(100);
  });

  test.each(programs)('$path compiles', async ({ unit }) => {
    const others = units.filter((other) => other !== unit);
    expect(await compileApex({ units: [unit], existing: others, schema })).toEqual({
      problems: [],
      dependentProblems: [],
    });
  });

  test('they compile as one deploy', async () => {
    expect(await compileApex({ units, existing: [], schema })).toEqual({ problems: [], dependentProblems: [] });
  });
});

describe('faulty programs', () => {
  const expected: Record<string, Expected> = JSON.parse(readFileSync(`${corpus}faulty/expected.json`, 'utf8'));
  const programs = readApexFolder(`${corpus}faulty`);
  const companions = programs.filter((one) => one.path.startsWith('companions/')).map((one) => one.unit);
  const faulty = programs.filter((one) => !one.path.startsWith('companions/'));

  test('there are at least two hundred', () => {
    expect(faulty.length).toBeGreaterThanOrEqual(200);
    expect(faulty.map((one) => one.path)).toEqual(Object.keys(expected).toSorted());
  });

  test.each(faulty)('$path is refused', async ({ path, unit }) => {
    const { problems } = await compileApex({ units: [unit], existing: companions, schema });
    expect(problems).toEqual([{ unit, ...expected[path] }]);
  });
});

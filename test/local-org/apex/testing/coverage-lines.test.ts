import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileProgram } from '../../../../src/local-org/apex/compile-apex.ts';
import { emitProgram } from '../../../../src/local-org/apex/emit/emit-program.ts';
import { natives } from '../../../../src/local-org/apex/library/registry.ts';
import { apexClass, apexTrigger, orgSchema } from '../apex-units.ts';

// Programs with a `+` before each line that Salesforce's own compiler counts for coverage.
const folder = fileURLToPath(new URL('coverage-lines/', import.meta.url));
const programs = readdirSync(folder).map((file) => {
  const marked = readFileSync(`${folder}${file}`, 'utf8').trimEnd();
  const source = marked.replaceAll(/^..?/gm, '');
  const [, kind, name = ''] = /\b(class|trigger) (\w+)/.exec(source) ?? [];
  return { file, marked, unit: kind === 'trigger' ? apexTrigger(name, source) : apexClass(name, source) };
});
const schema = orgSchema();

test.each(programs)('$file', async ({ marked, unit }) => {
  const existing = programs.map((one) => one.unit).filter((one) => one !== unit);
  const compiled = await compileProgram({ units: [unit], existing, schema });
  expect(compiled.problems).toEqual([]);
  const code = emitProgram(compiled, natives).units.find((one) => one.unit.name === unit.name);
  const lines = unit.source.split('\n').map((line, index) => `${code?.lines.has(index + 1) ? '+' : ' '} ${line}`);
  expect(lines.map((line) => line.trimEnd())).toEqual(marked.split('\n'));
});

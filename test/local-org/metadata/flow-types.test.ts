import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import table from '../../../src/local-org/metadata/flows/flow-types.json' with { type: 'json' };

const folder = dirname(dirname(createRequire(import.meta.url).resolve('@salesforce/types/metadata')));
const source = readFileSync(join(folder, 'lib', 'metadata.d.ts'), 'utf8');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };

interface Row {
  readonly type: string;
  readonly many?: boolean;
  readonly required?: boolean;
}

/** Elements of a type as Salesforce's generated types declare them, those of its bases among them. */
function declared(name: string): Record<string, Row> {
  const match = new RegExp(String.raw`^export type ${name} = (?:(\w+) & )?\{\n([\s\S]*?)^\};$`, 'm').exec(source);
  const [, base, body = ''] = match ?? [];
  const own = Array.from(body.matchAll(/^ {4}(\w+)(\?)?: ([\w.]+)(\[\])?;$/gm), ([, element, optional, type, list]) => {
    const row = {
      type: isText(type ?? '') ? 'string' : (type ?? ''),
      ...(list === undefined ? {} : { many: true }),
      ...(optional === undefined && list === undefined ? { required: true } : {}),
    };
    return [element ?? '', row] as const;
  });
  return { ...(base === undefined ? {} : declared(base)), ...Object.fromEntries(own) };
}

/** A name for another plain type, not for a list of values. */
function isText(type: string): boolean {
  return new RegExp(String.raw`^export type ${type} = (?!\{|\w+ & \{|')`, 'm').test(source);
}

test('the table of what flows are made of is what the generated Salesforce types say', () => {
  expect(table.source).toBe(`@salesforce/types ${version}`);
  const types = table.types as Record<string, Record<string, Row>>;
  expect(Object.fromEntries(Object.keys(types).map((name) => [name, declared(name)]))).toEqual(types);
  const used = Object.values(types).flatMap((elements) => Object.values(elements).map(({ type }) => type));
  const known = new Set([...Object.keys(types), ...Object.keys(table.enums), 'string', 'boolean', 'number', 'Date']);
  expect(used.filter((type) => !known.has(type))).toEqual([]);
  const values = Object.entries(table.enums).map(([name, list]) => [
    name,
    new RegExp(`^export type ${name} = (.*);$`, 'm').exec(source)?.[1],
    list.map((value) => `'${value}'`).join(' | '),
  ]);
  expect(values.filter(([, there, here]) => there !== here)).toEqual([]);
});

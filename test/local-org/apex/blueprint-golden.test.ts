import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { customObject } from '../../../src/local-org/schema/custom/custom-objects.ts';
import type { ObjectInit } from '../../../src/local-org/schema/object-schema.ts';
import { compileApex } from '../../../src/local-org/apex/compile-apex.ts';
import { orgSchema, readApexFolder } from './apex-units.ts';

// What the product deploys is the first thing the local org must accept.
const golden = fileURLToPath(new URL('../../blueprint/golden/', import.meta.url));
const packages = readdirSync(golden).filter((name) => existsSync(`${golden}${name}/classes`));

/** Names of the custom fields a package brings, by object. */
function customFields(folder: string): Record<string, Record<string, string>> {
  const objects = existsSync(`${folder}/objects`) ? readdirSync(`${folder}/objects`) : [];
  return Object.fromEntries(
    objects.map((file) => {
      const xml = readFileSync(`${folder}/objects/${file}`, 'utf8');
      const fields = [...xml.matchAll(/<fullName>(\w+__c)<\/fullName>[^]*?<type>(\w+)<\/type>/g)].map(
        ([, name = '', type]) => [name, type === 'Checkbox' ? 'boolean' : 'string'] as const,
      );
      return [file.replace('.object', ''), Object.fromEntries(fields)];
    }),
  );
}

/** The custom objects that a package brings, as an org that has them knows them. */
function customObjects(folder: string): ObjectInit[] {
  const objects = existsSync(`${folder}/objects`) ? readdirSync(`${folder}/objects`) : [];
  return objects
    .filter((file) => file.endsWith('__c.object'))
    .map((file, ordinal) => {
      const fullName = file.replace('.object', '');
      const xml = readFileSync(`${folder}/objects/${file}`, 'utf8');
      const dates = { createdDate: '', lastModifiedDate: '' };
      const fileName = `objects/${file}`;
      return customObject(
        { type: 'CustomObject', fullName, fileName, body: undefined, xml, recordId: undefined, ...dates },
        ordinal,
      );
    });
}

test('there are golden packages', () => {
  expect(packages).toContain('default');
});

test.each(packages)('golden package %s compiles', async (name) => {
  const folder = `${golden}${name}`;
  const units = readApexFolder(folder).map((one) => one.unit);
  expect(units.length).toBeGreaterThan(3);
  const { problems } = await compileApex({
    units,
    existing: [],
    schema: orgSchema(customFields(folder), customObjects(folder)),
  });
  expect(problems.map(({ unit, line, column, message }) => `${unit.name}:${line}:${column} ${message}`)).toEqual([]);
});

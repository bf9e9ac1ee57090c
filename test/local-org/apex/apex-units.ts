import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { ApexUnit } from '../../../src/local-org/apex/compilation.ts';
import { CHILD_RELATIONSHIP_NAMES } from '../../../src/local-org/schema/field-facts.ts';
import { apiSchema, type ObjectInit } from '../../../src/local-org/schema/object-schema.ts';
import type { ApiSchema, FieldSchema } from '../../../src/local-org/schema/schema.ts';
import { standardObjects } from '../../../src/local-org/schema/standard-objects.ts';

/** The objects of a new org, with custom fields of simple types: `{ Case: { Case_From__c: 'string' } }`. */
export function orgSchema(
  customFields: Record<string, Record<string, string>> = {},
  customObjects: readonly ObjectInit[] = [],
): ApiSchema {
  const objects = [...standardObjects('data'), ...customObjects].map((object) => {
    const model = object.fields.find((field) => field.type === 'string');
    if (model === undefined) return object;
    const added = Object.entries(customFields[object.name] ?? {}).map(([name, type]): FieldSchema => ({
      ...model,
      name,
      label: name,
      type,
      custom: true,
    }));
    return { ...object, fields: [...object.fields, ...added] };
  });
  return apiSchema(objects, (child, field) => CHILD_RELATIONSHIP_NAMES[`${child.name}.${field.name}`]);
}

export function apexClass(name: string, source: string): ApexUnit {
  return { kind: 'class', name, source, apiVersion: '66.0' };
}

export function apexTrigger(name: string, source: string): ApexUnit {
  return { kind: 'trigger', name, source, apiVersion: '66.0' };
}

/** Every `.cls` and `.trigger` below a folder, with its path there. */
export function readApexFolder(folder: string): { path: string; unit: ApexUnit }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return files
    .filter((path) => /\.(?:cls|trigger)$/.test(path))
    .map((path) => {
      const build = path.endsWith('.cls') ? apexClass : apexTrigger;
      return { path, unit: build(basename(path, extname(path)), readFileSync(join(folder, path), 'utf8')) };
    });
}

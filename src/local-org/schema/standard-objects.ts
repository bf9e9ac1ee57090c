import dataObjects from './data-objects.json' with { type: 'json' };
import { EXTRA_FIELDS } from './field-facts.ts';
import type { FieldNotation } from './field-facts.ts';
import { standardField, systemFields } from './field-schema.ts';
import type { ObjectFacts } from './object-facts.ts';
import { OBJECT_FACTS, TOOLING_OPERATIONS } from './object-facts.ts';
import type { ObjectInit } from './object-schema.ts';
import toolingObjects from './tooling-objects.json' with { type: 'json' };

type Notations = Readonly<Record<string, FieldNotation>>;

const REFERENCE: Readonly<Record<'data' | 'tooling', Readonly<Record<string, Notations>>>> = {
  data: dataObjects,
  tooling: toolingObjects,
};

const built = new Map<'data' | 'tooling', readonly ObjectInit[]>();

/**
 * The objects of a new org, from the field tables of the Salesforce object reference and the Tooling API reference
 * (API 67.0) with what those leave out.
 */
export function standardObjects(api: 'data' | 'tooling'): readonly ObjectInit[] {
  const known = built.get(api);
  if (known !== undefined) return known;
  const names = new Set([...Object.keys(REFERENCE[api]), ...Object.keys(EXTRA_FIELDS[api])]);
  const objects = Array.from(names, (name) => standardObject(api, name));
  built.set(api, objects);
  return objects;
}

function standardObject(api: 'data' | 'tooling', name: string): ObjectInit {
  const facts = OBJECT_FACTS[name];
  if (facts === undefined) throw new Error(`The schema has fields but no facts for the object ${name}.`);
  const operations = api === 'tooling' ? (TOOLING_OPERATIONS[name] ?? facts.operations) : facts.operations;
  return {
    name,
    label: facts.label,
    labelPlural: facts.labelPlural,
    keyPrefix: facts.keyPrefix,
    custom: false,
    createable: operations.includes('C'),
    updateable: operations.includes('U'),
    deletable: operations.includes('D'),
    queryable: true,
    fields: mergedFields(api, name, facts).map(([field, notation]) => standardField(name, field, notation)),
  };
}

/** System fields first, as describe lists them; a later notation replaces an earlier one of the same name in any case. */
function mergedFields(api: 'data' | 'tooling', name: string, facts: ObjectFacts): [string, FieldNotation][] {
  const fields = new Map<string, [string, FieldNotation]>();
  const { Id = '', ...system } = systemFields(facts.audit, facts.recycled ?? false);
  const tables: Notations[] = [{ Id }, REFERENCE[api][name] ?? {}, system, EXTRA_FIELDS[api][name] ?? {}];
  for (const table of tables) {
    for (const [field, notation] of Object.entries(table)) fields.set(field.toLowerCase(), [field, notation]);
  }
  return [...fields.values()];
}

import type { FieldSchema, ObjectSchema } from '../../../schema/schema.ts';
import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import { classType, isPrimitive, primitives } from '../../types/type.ts';
import type { ApexType } from '../../types/type.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { notImplemented } from '../../values/not-implemented.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument, propertyMethods } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { accessTo } from './describe-values.ts';
import type { FieldAccess } from './describe-values.ts';

type Allows = (access: FieldAccess) => boolean;

const allows: Readonly<Record<string, Allows>> = {
  CREATABLE: (access) => access.createable,
  READABLE: (access) => access.readable,
  UPDATABLE: (access) => access.updateable,
  UPSERTABLE: (access) => access.createable && access.updateable,
};

const objectAllows: Readonly<Record<string, (object: ObjectSchema) => boolean>> = {
  CREATABLE: (object) => object.createable,
  READABLE: (object) => object.queryable,
  UPDATABLE: (object) => object.updateable,
  UPSERTABLE: (object) => object.createable && object.updateable,
};

/** Removed fields by object. */
type Removed = Map<string, Set<string>>;

/** The field that stands behind a name of a record, the reference behind a parent. */
function schemaField(run: Run, record: SObject, object: ObjectSchema, name: string): FieldSchema | undefined {
  const field = findSObjectField(record.type, name, run.org.schema().data)?.schema;
  return field === undefined ? undefined : object.field(field.name);
}

function stripped(run: Run, record: SObject, allowed: Allows, removed: Removed): SObject {
  const object = run.org.schema().data.object(record.type.name);
  const copy = new SObject(record.type);
  copy.origin = record.origin;
  for (const [name, value] of record.fields) {
    const field = object === undefined ? undefined : schemaField(run, record, object, name);
    if (object !== undefined && field !== undefined && name !== 'Id' && !allowed(accessTo(run, object, field))) {
      removed.set(object.name, (removed.get(object.name) ?? new Set()).add(name));
    } else copy.fields.set(name, strippedValue(run, value, allowed, removed));
  }
  return copy;
}

function strippedValue(run: Run, value: Value, allowed: Allows, removed: Removed): Value {
  if (value instanceof SObject) return stripped(run, value, allowed, removed);
  if (!(value instanceof ApexList)) return value;
  return new ApexList(
    value.type,
    value.items.map((item) => strippedValue(run, item, allowed, removed)),
  );
}

function setOf(element: ApexType): ReturnType<typeof classType> {
  return classType(platformType('Set').symbol, [element]);
}

function fieldsByObject(run: Run, removed: Removed): ApexMap {
  const entries = Array.from(
    removed,
    ([object, names]) => [object, ApexSet.of(run, primitives.String, names)] as const,
  );
  return ApexMap.of(run, primitives.String, setOf(primitives.String), entries);
}

function checkRoot(run: Run, access: string, records: readonly Value[]): void {
  for (const record of records) {
    const object = record instanceof SObject ? run.org.schema().data.object(record.type.name) : undefined;
    if (object === undefined || objectAllows[access]?.(object) === true) continue;
    throw apexError('System.NoAccessException', `No access to entity: ${object.name}`);
  }
}

/**
 * `stripInaccessible(accessType, records, enforceRootObjectCRUD)`: copies of the records without the fields the user may
 * not read, create or update, in parents and children too. Ids stay.
 */
function stripInaccessible(run: Run, access: Value, source: Value, enforceRoot: boolean): PlatformObject {
  if (!(access instanceof EnumValue) || !(source instanceof ApexList)) throw nullArgument();
  const allowed = allows[access.name];
  if (allowed === undefined) throw new Error(`There is no access type ${access.name}.`);
  if (enforceRoot) checkRoot(run, access.name, source.items);
  const all: Removed = new Map();
  const changed: number[] = [];
  const records = source.items.map((record, index) => {
    const removed: Removed = new Map();
    const copy = strippedValue(run, record, allowed, removed);
    if (removed.size > 0) changed.push(index);
    for (const [object, names] of removed) all.set(object, new Set([...(all.get(object) ?? []), ...names]));
    return copy;
  });
  return new PlatformObject(platformType('System.SObjectAccessDecision'), [
    ['modifiedIndexes', ApexSet.of(run, primitives.Integer, changed)],
    ['records', new ApexList(source.type, records)],
    ['removedFields', fieldsByObject(run, all)],
  ]);
}

export const security: NativeClass = {
  name: 'System.Security',
  statics: {
    stripinaccessible: (run, [access = null, records = null, enforceRoot = true], call) => {
      const third = call.parameters[2];
      if (third !== undefined && isPrimitive(third, 'Id'))
        throw notImplemented('stripInaccessible with a permission set');
      return stripInaccessible(run, access, records, enforceRoot === true);
    },
  },
};

export const accessDecision: NativeClass = {
  name: 'System.SObjectAccessDecision',
  ...propertyMethods('ModifiedIndexes', 'Records', 'RemovedFields'),
};

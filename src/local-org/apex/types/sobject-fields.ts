import type { ApiSchema } from '../../schema/schema.ts';
import type { ApexField, ApexObject } from './apex-object.ts';
import { listOf, platformType } from '../platform/platform.ts';
import { polymorphicName } from './polymorphic-name.ts';
import type { ApexType, SObjectType } from './type.ts';
import { primitives, sobjectType, sobjectTypeOf, unknownType } from './type.ts';

export interface SObjectField {
  readonly kind: 'scalar' | 'parent' | 'children';
  /** As the schema writes it. */
  readonly name: string;
  readonly type: ApexType;
  readonly schema: ApexField | undefined;
}

/** Apex types of describe types; text of every sort is a String. */
const scalarTypes: Readonly<Record<string, ApexType | undefined>> = {
  anytype: primitives.Object,
  base64: primitives.Blob,
  blob: primitives.Blob,
  boolean: primitives.Boolean,
  complexvalue: unknownType,
  currency: primitives.Decimal,
  date: primitives.Date,
  datetime: primitives.Datetime,
  dateTime: primitives.Datetime,
  double: primitives.Decimal,
  id: primitives.Id,
  int: primitives.Integer,
  integer: primitives.Integer,
  long: primitives.Long,
  number: primitives.Decimal,
  percent: primitives.Decimal,
  reference: primitives.Id,
  time: primitives.Time,
};

const textTypes = new Set([
  'combobox',
  'datacategorygroupreference',
  'email',
  'encryptedstring',
  'multipicklist',
  'phone',
  'picklist',
  'string',
  'textarea',
  'url',
]);

function scalarType(describeType: string): ApexType {
  const key = describeType.toLowerCase();
  if (textTypes.has(key)) return primitives.String;
  if (key === 'address') return platformType('System.Address');
  if (key === 'location') return platformType('System.Location');
  return scalarTypes[key] ?? unknownType;
}

function parentType(field: ApexField, schema: ApiSchema): ApexType {
  const [target] = field.referenceTo;
  // A reference to one of several objects is of type Name in Apex, which has only what they all have.
  if (field.referenceTo.length > 1) return sobjectTypeOf(polymorphicName);
  const object = target === undefined ? undefined : schema.object(target);
  return object === undefined ? unknownType : sobjectTypeOf(object);
}

const indexes = new WeakMap<ApexObject, Map<string, SObjectField>>();

function indexOf(object: ApexObject, schema: ApiSchema): Map<string, SObjectField> {
  const known = indexes.get(object);
  if (known !== undefined) return known;
  const index = new Map<string, SObjectField>();
  for (const child of object.childRelationships) {
    const name = child.relationshipName;
    const childObject = schema.object(child.childSObject);
    if (name === undefined) continue;
    const element = childObject === undefined ? sobjectType : sobjectTypeOf(childObject);
    index.set(name.toLowerCase(), { kind: 'children', name, type: listOf(element), schema: undefined });
  }
  for (const field of object.fields) {
    const parent = field.relationshipName;
    if (parent === undefined) continue;
    index.set(parent.toLowerCase(), { kind: 'parent', name: parent, type: parentType(field, schema), schema: field });
  }
  for (const field of object.fields) {
    index.set(field.name.toLowerCase(), {
      kind: 'scalar',
      name: field.name,
      type: scalarType(field.type),
      schema: field,
    });
  }
  indexes.set(object, index);
  return index;
}

/**
 * A field, parent or child relationship of an object, in any case. The generic SObject has its Id alone;
 * an AggregateResult has none.
 */
export function findSObjectField(type: SObjectType, name: string, schema: ApiSchema): SObjectField | undefined {
  if (type.schema !== undefined) return indexOf(type.schema, schema).get(name.toLowerCase());
  if (type.key === 'sobject' && name.toLowerCase() === 'id') {
    return { kind: 'scalar', name: 'Id', type: primitives.Id, schema: undefined };
  }
  return undefined;
}

import { findSObjectField } from '../../types/sobject-fields.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import type { SObjectType } from '../../types/type.ts';
import { sobjectTypeOf } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import type { JsonField, JsonNode } from './text/json-node.ts';
import { jsonError } from './text/json-source.ts';
import type { Deserializer } from './json-target.ts';
import { fieldsOf, itemsOf } from './json-target.ts';

/** The object that `attributes` names; undefined without them. */
function namedType({ run }: Deserializer, fields: readonly JsonField[]): SObjectType | undefined {
  const attributes = fields.find(({ name }) => name === 'attributes')?.value;
  const type = attributes?.kind === 'object' ? attributes.fields.find(({ name }) => name === 'type') : undefined;
  const object = type === undefined ? undefined : run.org.schema().data.object(type.value.token.text);
  return object === undefined ? undefined : sobjectTypeOf(object);
}

/** The object a record is of: a polymorphic parent and the generic SObject say so themselves. */
function recordType(deserializer: Deserializer, fields: readonly JsonField[], declared: SObjectType): SObjectType {
  if (declared.schema !== undefined && declared.name !== 'Name') return declared;
  const named = namedType(deserializer, fields);
  if (named !== undefined) return named;
  const rule = 'must have an attributes field before any other fields.';
  throw jsonError(`Nested object for polymorphic foreign key ${rule}`);
}

function readChildren(deserializer: Deserializer, field: SObjectField, node: JsonNode): Value {
  if (node.kind === 'array') throw jsonError("QueryResult must start with '{'");
  const { type } = field;
  if (type.kind !== 'class') return null;
  const element = type.arguments[0];
  if (element === undefined) return null;
  const isEmpty = !fieldsOf(node).some(({ name }) => name === 'records');
  const items = isEmpty ? [] : itemsOf(node);
  return new ApexList(
    type,
    items.map((item) => deserializer.read(item, element, item.token.start)),
  );
}

function readField(deserializer: Deserializer, field: SObjectField, { name, value, token }: JsonField): Value {
  if (value.kind === 'null') return null;
  if (field.kind === 'children') return readChildren(deserializer, field, value);
  if (field.kind === 'parent') {
    if (value.kind === 'object') return deserializer.read(value, field.type, token.start);
    throw jsonError(`The value provided for foreign key reference ${name} is not a nested SObject`);
  }
  if (value.kind === 'object' || value.kind === 'array') {
    const shape = value.kind === 'object' ? 'START_OBJECT value {' : 'START_ARRAY value [';
    const type = field.type.name.toLowerCase();
    const problem = `Cannot deserialize instance of ${type} from ${shape} or request may be missing a required field`;
    throw jsonError(`${problem} at ${deserializer.source.place(token.start)}`);
  }
  return deserializer.read(value, field.type, token.start);
}

/** A record. Since API version 35.0 unknown fields are passed over; `deserializeStrict` refuses them. */
export function deserializeRecord(deserializer: Deserializer, node: JsonNode, declared: SObjectType): SObject {
  const fields = fieldsOf(node);
  const type = recordType(deserializer, fields, declared);
  const record = new SObject(type);
  const { data } = deserializer.run.org.schema();
  for (const field of fields) {
    if (field.name === 'attributes') continue;
    const found = findSObjectField(type, field.name, data);
    if (found !== undefined) record.fields.set(found.name, readField(deserializer, found, field));
    else if (deserializer.strict) throw jsonError(`No such column '${field.name}' on sobject of type ${type.name}`);
  }
  return record;
}

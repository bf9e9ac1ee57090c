import { enumConstants } from '../../values/enums/enum-constants.ts';
import type { Run } from '../../run/run.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import { isCollection, isPrimitive, unknownType } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { platformConstants } from '../../values/enums/platform-enums.ts';
import { ApexSet } from '../../values/collections/set.ts';
import type { Value } from '../../values/value.ts';
import { deserializeInstance } from './deserialize-instance.ts';
import { deserializeRecord } from './deserialize-record.ts';
import { readScalar } from './deserialize-scalar.ts';
import type { JsonNode } from './text/json-node.ts';
import { jsonError } from './text/json-source.ts';
import type { JsonSource } from './text/json-source.ts';
import type { Deserializer } from './json-target.ts';
import { fieldsOf, itemsOf, placed, unsupported } from './json-target.ts';

function readEnum(deserializer: Deserializer, node: JsonNode, type: ClassType, place: number): Value {
  if (node.kind === 'object' || node.kind === 'array') throw jsonError('Illegal value for primitive');
  const { text } = node.token;
  const constants = type.symbol.origin === 'user' ? enumConstants(type.symbol) : platformConstants(type.symbol.name);
  const constant = constants.find((one) => one.name.toLowerCase() === text.toLowerCase());
  if (constant !== undefined) return constant;
  const problem = `The type ${type.symbol.name} does not have an enum value ${text}`;
  throw jsonError(`${problem} at ${deserializer.source.place(place)}`);
}

function readPrimitive(deserializer: Deserializer, node: JsonNode, type: ApexType, place: number): Value {
  if (type.kind !== 'primitive' || type.primitive === 'Object') throw unsupported(type);
  const name = type.primitive;
  if (node.kind === 'object' || node.kind === 'array') throw jsonError('Illegal value for primitive');
  // What is no Boolean is noticed behind the value, everything else before it.
  const noticed = name === 'Boolean' ? node.token.end : place;
  return placed(deserializer.source, noticed, () => readScalar(node.token.text, name));
}

function readMap(deserializer: Deserializer, node: JsonNode, type: ClassType): ApexMap {
  const [keyType = unknownType, valueType = unknownType] = type.arguments;
  const map = new ApexMap(type);
  for (const { name, value, token } of fieldsOf(node)) {
    const key = deserializer.read({ kind: 'text', token: { ...token, text: name } }, keyType, token.boundary);
    if (isPrimitive(valueType, 'Object')) throw unsupported(valueType);
    map.entries.set(deserializer.run, key, deserializer.read(value, valueType, token.boundary));
  }
  return map;
}

function readItems(deserializer: Deserializer, node: JsonNode, type: ClassType): Value[] {
  const element = type.arguments[0] ?? unknownType;
  const items = itemsOf(node);
  if (items.length > 0 && isPrimitive(element, 'Object')) throw unsupported(element);
  return items.map((item) => deserializer.read(item, element, item.token.boundary));
}

function readSet(deserializer: Deserializer, node: JsonNode, type: ClassType): ApexSet {
  const set = new ApexSet(type);
  for (const item of readItems(deserializer, node, type)) set.entries.set(deserializer.run, item, null);
  return set;
}

function read(deserializer: Deserializer, node: JsonNode, type: ApexType, place: number): Value {
  if (node.kind === 'null') return null;
  if (type.kind === 'sobject') return deserializeRecord(deserializer, node, type);
  if (type.kind !== 'class') return readPrimitive(deserializer, node, type, place);
  if (isCollection(type, 'List', 'Iterable')) return new ApexList(type, readItems(deserializer, node, type));
  if (isCollection(type, 'Set')) return readSet(deserializer, node, type);
  if (isCollection(type, 'Map')) return readMap(deserializer, node, type);
  if (type.symbol.kind === 'enum') return readEnum(deserializer, node, type, place);
  return deserializeInstance(deserializer, node, type);
}

/**
 * The value of a type that a text says.
 * @throws ApexThrown System.JSONException where the text does not fit the type
 */
export function deserialize(run: Run, source: JsonSource, node: JsonNode, type: ApexType, strict: boolean): Value {
  const deserializer: Deserializer = {
    run,
    source,
    strict,
    read: (inner, innerType, place) => read(deserializer, inner, innerType, place),
  };
  if (type.kind === 'class' && type.symbol.kind === 'enum') {
    // At the root the platform looks for an object, whatever the type, and knows no enum that is one.
    return node.kind === 'null' ? null : unrooted(node);
  }
  return deserializer.read(node, type, node.token.start);
}

function unrooted(node: JsonNode): null {
  fieldsOf(node);
  return null;
}

import { ApexBlob } from '../../values/blob.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { apexError, ExceptionValue } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { SObject } from '../../values/records/sobject.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../../values/temporal.ts';
import { SObjectFieldToken, SObjectTypeToken, TypeValue } from '../../values/tokens.ts';
import type { ApexValue, Value } from '../../values/value.ts';
import { isTransient } from '../../symbols/transient.ts';
import type { StoredNode, StoredValue, ValueGraph } from './value-graph.ts';

/** Objects with properties that Salesforce cannot store all the same: mails, as a unit of work that holds some shows. */
const unstorable: ReadonlySet<string> = new Set([
  'Messaging.Email',
  'Messaging.EmailFileAttachment',
  'Messaging.SingleEmailMessage',
]);

/** Values without anything below them. */
function leafOf(value: ApexValue): StoredNode | undefined {
  if (value instanceof ApexDouble) return { kind: 'double', value: String(value.value) };
  if (value instanceof Decimal) return { kind: 'decimal', unscaled: String(value.unscaled), scale: value.scale };
  if (value instanceof ApexDate) return { kind: 'date', value: value.days };
  if (value instanceof ApexDatetime) return { kind: 'datetime', value: value.time };
  if (value instanceof ApexTime) return { kind: 'time', value: value.milliseconds };
  if (value instanceof ApexBlob) return { kind: 'blob', base64: Buffer.from(value.bytes).toString('base64') };
  if (value instanceof EnumValue) return { kind: 'enum', type: value.type.name, name: value.name };
  if (value instanceof SObjectTypeToken) return { kind: 'objectToken', object: value.object };
  if (value instanceof SObjectFieldToken) return { kind: 'fieldToken', object: value.object, field: value.field };
  return value instanceof TypeValue ? { kind: 'type', type: value.of.name } : undefined;
}

function nodeOf(value: ApexValue, store: (value: Value) => StoredValue): StoredNode {
  const leaf = leafOf(value);
  if (leaf !== undefined) return leaf;
  const type = value.type.name;
  if (value instanceof ApexList) return { kind: 'list', type, items: value.items.map(store) };
  if (value instanceof ApexSet) return { kind: 'set', type, items: value.items.map(store) };
  if (value instanceof ApexMap) {
    const entries = value.entries.entries().map(([key, one]): [StoredValue, StoredValue] => [store(key), store(one)]);
    return { kind: 'map', type, entries };
  }
  if (value instanceof SObject) {
    const fields = Array.from(value.fields, ([name, one]): [string, StoredValue] => [name, store(one)]);
    return { kind: 'record', type, fields, origin: value.origin };
  }
  if (value instanceof ExceptionValue && value.type.symbol.origin === 'platform') {
    return { kind: 'exception', type, message: value.message, cause: store(value.cause) };
  }
  if (value instanceof Instance) {
    const fields = Array.from(value.fields)
      .filter(([field]) => !isTransient(field))
      .map(([field, one]): [string, string, StoredValue] => [field.owner.name, field.name, store(one)]);
    return { kind: 'object', type, fields };
  }
  if (value instanceof PlatformObject && !unstorable.has(type)) {
    const properties = Array.from(value.properties, ([name, one]): [string, StoredValue] => [name, store(one)]);
    return { kind: 'properties', type, properties };
  }
  throw apexError('System.SerializationException', `Not Serializable: ${type}`);
}

/**
 * Values as they are at this moment, to be stored with a job.
 * @throws ApexThrown System.SerializationException for what cannot wait for another transaction
 */
export function storeValues(values: readonly Value[]): ValueGraph {
  const nodes: StoredNode[] = [];
  const numbers = new Map<ApexValue, number>();
  const store = (value: Value): StoredValue => {
    if (typeof value === 'bigint') return { long: String(value) };
    if (value === null || typeof value !== 'object') return value;
    const known = numbers.get(value);
    if (known !== undefined) return { node: known };
    const number = nodes.length;
    numbers.set(value, number);
    nodes.push({ kind: 'date', value: 0 });
    nodes[number] = nodeOf(value, store);
    return { node: number };
  };
  return { roots: values.map(store), nodes };
}

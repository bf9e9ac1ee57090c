import { enumConstant } from '../../values/enums/enum-constants.ts';
import { isExceptionClass } from '../../run/calls/construct.ts';
import type { Transaction } from '../../run/transaction.ts';
import { classChain } from '../../symbols/hierarchy.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import { ApexBlob } from '../../values/blob.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { apexError, ExceptionValue } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { SObject } from '../../values/records/sobject.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../../values/temporal.ts';
import { SObjectFieldToken, SObjectTypeToken, TypeValue } from '../../values/tokens.ts';
import type { ApexValue, Value } from '../../values/value.ts';
import { typeOfText } from './type-text.ts';
import type { StoredNode, StoredValue, ValueGraph } from './value-graph.ts';

/** A stored value names a type the org does not have any more. */
function unknownType(text: string): Error {
  return apexError('System.AsyncException', `Invalid type: ${text}`);
}

function requireType(run: Transaction, text: string): ApexType {
  const type = typeOfText(text, run.program.program);
  if (type === undefined) throw unknownType(text);
  return type;
}

function requireClass(run: Transaction, text: string): ClassType {
  const type = requireType(run, text);
  if (type.kind !== 'class') throw unknownType(text);
  return type;
}

/** The object of a node, still empty where it may refer back to itself. */
function blankOf(run: Transaction, node: StoredNode): ApexValue {
  switch (node.kind) {
    case 'double':
      return new ApexDouble(Number(node.value));
    case 'decimal':
      return new Decimal(BigInt(node.unscaled), node.scale);
    case 'date':
      return new ApexDate(node.value);
    case 'datetime':
      return new ApexDatetime(node.value);
    case 'time':
      return new ApexTime(node.value);
    case 'blob':
      return new ApexBlob(Buffer.from(node.base64, 'base64'));
    case 'list':
      return new ApexList(requireClass(run, node.type));
    case 'set':
      return new ApexSet(requireClass(run, node.type));
    case 'map':
      return new ApexMap(requireClass(run, node.type));
    case 'record':
      return recordOf(run, node);
    case 'object': {
      const type = requireClass(run, node.type);
      return isExceptionClass(type.symbol) ? new ExceptionValue(type) : new Instance(type);
    }
    case 'exception':
      return new ExceptionValue(requireClass(run, node.type), node.message);
    case 'enum': {
      const { symbol } = requireClass(run, node.type);
      return symbol.origin === 'user' ? enumConstant(symbol, node.name) : platformConstant(symbol.name, node.name);
    }
    case 'properties':
      return new PlatformObject(requireClass(run, node.type));
    case 'objectToken':
      return SObjectTypeToken.of(node.object);
    case 'fieldToken':
      return SObjectFieldToken.of(node.object, node.field);
    case 'type':
      return new TypeValue(requireType(run, node.type));
  }
}

function recordOf(run: Transaction, node: Extract<StoredNode, { kind: 'record' }>): SObject {
  const type = requireType(run, node.type);
  if (type.kind !== 'sobject') throw unknownType(node.type);
  const record = new SObject(type);
  record.origin = node.origin === 'queried' || node.origin === 'trigger' ? node.origin : 'made';
  return record;
}

function fill(run: Transaction, blank: ApexValue, node: StoredNode, load: (value: StoredValue) => Value): void {
  if (blank instanceof ApexList && node.kind === 'list') blank.items.push(...node.items.map(load));
  else if (blank instanceof ApexSet && node.kind === 'set') {
    for (const item of node.items) blank.entries.set(run, load(item), null);
  } else if (blank instanceof ApexMap && node.kind === 'map') {
    for (const [key, value] of node.entries) blank.entries.set(run, load(key), load(value));
  } else if (blank instanceof SObject && node.kind === 'record') {
    for (const [name, value] of node.fields) blank.fields.set(name, load(value));
  } else if (blank instanceof PlatformObject && node.kind === 'properties') {
    for (const [name, value] of node.properties) blank.set(name, load(value));
  } else if (blank instanceof ExceptionValue && node.kind === 'exception') {
    const cause = load(node.cause);
    blank.cause = cause instanceof ExceptionValue ? cause : null;
  } else if (blank instanceof Instance && node.kind === 'object') fillObject(blank, node, load);
}

function fillObject(
  object: Instance,
  node: Extract<StoredNode, { kind: 'object' }>,
  load: (value: StoredValue) => Value,
): void {
  const stored = new Map(node.fields.map(([owner, name, value]) => [`${owner}.${name}`, value]));
  for (const one of classChain(object.type).toReversed()) {
    if (one.symbol.origin !== 'user') continue;
    for (const field of one.symbol.members().fields.values()) {
      if (!field.isStatic) object.fields.set(field, load(stored.get(`${field.owner.name}.${field.name}`) ?? null));
    }
  }
}

/**
 * Values as they were stored, in the types that a transaction's program has for them.
 * @throws ApexThrown System.AsyncException for a type that the org does not have any more
 */
export function loadValues(run: Transaction, graph: ValueGraph): Value[] {
  const loaded = new Map<number, ApexValue>();
  const load = (stored: StoredValue): Value => {
    if (stored === null || typeof stored !== 'object') return stored;
    if ('long' in stored) return BigInt(stored.long);
    const known = loaded.get(stored.node);
    if (known !== undefined) return known;
    const node = graph.nodes[stored.node];
    if (node === undefined) throw new Error('A stored value refers to nothing.');
    const blank = blankOf(run, node);
    loaded.set(stored.node, blank);
    fill(run, blank, node, load);
    return blank;
  };
  return graph.roots.map(load);
}

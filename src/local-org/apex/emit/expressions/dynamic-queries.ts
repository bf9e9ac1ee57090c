import type { CallExpression } from '../../parse/ast/ast-expressions.ts';
import { listOf } from '../../platform/platform.ts';
import { dynamicQuery } from '../../database/queries/dynamic-query.ts';
import { dynamicQueryLocator } from '../../database/queries/query-locator.ts';
import type { Code } from '../../run/frame.ts';
import { initialize } from '../../run/calls/invoke.ts';
import { findField } from '../../symbols/find-member.ts';
import type { MethodSymbol } from '../../symbols/symbol.ts';
import { classType, primitives, sobjectType } from '../../types/type.ts';
import { nullArgument } from '../../library/native.ts';
import { apexError } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { readField } from '../../values/records/sobject-access.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../../run/frame.ts';
import type { Emitter } from '../emitter.ts';

/** A variable by the name a query's text has for it: a local one, or a field of the class. */
function variable(emitter: Emitter, slots: ReadonlyMap<string, number>, frame: Frame, path: string): Value {
  const [name = '', ...fields] = path.split('.');
  const slot = slots.get(name.toLowerCase());
  let value: Value | undefined = slot === undefined ? ownField(emitter, frame, name) : (frame.locals[slot] ?? null);
  if (value === undefined) throw apexError('System.QueryException', `Variable does not exist: ${name}`);
  for (const field of fields) {
    if (value instanceof SObject) value = readField(frame.run, value, field);
    else if (value instanceof Instance) {
      const found = findField(value.type, field);
      value = found === undefined ? null : (value.fields.get(found.field) ?? null);
    } else throw apexError('System.QueryException', `Variable does not exist: ${path}`);
  }
  return value;
}

function ownField(emitter: Emitter, frame: Frame, name: string): Value | undefined {
  const found = findField(classType(emitter.owner), name)?.field;
  if (found === undefined) return undefined;
  if (found.isStatic) {
    initialize(frame.run, found.owner);
    return frame.run.statics.get(found) ?? null;
  }
  return frame.self instanceof Instance ? (frame.self.fields.get(found) ?? null) : undefined;
}

const dynamicQueries: ReadonlySet<string> = new Set(['query', 'countquery', 'getquerylocator']);

/**
 * `Database.query(text)`, `Database.countQuery(text)` and `Database.getQueryLocator(text)`: their text may name variables of the place where they are
 * called. Undefined for other calls.
 */
export function emitDynamicQuery(emitter: Emitter, call: CallExpression, method: MethodSymbol): Code | undefined {
  const name = method.name.toLowerCase();
  if (method.owner.name !== 'System.Database' || !dynamicQueries.has(name)) return undefined;
  // A locator of a query in brackets has its variables already.
  if (method.parameters[0]?.key !== primitives.String.key) return undefined;
  const [text, level] = call.arguments.map((argument) => emitter.expression(argument));
  if (text === undefined) return undefined;
  // Names that are declared further down are not visible yet; they would be null.
  const slots = emitter.slots.visible();
  return (frame) => {
    const soql = text(frame);
    if (typeof soql !== 'string') throw nullArgument();
    const bind = (path: string): Value => variable(emitter, slots, frame, path);
    if (name === 'getquerylocator') return dynamicQueryLocator(frame.run, soql, bind, level?.(frame));
    const answer = dynamicQuery(frame.run, soql, bind, level?.(frame));
    if (answer.kind === 'count') return answer.count;
    return new ApexList(listOf(answer.records[0]?.type ?? sobjectType), [...answer.records]);
  };
}

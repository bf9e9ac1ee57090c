import type { Expression, NewExpression } from '../../parse/ast/ast-expressions.ts';
import { construct, isExceptionClass, setExceptionParts } from '../../run/calls/construct.ts';
import type { Code } from '../../run/frame.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import type { ApexType, ClassType, SObjectType } from '../../types/type.ts';
import { isCollection, primitives, unknownType } from '../../types/type.ts';
import { candidateOf } from '../../symbols/find-member.ts';
import { ExceptionValue } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { writeField } from '../../values/records/sobject-access.ts';
import { SObject } from '../../values/records/sobject.ts';
import { listOf } from '../../platform/platform.ts';
import { emitArguments } from './calls.ts';
import { converted } from './conversions.ts';
import type { Emitter } from '../emitter.ts';
import { missing, typeNamed, typeOf } from '../emitter.ts';

/** `new Case(Subject = 'x', …)` */
function emitRecord(emitter: Emitter, type: SObjectType, args: readonly Expression[]): Code {
  const fields = args.flatMap((argument) => {
    if (argument.kind !== 'assign' || argument.target.kind !== 'name') return [];
    const field = findSObjectField(type, argument.target.name, emitter.program.schema);
    const name = field?.name ?? argument.target.name;
    const from = typeOf(emitter, argument.value);
    return [{ name, value: converted(emitter.expression(argument.value), from, field?.type ?? unknownType) }];
  });
  return (frame) => {
    const record = new SObject(type);
    for (const { name, value } of fields) writeField(frame.run, record, name, value(frame));
    return record;
  };
}

function emitUserObject(
  emitter: Emitter,
  expression: NewExpression,
  type: ClassType,
  args: readonly Expression[],
): Code {
  const constructor = emitter.resolutions.methods.get(expression);
  if (constructor === undefined) return missing(emitter, expression.at, `new ${type.name}`);
  const values = emitArguments(emitter, args, constructor.parameters);
  const { line } = expression.at;
  return (frame) => {
    const given = values(frame);
    frame.line = line;
    return construct(frame.run, type, constructor, given);
  };
}

/** An object of a class of the platform. */
function emitPlatformObject(
  emitter: Emitter,
  expression: NewExpression,
  type: ClassType,
  args: readonly Expression[],
): Code {
  const constructor = emitter.resolutions.methods.get(expression);
  const parameters =
    constructor === undefined ? args.map((one) => typeOf(emitter, one)) : candidateOf(constructor, type).parameters;
  const values = emitArguments(emitter, args, parameters);
  if (isExceptionClass(type.symbol)) {
    return (frame) => {
      const exception = new ExceptionValue(type);
      setExceptionParts(exception, values(frame));
      return exception;
    };
  }
  const native = emitter.natives.class(type.symbol.name)?.construct;
  if (native === undefined) return missing(emitter, expression.at, `new ${type.name}`);
  const details = { parameters, arguments: args.map((one) => typeOf(emitter, one)), returnType: type, target: type };
  return (frame) => native(frame.run, values(frame), type, details);
}

function emitConstruction(
  emitter: Emitter,
  expression: NewExpression,
  type: ApexType,
  args: readonly Expression[],
): Code {
  if (type.kind === 'sobject') return emitRecord(emitter, type, args);
  if (type.kind !== 'class') return missing(emitter, expression.at, `new ${type.name}`);
  return type.symbol.origin === 'user'
    ? emitUserObject(emitter, expression, type, args)
    : emitPlatformObject(emitter, expression, type, args);
}

/** `new List<T>{ … }`, `new T[]{ … }`, `new Set<T>{ … }` */
function emitElements(emitter: Emitter, type: ClassType, elements: readonly Expression[]): Code {
  const wanted = type.arguments[0] ?? unknownType;
  const codes = elements.map((one) => converted(emitter.expression(one), typeOf(emitter, one), wanted));
  if (isCollection(type, 'Set')) {
    return (frame) => {
      const set = new ApexSet(type);
      for (const code of codes) set.entries.set(frame.run, code(frame), null);
      return set;
    };
  }
  return (frame) =>
    new ApexList(
      type,
      codes.map((code) => code(frame)),
    );
}

function emitPairs(
  emitter: Emitter,
  type: ClassType,
  pairs: readonly { readonly key: Expression; readonly value: Expression }[],
): Code {
  const [keyType = unknownType, valueType = unknownType] = type.arguments;
  const codes = pairs.map(({ key, value }) => ({
    key: converted(emitter.expression(key), typeOf(emitter, key), keyType),
    value: converted(emitter.expression(value), typeOf(emitter, value), valueType),
  }));
  return (frame) => {
    const map = new ApexMap(type);
    for (const { key, value } of codes) map.entries.set(frame.run, key(frame), value(frame));
    return map;
  };
}

/** `new …` in all its shapes. */
export function emitNew(emitter: Emitter, expression: NewExpression): Code {
  const named = typeNamed(emitter, expression.type);
  const { creation } = expression;
  switch (creation.kind) {
    case 'arguments':
      return emitConstruction(emitter, expression, named, creation.arguments);
    case 'size': {
      const size = converted(emitter.expression(creation.size), typeOf(emitter, creation.size), primitives.Integer);
      const type = listOf(named);
      return (frame) =>
        new ApexList(
          type,
          Array.from({ length: Number(size(frame) ?? 0) }, () => null),
        );
    }
    case 'elements': {
      const type = creation.isArray ? listOf(named) : named;
      if (type.kind !== 'class') return missing(emitter, expression.at, `new ${type.name}`);
      return emitElements(emitter, type, creation.elements);
    }
    case 'pairs':
      if (named.kind !== 'class') return missing(emitter, expression.at, `new ${named.name}`);
      return emitPairs(emitter, named, creation.pairs);
  }
}

import type { CallExpression, Expression } from '../../parse/ast/ast-expressions.ts';
import type { InstanceNative, NativeCall } from '../../library/native.ts';
import { nullPointer } from '../../library/native.ts';
import type { Code, Frame } from '../../run/frame.ts';
import { enqueueFuture } from '../../async/enqueue.ts';
import { codeOf, findDeclared, initialize, invokeVirtual, runCode } from '../../run/calls/invoke.ts';
import { candidateOf, memberClass } from '../../symbols/find-member.ts';
import { superTypes } from '../../symbols/hierarchy.ts';
import { findAnnotation } from '../../symbols/modifiers.ts';
import type { MethodSymbol } from '../../symbols/symbol.ts';
import { listOf, platformType } from '../../platform/platform.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import { classType } from '../../types/type.ts';
import { Instance } from '../../values/instance.ts';
import { addFieldError } from '../../values/records/record-errors.ts';
import { SObject } from '../../values/records/sobject.ts';
import { SObjectTypeToken } from '../../values/tokens.ts';
import { ApexValue } from '../../values/value.ts';
import type { Value } from '../../values/value.ts';
import { textOf } from '../../values/text.ts';
import { receiver, skipped } from './chain.ts';
import { converted, singleRow } from './conversions.ts';
import type { Emitter } from '../emitter.ts';
import { missing, typeOf } from '../emitter.ts';
import { emitDynamicQuery } from './dynamic-queries.ts';
import { emitEnumMethod } from './enum-methods.ts';

/** The parameter types of a method as it looks on a type: `List<T>.add(T)` of a `List<Decimal>` takes a Decimal. */
function parametersOn(method: MethodSymbol, type: ApexType): readonly ApexType[] {
  const owner = memberClass(type);
  if (owner === undefined) return method.parameters;
  const declared: ClassType | undefined = [owner, ...superTypes(owner)].find((one) => one.symbol === method.owner);
  return declared === undefined ? method.parameters : candidateOf(method, declared).parameters;
}

/** Arguments, converted to what the method takes. */
export function emitArguments(
  emitter: Emitter,
  args: readonly Expression[],
  parameters: readonly ApexType[],
): (frame: Frame) => Value[] {
  const codes = args.map((argument, index) => {
    const from = typeOf(emitter, argument);
    return converted(emitter.expression(argument), from, parameters[index] ?? from);
  });
  const [first, second] = codes;
  if (first === undefined) return () => [];
  if (codes.length === 1) return (frame) => [first(frame)];
  if (codes.length === 2 && second !== undefined) return (frame) => [first(frame), second(frame)];
  return (frame) => codes.map((code) => code(frame));
}

/** Marks the line of a call: arguments over several lines may have moved it, and traces name the call. */
function atLine(line: number, code: Code): Code {
  return (frame) => {
    frame.line = line;
    return code(frame);
  };
}

function isFuture(method: MethodSymbol): boolean {
  return method.declaration !== undefined && findAnnotation(method.declaration.modifiers, 'future') !== undefined;
}

function emitStaticCall(method: MethodSymbol, args: (frame: Frame) => Value[]): Code {
  if (isFuture(method)) {
    return (frame) => {
      enqueueFuture(frame.run, method, args(frame));
      return null;
    };
  }
  return (frame) => {
    const values = args(frame);
    initialize(frame.run, method.owner);
    return runCode(frame.run, codeOf(frame.run, method), null, values);
  };
}

/** A method of the customer's, on an object. */
function emitVirtualCall(method: MethodSymbol, target: Code, args: (frame: Frame) => Value[]): Code {
  return (frame) => {
    const self = target(frame);
    return self === skipped ? self : invokeVirtual(frame.run, self, method, args(frame));
  };
}

function nativeCallOf(emitter: Emitter, call: CallExpression, method: MethodSymbol, target: ApexType): NativeCall {
  return {
    parameters: parametersOn(method, target),
    arguments: call.arguments.map((argument) => typeOf(emitter, argument)),
    returnType: typeOf(emitter, call),
    target,
  };
}

/** A static method of the platform. */
function emitNativeStatic(emitter: Emitter, call: CallExpression, method: MethodSymbol, target: ApexType): Code {
  const dynamic = emitDynamicQuery(emitter, call, method);
  if (dynamic !== undefined) return dynamic;
  const native = emitter.natives.static(method.owner.name, method.name, call.arguments.length);
  if (native === undefined) return missing(emitter, call.at, `${method.owner.name}.${method.name}`);
  const details = nativeCallOf(emitter, call, method, target);
  const args = emitArguments(emitter, call.arguments, details.parameters);
  return (frame) => native(frame.run, args(frame), details);
}

/**
 * A method of a platform class or interface on a value. Objects of the customer's classes answer themselves where they
 * declare it (`compareTo`, `respond`, `toString`).
 */
function emitNativeMethod(
  emitter: Emitter,
  call: CallExpression,
  method: MethodSymbol,
  target: { readonly code: Code; readonly type: ApexType },
): Code {
  const { type } = target;
  const symbol = memberClass(type.kind === 'rows' ? listOf(type.element) : type)?.symbol ?? method.owner;
  const count = call.arguments.length;
  const native =
    emitter.natives.method(symbol, method.name, count) ?? emitter.natives.method(method.owner, method.name, count);
  const isOpen = symbol.origin === 'user' || symbol.kind === 'interface' || symbol.name === 'Object';
  if (native === undefined && !isOpen) {
    return missing(emitter, call.at, `${method.owner.name}.${method.name}`);
  }
  const details = nativeCallOf(emitter, call, method, type);
  const args = emitArguments(emitter, call.arguments, details.parameters);
  return (frame) => {
    const self = target.code(frame);
    if (self === skipped) return self;
    const values = args(frame);
    if (self instanceof Instance) {
      const own = findDeclared(classType(self.type.symbol), method.name, count);
      if (own !== undefined) return runCode(frame.run, codeOf(frame.run, own), self, values);
    }
    const actual = native ?? nativeOf(frame, self, method.name, count);
    if (actual === undefined) throw new Error(`${method.owner.name}.${method.name} has no implementation.`);
    return actual(frame.run, self, values, details);
  };
}

/** Behind an interface of the platform (`Iterator`) stands an object of one of its classes. */
function nativeOf({ run }: Frame, self: Value, name: string, parameters: number): InstanceNative | undefined {
  return self instanceof ApexValue && self.type.kind === 'class'
    ? run.program.natives.method(self.type.symbol, name, parameters)
    : undefined;
}

/** `record.Subject.addError('…')` speaks to the record, not to the text in the field. */
function emitFieldError(emitter: Emitter, call: CallExpression): Code | undefined {
  const { target } = call;
  if (target?.kind !== 'field' || call.name.text.toLowerCase() !== 'adderror') return undefined;
  const denotation = emitter.resolutions.denotations.get(target);
  if (denotation?.kind !== 'value' || denotation.sobjectField?.kind !== 'scalar') return undefined;
  const { name } = denotation.sobjectField;
  const record = emitter.expression(target.target);
  const [message] = call.arguments.map((argument) => emitter.expression(argument));
  return (frame) => {
    const self = singleRow(record(frame));
    if (!(self instanceof SObject)) throw nullPointer();
    const text = message === undefined ? null : message(frame);
    addFieldError(self, name, text === null ? '' : textOf(frame.run, text));
    return null;
  };
}

/** `Case.getSObjectType()`, `Case.Subject.getDescribe()`: methods on names of objects and their fields. */
function emitTokenCall(emitter: Emitter, call: CallExpression, method: MethodSymbol, target: ApexType): Code {
  const token = SObjectTypeToken.of(target.name);
  if (method.name.toLowerCase() === 'getsobjecttype') return () => token;
  return emitNativeMethod(emitter, call, method, { code: () => token, type: token.type });
}

function emitOwnCall(emitter: Emitter, call: CallExpression, method: MethodSymbol): Code {
  const args = emitArguments(emitter, call.arguments, method.parameters);
  if (method.isStatic) return emitStaticCall(method, args);
  return emitVirtualCall(method, (frame) => frame.self, args);
}

/** A call of any method. */
export function emitCall(emitter: Emitter, call: CallExpression): Code {
  const method = emitter.resolutions.methods.get(call);
  if (method === undefined) return missing(emitter, call.at, call.name.text);
  return atLine(call.at.line, emitFieldError(emitter, call) ?? emitResolved(emitter, call, method));
}

function emitResolved(emitter: Emitter, call: CallExpression, method: MethodSymbol): Code {
  const { target } = call;
  const own = classType(emitter.owner);
  if (method.owner.kind === 'enum') return emitEnumMethod(emitter, call, method);
  if (target === undefined) {
    return method.owner.origin === 'user'
      ? emitOwnCall(emitter, call, method)
      : emitNativeMethod(emitter, call, method, { code: (frame) => frame.self, type: own });
  }
  if (target.kind === 'super') return emitSuperCall(emitter, call, method);
  const denotation = emitter.resolutions.denotations.get(target);
  if (denotation?.kind === 'fieldTokens') {
    const fields = SObjectTypeToken.of(denotation.object.name);
    return emitNativeMethod(emitter, call, method, {
      code: () => fields,
      type: platformType('Schema.SObjectTypeFields'),
    });
  }
  if (denotation?.kind === 'type' || denotation?.kind === 'objectTokens') {
    const type = denotation.kind === 'type' ? denotation.type : platformType('Schema.SObjectType');
    if (method.owner.origin === 'user') {
      return emitStaticCall(method, emitArguments(emitter, call.arguments, method.parameters));
    }
    if (type.kind === 'sobject' && !method.isStatic) return emitTokenCall(emitter, call, method, type);
    return emitNativeStatic(emitter, call, method, type);
  }
  const type = typeOf(emitter, target);
  const code = receiver(emitter, target, call.safe);
  if (method.owner.origin === 'user') {
    return emitVirtualCall(method, code, emitArguments(emitter, call.arguments, method.parameters));
  }
  const value: Code = method.owner.name === 'SObject' ? (frame) => singleRow(code(frame)) : code;
  return emitNativeMethod(emitter, call, method, { code: value, type });
}

/** `super.method()`: the very method, whatever the object's class overrides. */
function emitSuperCall(emitter: Emitter, call: CallExpression, method: MethodSymbol): Code {
  if (method.owner.origin === 'platform') {
    const native = emitter.natives.method(method.owner, method.name, call.arguments.length);
    if (native === undefined) return missing(emitter, call.at, `${method.owner.name}.${method.name}`);
    const details = nativeCallOf(emitter, call, method, classType(emitter.owner));
    const values = emitArguments(emitter, call.arguments, details.parameters);
    return (frame) => native(frame.run, frame.self, values(frame), details);
  }
  const args = emitArguments(emitter, call.arguments, method.parameters);
  return (frame) => runCode(frame.run, codeOf(frame.run, method), frame.self, args(frame));
}

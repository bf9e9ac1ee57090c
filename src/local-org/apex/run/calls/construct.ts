import { platformType } from '../../platform/platform.ts';
import { classChain, isSubclassOf } from '../../symbols/hierarchy.ts';
import type { ClassSymbol, MethodSymbol } from '../../symbols/symbol.ts';
import type { ClassType } from '../../types/type.ts';
import { apexError, ExceptionValue } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import { initialize, runCode } from './invoke.ts';
import type { Transaction } from '../transaction.ts';

export function isExceptionClass(symbol: ClassSymbol): boolean {
  return isSubclassOf(symbol, platformType('Exception').symbol);
}

/** An object with all of its fields null, before any constructor has run. */
function allocate(run: Transaction, type: ClassType): Instance {
  initialize(run, type.symbol);
  const instance = isExceptionClass(type.symbol) ? new ExceptionValue(type) : new Instance(type);
  for (const one of classChain(type).toReversed()) {
    if (one.symbol.origin !== 'user') continue;
    for (const field of one.symbol.members().fields.values()) {
      if (!field.isStatic) instance.fields.set(field, null);
    }
  }
  return instance;
}

/** `new Foo(…)` for a class of the customer. */
export function construct(
  run: Transaction,
  type: ClassType,
  constructor: MethodSymbol,
  args: readonly Value[],
): Instance {
  const instance = allocate(run, type);
  runConstructor(run, instance, constructor, args);
  return instance;
}

/** The platform's own constructors of exceptions: message, cause, or both. */
export function setExceptionParts(exception: ExceptionValue, args: readonly Value[]): void {
  for (const arg of args) {
    if (typeof arg === 'string') exception.message = arg;
    else if (arg instanceof ExceptionValue) exception.cause = arg;
  }
  if (exception.message === null && exception.cause !== null && args.length === 1) {
    exception.message = exception.cause.message;
  }
}

/** Runs a constructor on an object: the superclass's first, then the initializers, then its own statements. */
export function runConstructor(
  run: Transaction,
  instance: Instance,
  constructor: MethodSymbol,
  args: readonly Value[],
): void {
  if (constructor.declaration !== undefined) {
    const code = run.program.classes.get(constructor.owner)?.methods.get(constructor);
    if (code === undefined) throw new Error(`The constructor of ${constructor.owner.name} has no code.`);
    runCode(run, code, instance, args);
    return;
  }
  if (instance instanceof ExceptionValue) setExceptionParts(instance, args);
  runDefaultSuper(run, instance, constructor.owner);
  runInstanceInitializer(run, instance, constructor.owner);
}

/** `super()` where a constructor does not call it itself. */
export function runDefaultSuper(run: Transaction, instance: Instance, owner: ClassSymbol): void {
  const superclass = owner.header().superclass;
  if (superclass === undefined || superclass.symbol.origin === 'platform') return;
  const constructor = superclass.symbol.members().constructors.find((one) => one.parameters.length === 0);
  if (constructor !== undefined) runConstructor(run, instance, constructor, []);
}

export function runInstanceInitializer(run: Transaction, instance: Instance, owner: ClassSymbol): void {
  const code = run.program.classes.get(owner)?.instanceInitializer;
  if (code !== undefined) runCode(run, code, instance, []);
}

/** `Type.newInstance()` and the making of objects from JSON: with the constructor without parameters. */
export function constructDefault(run: Transaction, type: ClassType): Value {
  const constructor = type.symbol.members().constructors.find((one) => one.parameters.length === 0);
  if (
    type.symbol.origin !== 'user' ||
    type.symbol.kind !== 'class' ||
    type.symbol.isAbstract ||
    constructor === undefined
  ) {
    throw apexError('System.TypeException', `Type cannot be constructed: ${type.name}`);
  }
  return construct(run, type, constructor, []);
}

import { hasSameParameters } from '../../symbols/find-member.ts';
import { classChain } from '../../symbols/hierarchy.ts';
import type { ClassSymbol, MethodSymbol } from '../../symbols/symbol.ts';
import type { ClassType } from '../../types/type.ts';
import { classType } from '../../types/type.ts';
import { ApexThrown, limitError } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import type { MethodCode } from '../code.ts';
import type { Frame } from '../frame.ts';
import { noteOrigin } from '../stack-trace.ts';
import type { Transaction } from '../transaction.ts';

/** Depth of calls the platform allows. */
const MAX_DEPTH = 1000;

/**
 * Runs a body with its arguments in place.
 * @throws ApexThrown what the body throws, with its place noted
 */
export function runCode(run: Transaction, code: MethodCode, self: Value, args: readonly Value[]): Value {
  if (run.frames.length >= MAX_DEPTH) throw limitError(`Maximum stack depth reached: ${MAX_DEPTH + 1}`);
  const locals: Value[] = Array.from({ length: Math.max(code.slots, args.length) }, () => null);
  for (let index = 0; index < args.length; index += 1) locals[index] = args[index] ?? null;
  const frame: Frame = { run, code, self, locals, line: 0, result: null };
  run.frames.push(frame);
  try {
    code.body(frame);
    return frame.result;
  } catch (error) {
    if (error instanceof ApexThrown) noteOrigin(run, error.exception);
    else if (error instanceof RangeError && /call stack/i.test(error.message)) {
      throw limitError(`Maximum stack depth reached: ${run.frames.length}`);
    }
    throw error;
  } finally {
    run.frames.pop();
  }
}

/** Runs the static initializers of a class when it is first used, its superclass's before. */
export function initialize(run: Transaction, symbol: ClassSymbol): void {
  if (run.initialized.has(symbol)) return;
  run.initialized.add(symbol);
  const superclass = symbol.header().superclass?.symbol;
  if (superclass !== undefined && superclass.origin === 'user') initialize(run, superclass);
  const code = run.program.classes.get(symbol)?.staticInitializer;
  if (code !== undefined) runCode(run, code, null, []);
}

export function codeOf(run: Transaction, method: MethodSymbol): MethodCode {
  const code = run.program.classes.get(method.owner)?.methods.get(method);
  if (code === undefined) throw new Error(`${method.owner.name}.${method.name} has no code.`);
  return code;
}

const overrides = new WeakMap<ClassSymbol, Map<MethodSymbol, MethodSymbol>>();

/** The method that runs when `method` is called on an object of a class: its own, or the nearest override. */
export function resolveOverride(actual: ClassType, method: MethodSymbol): MethodSymbol {
  let known = overrides.get(actual.symbol);
  if (known === undefined) {
    known = new Map();
    overrides.set(actual.symbol, known);
  }
  let found = known.get(method);
  if (found === undefined) {
    found = findOverride(actual, method) ?? method;
    known.set(method, found);
  }
  return found;
}

function findOverride(actual: ClassType, method: MethodSymbol): MethodSymbol | undefined {
  if (method.isStatic || method.visibility === 'private') return undefined;
  const key = method.name.toLowerCase();
  for (const one of classChain(actual)) {
    const own = one.symbol.members().methods.get(key) ?? [];
    const match = own.find((other) => !other.isAbstract && hasSameParameters(other.parameters, method.parameters));
    if (match !== undefined) return match;
  }
  return undefined;
}

/** Calls a method of the customer's on an object, the override if there is one. */
export function invokeVirtual(run: Transaction, target: Value, method: MethodSymbol, args: readonly Value[]): Value {
  const actual = target instanceof Instance ? resolveOverride(target.type, method) : method;
  return runCode(run, codeOf(run, actual), target, args);
}

/** A method the customer's class (or a superclass of theirs) declares, by name and number of parameters. */
export function findDeclared(type: ClassType, name: string, parameters: number): MethodSymbol | undefined {
  const key = name.toLowerCase();
  for (const one of classChain(type)) {
    if (one.symbol.origin !== 'user') return undefined;
    const found = one.symbol
      .members()
      .methods.get(key)
      ?.find(
        (method) => method.parameters.length === parameters && !method.isAbstract && method.declaration !== undefined,
      );
    if (found !== undefined) return found;
  }
  return undefined;
}

export function invokeDeclared(run: Transaction, target: Instance, name: string, args: readonly Value[]): Value {
  const method = findDeclared(classType(target.type.symbol), name, args.length);
  if (method === undefined) throw new Error(`${target.type.name} declares no method ${name}.`);
  return runCode(run, codeOf(run, method), target, args);
}

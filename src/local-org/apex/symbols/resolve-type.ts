import type { TypeReference } from '../parse/ast/ast-expressions.ts';
import { listOf } from '../platform/platform.ts';
import type { ApexType } from '../types/type.ts';
import { classType, unknownType } from '../types/type.ts';
import { findType } from './program.ts';
import type { Program } from './program.ts';
import type { ClassSymbol } from './symbol.ts';

interface ResolvedType {
  readonly type: ApexType;
  /** Why it is no type; `type` is then unknown. */
  readonly problem: string | undefined;
}

function written(reference: TypeReference): string {
  return reference.names.map((name) => name.text).join('.');
}

function invalid(problem: string): ResolvedType {
  return { type: unknownType, problem };
}

function withArguments(reference: TypeReference, base: ApexType, args: readonly ResolvedType[]): ResolvedType {
  const expected = base.kind === 'class' ? base.symbol.typeParameters.length : 0;
  if (base.kind === 'unknown') return { type: base, problem: undefined };
  const name = written(reference);
  if (args.length === 0) {
    // To Salesforce's parser `List` is a keyword that type arguments must follow.
    const bare = base.kind === 'class' && expected > 0 && ['list', 'set', 'map'].includes(base.key.replace(/<.*/, ''));
    return bare ? invalid(`Unexpected token '${name}'.`) : { type: base, problem: undefined };
  }
  if (base.kind !== 'class' || expected === 0)
    return invalid(`Type arguments provided for a non-parameterized type: ${name}`);
  if (expected !== args.length) {
    return invalid(`Invalid type argument count for ${name}: expected ${expected} but found ${args.length}`);
  }
  return {
    type: classType(
      base.symbol,
      args.map((one) => one.type),
    ),
    problem: undefined,
  };
}

/** The type a reference names, seen from inside a class, with Salesforce's words where there is none. */
export function resolveType(reference: TypeReference, within: ClassSymbol | undefined, program: Program): ResolvedType {
  const base = findType(
    reference.names.map((name) => name.text),
    within,
    program,
  );
  if (base === undefined) return invalid(`Invalid type: ${written(reference)}`);
  const args = (reference.names.at(-1)?.arguments ?? []).map((one) => resolveType(one, within, program));
  const broken = args.find((one) => one.problem !== undefined);
  if (broken !== undefined) return broken;
  const resolved = withArguments(reference, base, args);
  let type = resolved.type;
  for (let depth = 0; depth < reference.arrayDepth; depth += 1) type = listOf(type);
  return { type, problem: resolved.problem };
}

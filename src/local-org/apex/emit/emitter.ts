import type { Resolutions } from '../check/scope.ts';
import type { Natives } from '../library/native.ts';
import type { Block, Position, Statement } from '../parse/ast/ast.ts';
import type { Expression, TypeReference } from '../parse/ast/ast-expressions.ts';
import type { EmitProblem, UnitCode } from '../run/code.ts';
import type { Code, Step } from '../run/frame.ts';
import type { Program } from '../symbols/program.ts';
import { resolveType } from '../symbols/resolve-type.ts';
import type { ClassSymbol, FieldSymbol } from '../symbols/symbol.ts';
import type { ApexType } from '../types/type.ts';
import type { CountedLines } from './lines/counted-lines.ts';
import { unknownType } from '../types/type.ts';

/** What is known while the body of one method is turned into code. */
export interface Emitter {
  readonly code: UnitCode;
  readonly program: Program;
  readonly resolutions: Resolutions;
  /** The class whose code it is. */
  readonly owner: ClassSymbol;
  readonly isStatic: boolean;
  /** The property whose accessor it is: in there its name means what is stored. */
  readonly property: FieldSymbol | undefined;
  readonly slots: Slots;
  readonly problems: EmitProblem[];
  readonly natives: Natives;
  readonly counted: CountedLines;
  /** Turns an expression of this method into code. */
  expression(expression: Expression): Code;
  /** As `expression`, for the target of a further link: gives `skipped` where the rest of the chain is to be skipped. */
  link(expression: Expression): Code;
}

/** An emitter of statements. */
export interface BodyEmitter extends Emitter {
  /** What `return` must give; undefined where it gives nothing. */
  readonly returnType: ApexType | undefined;
  statement(statement: Statement): Step;
  block(block: Block): Step;
}

/** Places of a method's local variables. Names are unique within a method, but for blocks side by side. */
export class Slots {
  readonly #byName = new Map<string, { readonly slot: number; readonly type: ApexType }>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  declare(name: string, type: ApexType): number {
    const slot = this.#count;
    this.#count += 1;
    this.#byName.set(name.toLowerCase(), { slot, type });
    return slot;
  }

  find(name: string): { readonly slot: number; readonly type: ApexType } | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** Variables by their lower-case names, as dynamic queries bind them. */
  visible(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.#byName, ([name, { slot }]) => [name, slot]));
  }
}

export function typeNamed(emitter: Emitter, reference: TypeReference): ApexType {
  return resolveType(reference, emitter.owner, emitter.program).type;
}

/** The static type of an expression. */
export function typeOf(emitter: Emitter, expression: Expression): ApexType {
  const type = emitter.resolutions.types.get(expression);
  if (type !== undefined) return type;
  const denotation = emitter.resolutions.denotations.get(expression);
  return denotation !== undefined && 'type' in denotation ? denotation.type : unknownType;
}

/** Notes what cannot be run; the program is refused with it, so the code that stands in for it never runs. */
export function missing(emitter: Emitter, at: Position, what: string): Code {
  const message = `LOCAL_ORG_NOT_IMPLEMENTED: ${what}`;
  emitter.problems.push({ unit: emitter.code.unit, message, line: at.line, column: at.column });
  return () => {
    throw new Error(message);
  };
}

import type { Resolutions } from '../check/scope.ts';
import type { Expression } from '../parse/ast/ast-expressions.ts';
import type { Code } from '../run/frame.ts';
import type { Natives } from '../library/native.ts';
import type { EmitProblem, UnitCode } from '../run/code.ts';
import type { Program } from '../symbols/program.ts';
import type { ClassSymbol, FieldSymbol } from '../symbols/symbol.ts';
import type { ApexType } from '../types/type.ts';
import type { CountedLines } from './lines/counted-lines.ts';
import { countedExpression } from './lines/expression-lines.ts';
import { closeChain } from './expressions/chain.ts';
import type { BodyEmitter } from './emitter.ts';
import { Slots } from './emitter.ts';
import { emitExpression } from './expressions/expressions.ts';
import { emitBlock, emitStatement } from './statements/statements.ts';

/** What all code of one unit shares. */
export interface UnitEmitter {
  readonly code: UnitCode;
  readonly program: Program;
  readonly resolutions: Resolutions;
  readonly problems: EmitProblem[];
  readonly natives: Natives;
  readonly counted: CountedLines;
}

interface BodyInit {
  readonly isStatic: boolean;
  readonly returnType?: ApexType | undefined;
  readonly property?: FieldSymbol;
}

/** The emitter of one method, constructor, accessor or initializer. */
export function bodyEmitter(unit: UnitEmitter, owner: ClassSymbol, init: BodyInit): BodyEmitter {
  const link = (expression: Expression): Code =>
    countedExpression(emitter, expression, () => emitExpression(emitter, expression));
  const emitter: BodyEmitter = {
    ...unit,
    owner,
    isStatic: init.isStatic,
    returnType: init.returnType,
    property: init.property,
    slots: new Slots(),
    expression: (expression) => closeChain(expression, link(expression)),
    link,
    statement: (statement) => emitStatement(emitter, statement),
    block: (block) => emitBlock(emitter, block),
  };
  return emitter;
}

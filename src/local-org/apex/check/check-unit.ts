import type { ApexProblem, ApexUnit } from '../compilation.ts';
import type { CompilationUnit } from '../parse/ast/ast.ts';
import type { Program } from '../symbols/program.ts';
import type { ClassSymbol } from '../symbols/symbol.ts';
import { checkType } from './declarations/check-class.ts';
import { checkExpression } from './expressions/check-expression.ts';
import { checkTrigger, triggerObjectOf } from './declarations/check-trigger.ts';
import type { Resolutions } from './scope.ts';

interface CheckedUnit {
  readonly problems: readonly ApexProblem[];
  readonly resolutions: Resolutions;
}

/** Checks one parsed unit against a program that holds its symbol; problems come in the order of the text. */
export function checkUnit(unit: ApexUnit, parsed: CompilationUnit, symbol: ClassSymbol, program: Program): CheckedUnit {
  const problems: ApexProblem[] = [];
  const resolutions: Resolutions = { types: new Map(), denotations: new Map(), methods: new Map() };
  const context = {
    unit,
    program,
    resolutions,
    triggerObject: parsed.kind === 'trigger' ? triggerObjectOf(parsed, program) : undefined,
    report: (at: { line: number; column: number }, message: string) => {
      problems.push({ unit, message, line: at.line, column: at.column });
    },
    check: checkExpression,
  };
  if (parsed.kind === 'trigger') checkTrigger(parsed, symbol, context);
  else checkType(parsed, symbol, context);
  return { problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column), resolutions };
}

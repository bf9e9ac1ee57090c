import type { CompiledProgram } from '../compile-apex.ts';
import type { Natives } from '../library/native.ts';
import type { ClassCode, EmitProblem, MethodCode, RunnableProgram, UnitCode } from '../run/code.ts';
import { isOutOfStack, outOfStack } from '../parse/nesting.ts';
import type { ClassSymbol } from '../symbols/symbol.ts';
import { CountedLines } from './lines/counted-lines.ts';
import { emitClass } from './emit-class.ts';
import { emitScript } from './emit-script.ts';

/** Turns a compiled program without problems into one that can run. */
export function emitProgram(compiled: CompiledProgram, natives: Natives): RunnableProgram {
  const classes = new Map<ClassSymbol, ClassCode>();
  const scripts = new Map<ClassSymbol, MethodCode>();
  const units: UnitCode[] = [];
  const problems: EmitProblem[] = [];
  for (const { unit, parsed, symbol, resolutions } of compiled.units) {
    const code: UnitCode = { unit, lines: new Set(), isTest: symbol.isTest };
    units.push(code);
    const emitter = {
      code,
      program: compiled.program,
      resolutions,
      problems,
      natives,
      counted: new CountedLines(code),
    };
    try {
      if (parsed.kind === 'class') emitClass(emitter, parsed, symbol, classes);
      else if (parsed.kind === 'trigger') scripts.set(symbol, emitScript(emitter, parsed, symbol, classes));
    } catch (error) {
      if (!isOutOfStack(error)) throw error;
      problems.push({ unit, ...outOfStack() });
    }
  }
  return { program: compiled.program, natives, classes, scripts, units, problems };
}

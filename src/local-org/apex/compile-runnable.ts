import { compileProgram } from './compile-apex.ts';
import type { ApexProblem, CompileInput, CompileResult } from './compilation.ts';
import { emitProgram } from './emit/emit-program.ts';
import { natives } from './library/registry.ts';

/**
 * Compiles units as a deploy does, and refuses those that use what the local org cannot run, by name: what is stored here
 * must not end in the middle of a customer's transaction.
 */
export async function compileRunnable(input: CompileInput): Promise<CompileResult> {
  const compiled = await compileProgram(input);
  if (compiled.problems.length > 0) return compiled;
  const own = new Set(input.units);
  const refused = new Map<ApexProblem['unit'], ApexProblem>();
  for (const problem of emitProgram(compiled, natives).problems) {
    if (own.has(problem.unit) && !refused.has(problem.unit)) refused.set(problem.unit, problem);
  }
  return { problems: Array.from(refused.values()), dependentProblems: compiled.dependentProblems };
}

import type { OrgState } from '../state/org-state.ts';
import type { AnonymousRequest, AnonymousResult } from './anonymous.ts';
import type { ApexUnit } from './compilation.ts';
import { compileParsed, parseAll } from './compile-apex.ts';
import { emitProgram } from './emit/emit-program.ts';
import { natives } from './library/registry.ts';
import { openAnonymousLog } from './logs/anonymous-log.ts';
import { unitsOfOrg } from './program-of-org.ts';
import type { RunnableProgram } from './run/code.ts';
import { runCode } from './run/calls/invoke.ts';
import { journaledCallouts } from './run/callouts/journaled-callouts.ts';
import { CalloutPending, Journal } from './run/callouts/replay.ts';
import { sendCallout } from './run/callouts/send-callout.ts';
import { thrownText } from './run/thrown-text.ts';
import { apexOf } from './runtime.ts';
import { ApexThrown } from './values/exception.ts';

interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

type Compiled = { readonly program: RunnableProgram; readonly unit: ApexUnit } | { readonly problem: Problem };

async function compile(org: OrgState, request: AnonymousRequest): Promise<Compiled> {
  const unit: ApexUnit = {
    kind: 'anonymous',
    name: 'AnonymousBlock',
    source: request.source,
    apiVersion: request.apiVersion,
  };
  const units = [unit, ...unitsOfOrg(org)];
  await parseAll(units);
  const compiled = compileParsed({ units, existing: [], schema: org.schema().data });
  const wrong = compiled.problems.find((problem) => problem.unit === unit);
  if (wrong !== undefined) return { problem: wrong };
  const program = emitProgram(compiled, natives);
  const missing = program.problems.find((problem) => problem.unit === unit);
  return missing === undefined ? { program, unit } : { problem: missing };
}

const nothing = { compileProblem: null, exceptionMessage: null, exceptionStackTrace: null, line: -1, column: -1 };

/**
 * Compiles and runs a block of Apex as a transaction of its own. What it throws is in the result.
 * @throws what is no fault of the Apex
 */
export async function runAnonymous(org: OrgState, request: AnonymousRequest): Promise<AnonymousResult> {
  const compiled = await compile(org, request);
  if ('problem' in compiled) {
    const { message, line, column } = compiled.problem;
    return { ...nothing, compiled: false, success: false, compileProblem: message, line, column };
  }
  const { program, unit } = compiled;
  const body = Array.from(program.scripts).find(([, code]) => code.unit.unit === unit)?.[1];
  if (body === undefined) throw new Error('Anonymous Apex was compiled to nothing.');
  const apex = apexOf(org);
  const journal = new Journal(org.now);
  for (;;) {
    const log = openAnonymousLog(org, request);
    const run = apex.newTransaction('anonymous', request.userId, {
      program,
      inputs: journal,
      callouts: journaledCallouts(journal),
      log: log.debugLog,
    });
    try {
      apex.within(run, () => runCode(run, body, null, []));
      apex.announceCommit();
      return { ...nothing, compiled: true, success: true, log: log.close('Success', { usage: run }) };
    } catch (error) {
      if (error instanceof CalloutPending) {
        const wanted = error.request;
        journal.answered(wanted, await sendCallout(org, wanted));
        continue;
      }
      if (!(error instanceof ApexThrown)) throw error;
      const { exception } = error;
      const exceptionMessage = thrownText(run, exception);
      return {
        ...nothing,
        compiled: true,
        success: false,
        exceptionMessage,
        exceptionStackTrace: exception.stackTrace ?? null,
        line: exception.lineNumber ?? -1,
        column: 1,
        log: log.close(exceptionMessage, { usage: run, stackTrace: exception.stackTrace ?? '' }),
      };
    }
  }
}

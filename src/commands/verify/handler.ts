import type { Remedy } from '../../diagnose/finding.ts';
import { causesAmong } from '../../diagnose/run/causes.ts';
import type { Result } from '../../diagnose/run/run-checks.ts';
import { withRequired } from '../../diagnose/run/select-checks.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { startProgress } from '../../terminal/progress.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { affectedChecks, fix, type Fixed } from './fix.ts';
import type { VerifyFlags } from './flags.ts';
import { listChecks } from './list.ts';
import {
  countsOf,
  detailsText,
  groupPrinter,
  nextText,
  summaryText,
  withTarget,
  type Drawing,
} from './present-findings.ts';
import type { VerifyChange, VerifyList, VerifyResult } from './result-schema.ts';
import { chosenChecks, look, openVerify, type Look, type VerifySession } from './verify-session.ts';
import { reportOf, writeReports } from './reports/write-reports.ts';

/** `verify`: looks, says what is wrong and why, mends it where asked, and writes reports. */
export async function verifyHandler(
  context: CommandContext,
  flags: VerifyFlags,
): Promise<CommandResult<VerifyResult | VerifyList | VerifyChange>> {
  if (flags.list === true) return listChecks(context, chosenChecks(flags).selected);
  const session = await openVerify(context, flags);
  if (flags.watch === true) {
    const { watchChecks } = await import('./watch/watch.ts');
    return await watchChecks(context, flags, session);
  }
  const first = await shown(context, flags, session);
  const fixed = flags.fix === true ? await fix(context, flags, session, first) : undefined;
  const last =
    fixed === undefined || fixed.outcomes.length === 0 ? first : await lookAgain(context, flags, session, first);
  return await ending(context, flags, session, last, fixed);
}

/** Looks, and shows group by group what is found. */
async function shown(context: CommandContext, flags: VerifyFlags, session: VerifySession): Promise<Look> {
  const { terminal } = context;
  const progress = await startProgress(terminal);
  progress.update(`Looking at ${session.target.org.identity.name}`);
  const print = groupPrinter(session.selected, drawingOf(context, flags, session), (text) => {
    progress.pause();
    terminal.result(text);
  });
  try {
    return await look(
      context,
      flags,
      session,
      session.selected,
      terminal.json || terminal.quiet ? {} : { onResult: print },
    );
  } finally {
    progress.stop();
  }
}

/** After a fix: the affected checks again, in the place of what they said before. */
async function lookAgain(
  context: CommandContext,
  flags: VerifyFlags,
  session: VerifySession,
  before: Look,
): Promise<Look> {
  const affected = withRequired(session.selected, affectedChecks(before.results));
  const again = await look(context, flags, session, affected, { uncounted: session.target.org.requests() });
  const results = before.results.map((old) => again.results.find(({ check }) => check.id === old.check.id) ?? old);
  if (!context.terminal.json && !context.terminal.quiet) printAgain(context, flags, session, again);
  return { ...again, results, requests: before.requests + again.requests };
}

function printAgain(context: CommandContext, flags: VerifyFlags, session: VerifySession, { results }: Look): void {
  context.terminal.result('\nAfter mending:');
  const print = groupPrinter(
    results.map(({ check }) => check),
    drawingOf(context, flags, session),
    (text) => context.terminal.result(text),
  );
  for (const result of results) print(result);
}

function drawingOf({ terminal }: CommandContext, flags: VerifyFlags, { target }: VerifySession): Drawing {
  return { colour: terminal.outColour, columns: terminal.outColumns, all: flags.all === true, target: target.flag };
}

async function ending(
  context: CommandContext,
  flags: VerifyFlags,
  session: VerifySession,
  seen: Look,
  fixed: Fixed | undefined,
): Promise<CommandResult<VerifyResult>> {
  const causes = causesAmong(seen.results, session.order);
  const report = reportOf(
    session,
    seen,
    causes.map(({ check }) => check.id),
  );
  const written = await writeReports(context, flags, session, seen, report);
  for (const line of written) context.terminal.note(line);
  if (context.debug) context.terminal.note(`${seen.requests} requests to the org, ${seen.durationMs} ms`, true);
  const counts = countsOf(seen.results);
  const failed = counts.fail + counts.crash > 0 || (flags.strict === true && counts.warn > 0);
  const drawing = drawingOf(context, flags, session);
  const details = causes.length === 0 ? [] : ['', detailsText(causes, drawing)];
  const next = nextText(session.symptom, drawing);
  return {
    status: failed ? 'error' : 'ok',
    exitCode: failed ? exitCodes.failed : exitCodes.done,
    result: resultOf(session, seen, causes, fixed),
    warnings: fixed?.warnings ?? [],
    text: [...(context.terminal.quiet ? [] : [...details, ...next]), '', summaryText(seen.results, causes, drawing)]
      .join('\n')
      .trimStart(),
    // People read the findings; a program gets its error code beside them.
    ...(failed && flags.json === true ? { error: failure(causes, session) } : {}),
  };
}

function failure(causes: readonly Result[], { target }: VerifySession): OpencxError {
  const [first] = causes;
  return new OpencxError('CHECKS_FAILED', {
    message: `${causes.length} ${causes.length === 1 ? 'check does' : 'checks do'} not hold; first ${first?.check.id ?? ''}: ${first?.finding.summary ?? ''}`,
    details: { causes: causes.map(({ check }) => check.id) },
    nextSteps: (first?.finding.remedy ?? []).map(({ text, command, url }) =>
      [
        text,
        ...(command === undefined ? [] : [withTarget(command, target.flag)]),
        ...(url === undefined ? [] : [url]),
      ].join(' '),
    ),
  });
}

/** A remedy whose command means the same org. */
function withTargetIn(remedy: Remedy, target: string): Remedy {
  return remedy.command === undefined ? remedy : { ...remedy, command: withTarget(remedy.command, target) };
}

function resultOf(
  { target, symptom }: VerifySession,
  seen: Look,
  causes: readonly Result[],
  fixed: Fixed | undefined,
): VerifyResult {
  const { id, name, kind, edition, instanceUrl } = target.org.identity;
  return {
    organization: { id, name, kind, edition, instanceUrl },
    apiVersion: target.org.apiVersion,
    requests: seen.requests,
    durationMs: seen.durationMs,
    ...(symptom === undefined
      ? {}
      : {
          symptom: {
            id: symptom.id,
            title: symptom.title,
            next: (symptom.next ?? []).map((remedy) => withTargetIn(remedy, target.flag)),
          },
        }),
    causes: causes.map(({ check }) => check.id),
    counts: countsOf(seen.results),
    findings: seen.results.map(({ check, finding, durationMs }) => ({
      id: check.id,
      title: check.title,
      group: check.group,
      ...finding,
      evidence: [...finding.evidence],
      remedy: finding.remedy.map((remedy) => withTargetIn(remedy, target.flag)),
      durationMs,
    })),
    ...(fixed === undefined ? {} : { fixed: fixed.outcomes.map(({ id: step, status }) => ({ step, status })) }),
  };
}

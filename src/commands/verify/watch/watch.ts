import { resolve } from 'node:path';

import { projectFileName } from '../../../config/load-config.ts';
import type { Result } from '../../../diagnose/run/run-checks.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { parseDuration } from '../../duration.ts';
import { fileBell } from './file-bell.ts';
import type { VerifyFlags } from '../flags.ts';
import { postIncident } from './post-incident.ts';
import { countsOf } from '../present-findings.ts';
import type { VerifyChange } from '../result-schema.ts';
import { look, verifyConfig, type VerifySession } from '../verify-session.ts';
import { changesSince, startOfWatch, type WatchState } from './watch-changes.ts';

/** Orgs count requests; more often than this nobody needs to know. */
const leastIntervalMs = 5000;

/**
 * Runs the checks again and again until Ctrl-C: at each interval, and when the configuration file changes. One line a change;
 * the first run shows what is not as it should be.
 */
export async function watchChecks(
  context: CommandContext,
  flags: VerifyFlags,
  session: VerifySession,
): Promise<CommandResult<VerifyChange>> {
  const intervalMs = parseDuration(flags.interval, '--interval', 's');
  if (intervalMs < leastIntervalMs) {
    throw new OpencxError('USAGE', { message: '--interval takes 5s or more: each run asks the org a dozen times.' });
  }
  const bell = fileBell(resolve(context.cwd, flags.config ?? projectFileName));
  context.onEnd(async () => bell.stop());
  let state = startOfWatch;
  let { config } = session;
  try {
    for (;;) {
      const uncounted = session.target.org.requests();
      const { results } = await look(context, flags, { ...session, config }, session.selected, { uncounted });
      state = await tell(context, flags, session, changesSince(state, results, context.clock.now()));
      if (state.runs === 1) sayBeginning(context, results, intervalMs);
      if (await bell.rungWithin(intervalMs, context)) config = await verifyConfig(context, flags);
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
    return ended(context);
  }
}

/** Says what has changed, here and at the incident hook. */
async function tell(
  context: CommandContext,
  { webhook }: VerifyFlags,
  { target }: VerifySession,
  { state, changes }: { state: WatchState; changes: readonly VerifyChange[] },
): Promise<WatchState> {
  for (const change of changes) say(context, change);
  if (webhook === undefined || changes.length === 0 || state.runs === 1) return state;
  const clean = context.terminal.redactor.redactValue(changes) as VerifyChange[];
  const problem = await postIncident(webhook, target.org.identity, clean, context.signal);
  // A hook that does not answer is said, and the watching goes on.
  if (problem !== undefined) context.terminal.note(`The incident hook did not take it: ${problem}`, true);
  return state;
}

function say({ terminal }: CommandContext, change: VerifyChange): void {
  if (terminal.json) {
    terminal.document({ schemaVersion: 1, status: 'ok', result: change, warnings: [] }, true);
    return;
  }
  const was = change.before === undefined ? '' : ` (was ${change.before})`;
  terminal.result(
    `${change.at.slice(11, 19)} ${change.status.padEnd(5)} ${change.id}  ${safeText(change.summary)}${was}`,
  );
}

function sayBeginning({ terminal }: CommandContext, results: readonly Result[], intervalMs: number): void {
  const { pass, skip } = countsOf(results);
  terminal.note(
    `${pass} of ${results.length - skip} checks pass. Looking again every ${intervalMs / 1000} s; Ctrl-C ends it.`,
  );
}

/** Ctrl-C is how a watch ends. */
function ended({ clock }: CommandContext): CommandResult<VerifyChange> {
  const at = new Date(clock.now()).toISOString();
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: { at, id: 'watch', status: 'ended', summary: 'Stopped watching.' },
    warnings: [],
    streamed: true,
    text: '',
  };
}

import { exitCodes } from '../../errors/exit-codes.ts';
import { followLogs, type FollowEvent } from '../../diagnose/logs/follow-logs.ts';
import { logsPerLook, type LogWish } from '../../diagnose/logs/read-logs.ts';
import { openTraceHold, type Trace, type TraceRelease } from '../../diagnose/logs/trace-flag.ts';
import type { Org } from '../../salesforce/org.ts';
import type { Envelope } from '../../terminal/envelope.ts';
import { safeText } from '../../terminal/safe-text.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { readerGone } from '../streaming/reader-gone.ts';
import { counted, entryJson, noLogs, traceJson } from './log-json.ts';
import { countsText, entryPresenter, levelWarnings, traceNote } from './present-logs.ts';
import type { LogsResult } from './result-schema.ts';

export interface Tail {
  user: { id: string; username: string };
  wish: LogWish;
  /** Milliseconds since 1970. */
  since: number;
  /** Whether the user is kept traced. */
  trace: boolean;
}

/**
 * `logs --tail`: until Ctrl-C, which is its regular end, or until nobody reads what it writes. Whatever the end, the trace flag
 * is taken back before it.
 */
export async function tailLogs(
  context: CommandContext,
  org: Org,
  { user, wish, since, trace }: Tail,
): Promise<CommandResult<LogsResult>> {
  const hold = trace ? openTraceHold(org, user.id) : undefined;
  const signal = AbortSignal.any([context.signal, readerGone(context)]);
  let logs = noLogs;
  const show = eventShower(context, org, user);
  let release: TraceRelease = { outcome: 'untouched', problems: [] };
  if (hold === undefined) show.following(undefined);
  try {
    for await (const event of followLogs(org, wish, { since, hold, signal })) {
      show.event(event);
      if (event.kind === 'log') logs = counted(logs, event.log);
    }
  } finally {
    release = (await hold?.release()) ?? release;
    show.released(release);
  }
  context.terminal.note(countsText(logs, user.username));
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: { event: 'stopped', user, logs, released: release.outcome },
    warnings: [],
    streamed: true,
    text: '',
  };
}

interface EventShower {
  /** Says that logs are followed, and by which flag. */
  following: (trace: Trace | undefined) => void;
  event: (event: FollowEvent) => void;
  released: (release: TraceRelease) => void;
}

function eventShower({ terminal, clock }: CommandContext, org: Org, user: Tail['user']): EventShower {
  const present = entryPresenter(terminal, () => clock.now());
  const send = (result: LogsResult, warnings: readonly string[] = []) =>
    terminal.document({ schemaVersion: 1, status: 'ok', result, warnings } satisfies Envelope, true);
  const warn = (text: string) => terminal.note(`${terminal.errColour.yellow('Warning')} ${safeText(text)}`, true);
  const following = (trace: Trace | undefined) => {
    if (terminal.json) send({ event: 'tailing', user, traceFlag: traceJson(trace) }, levelWarnings(trace));
    terminal.note(
      trace === undefined
        ? `Following the logs of ${user.username}; no trace flag is set (--no-trace). Ctrl-C ends.`
        : `${traceNote(trace, user.username, clock.now())} Ctrl-C ends${trace.origin === 'found' ? '' : ' and takes that back'}.`,
    );
    for (const warning of levelWarnings(trace)) warn(warning);
  };
  return {
    following,
    event(event) {
      switch (event.kind) {
        case 'trace':
          following(event.trace);
          return;
        case 'log':
          if (event.log.isCut) warn(`Salesforce has removed lines of log ${event.log.id}: one has at most 20 MB.`);
          for (const entry of event.log.entries) {
            const json = entryJson(entry, org.identity.instanceUrl);
            if (terminal.json) send({ event: 'entry', entry: json });
            else terminal.result(present(json));
          }
          return;
        case 'too-many':
          warn(`Only the newest ${logsPerLook} logs of one look are read.`);
          return;
        case 'trouble':
          terminal.note(
            `The org did not answer; asking again, ${event.attempt} of ${event.budget}. ${safeText(event.message).slice(0, 200)}`,
          );
      }
    },
    released({ outcome, problems }) {
      if (outcome === 'removed') terminal.note('The trace flag is removed.');
      if (outcome === 'put-back') terminal.note('The trace flag has its own end again.');
      for (const problem of problems)
        warn(`Not everything could be taken back; a trace flag expires by itself. ${problem}`);
    },
  };
}

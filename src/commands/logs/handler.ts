import { exitCodes } from '../../errors/exit-codes.ts';
import { ourApex } from '../../diagnose/logs/our-lines.ts';
import { listLogs, logsPerLook, readLogs, type LogWish } from '../../diagnose/logs/read-logs.ts';
import { liveFlag, orgTime, readTraceFlags } from '../../diagnose/logs/trace-flag-rows.ts';
import { openTraceHold, type Trace } from '../../diagnose/logs/trace-flag.ts';
import type { Org } from '../../salesforce/org.ts';
import { startProgress } from '../../terminal/progress.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { loadSettings, type FlagMapping } from '../load-settings.ts';
import { withLocalDefaults } from '../setup/local-defaults.ts';
import { openTarget } from '../target/open-target.ts';
import { targetFlags, targetName } from '../target/target-flags.ts';
import type { LogsFlags } from './flags.ts';
import { counted, entryJson, noLogs, traceJson } from './log-json.ts';
import { findUser, logsRequest } from './logs-request.ts';
import { clockTime } from '../streaming/clock-time.ts';
import { countsText, entryPresenter, levelWarnings, traceNote } from './present-logs.ts';
import type { LogEntryJson, LogsResult } from './result-schema.ts';
import { tailLogs } from './tail.ts';

const mappings: readonly FlagMapping[] = [...targetFlags, { flag: 'user', path: ['blueprint', 'integrationUsername'] }];

/** `logs`: debug logs of a user, read once or followed. */
export async function logsHandler(context: CommandContext, flags: LogsFlags): Promise<CommandResult<LogsResult>> {
  const loaded = await loadSettings(context, flags, mappings);
  const config = targetName(context, loaded.config) === 'local' ? withLocalDefaults(loaded) : loaded.config;
  const request = logsRequest(context, flags, config);
  context.terminal.redactor.addSecret(config.blueprint.webhookUrl);
  const { org } = await openTarget(context, flags, config);
  const user = await findUser(org, request.username);
  const since = orgTime(org) - request.sinceMs;
  const wish: LogWish = {
    userId: user.id,
    names: ourApex(config.blueprint.names),
    all: flags.all === true,
    ...(request.pattern === undefined ? {} : { pattern: request.pattern }),
  };
  if (flags.tail === true) return await tailLogs(context, org, { user, wish, since, trace: flags.trace !== false });
  // The flag first: what is logged from now on is not read now, and must not be missed either.
  const trace = await traceOnce(org, user.id, request.traceMs);
  return await listed(context, org, { user, wish, since, trace });
}

/** The live flag of the user as it is, or one that lives for as long as was asked. */
async function traceOnce(org: Org, userId: string, traceMs: number | undefined): Promise<Trace | undefined> {
  if (traceMs !== undefined) return await openTraceHold(org, userId).keep(traceMs, traceMs);
  const flag = liveFlag(await readTraceFlags(org, userId), orgTime(org));
  return flag === undefined ? undefined : { flag, origin: 'found' };
}

interface Listing {
  user: { id: string; username: string };
  wish: LogWish;
  since: number;
  trace: Trace | undefined;
}

async function listed(
  context: CommandContext,
  org: Org,
  { user, wish, since, trace }: Listing,
): Promise<CommandResult<LogsResult>> {
  const { terminal, clock } = context;
  const rows = await listLogs(org, user.id, since);
  const entries: LogEntryJson[] = [];
  let logs = noLogs;
  let cut = 0;
  const progress = await startProgress(terminal);
  try {
    if (rows.length > 0) progress.update(`Reading ${rows.length} debug logs`);
    for await (const log of readLogs(org, rows, wish, context.signal)) {
      entries.push(...log.entries.map((entry) => entryJson(entry, org.identity.instanceUrl)));
      logs = counted(logs, log);
      if (log.isCut) cut += 1;
    }
  } finally {
    progress.stop();
  }
  const now = clock.now();
  terminal.note(`Since ${clockTime(since, now)}: ${countsText(logs, user.username)}`);
  terminal.note(
    trace === undefined
      ? 'No trace flag is live, so nothing new is being logged: --tail or --trace <minutes> sets one.'
      : traceNote(trace, user.username, now),
  );
  const present = entryPresenter(terminal, () => now);
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: { entries, user, traceFlag: traceJson(trace), logs },
    warnings: [
      ...levelWarnings(trace),
      ...(rows.length === logsPerLook
        ? [`Only the newest ${logsPerLook} logs were read: give a shorter --since.`]
        : []),
      ...(cut === 0 ? [] : [`Salesforce has removed lines of ${cut} of these logs: one has at most 20 MB.`]),
    ],
    text: entries.map(present).join('\n'),
  };
}

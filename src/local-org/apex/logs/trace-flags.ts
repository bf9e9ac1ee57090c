import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { toId18 } from '../../store/record-id.ts';
import { logCategoryNames, logLevelNamed } from './log-levels.ts';
import type { LogLevels } from './log-levels.ts';

/** Where a kept log counts to: `SystemLog` for 24 hours, `Monitoring` for seven days (Tooling API, `ApexLog.Location`). */
export type LogLocation = 'SystemLog' | 'Monitoring';

/** What makes a user's transactions be logged and kept. */
export interface Trace {
  readonly levels: LogLevels;
  readonly location: LogLocation;
}

/** Kinds of trace flags that cause logs; `CLASS_TRACING` alone causes none. The first that is live decides. */
const kinds = [
  ['DEVELOPER_LOG', 'SystemLog'],
  ['USER_DEBUG', 'Monitoring'],
] as const;

/** The trace flag under which a user's transactions run at a moment; undefined if there is none. */
export function traceOf(org: OrgState, userId: string, now: Date): Trace | undefined {
  const flags = org.records.find('TraceFlag', { TracedEntityId: toId18(userId) ?? userId });
  for (const [logType, location] of kinds) {
    const flag = flags.find((row) => row['LogType'] === logType && isLive(row, now));
    const debugLevel = flag === undefined ? undefined : org.records.get('DebugLevel', fieldText(flag['DebugLevelId']));
    if (debugLevel !== undefined) return { levels: levelsOf(debugLevel), location };
  }
  return undefined;
}

/**
 * Levels a user's transactions are logged at: those of a live trace flag, else those that the request itself asks for
 * (Apex Developer Guide, "Debug Log Order of Precedence").
 * @param requested of the request's DebuggingHeader
 * @returns undefined if nobody wants a log
 */
export function levelsFor(org: OrgState, userId: string, now: Date, requested?: LogLevels): LogLevels | undefined {
  return traceOf(org, userId, now)?.levels ?? requested;
}

function isLive(flag: StoredRecord, now: Date): boolean {
  const from = Date.parse(fieldText(flag['StartDate'] ?? flag['CreatedDate']));
  const until = Date.parse(fieldText(flag['ExpirationDate']));
  return from <= now.getTime() && now.getTime() < until;
}

function levelsOf(debugLevel: StoredRecord): LogLevels {
  return Object.fromEntries(
    logCategoryNames.map((category) => [category, logLevelNamed(fieldText(debugLevel[category])) ?? 'NONE']),
  );
}

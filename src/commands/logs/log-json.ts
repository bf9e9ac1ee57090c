import type { LogEntry } from '../../diagnose/logs/log-entry.ts';
import type { ReadLog } from '../../diagnose/logs/read-logs.ts';
import type { Trace } from '../../diagnose/logs/trace-flag.ts';
import { setupUrl } from '../../provision/org/setup-url.ts';
import { safeText } from '../../terminal/safe-text.ts';
import type { LogCounts, LogEntryJson, TraceFlagJson } from './result-schema.ts';

/** An entry as `--json` has it: what customers wrote is made harmless. */
export function entryJson(entry: LogEntry, instanceUrl: string): LogEntryJson {
  return {
    time: new Date(entry.time).toISOString(),
    logId: entry.logId,
    unit: safeText(entry.unit),
    event: entry.event,
    ...(entry.line === undefined ? {} : { line: entry.line }),
    ...(entry.level === undefined ? {} : { level: safeText(entry.level) }),
    text: safeText(entry.text),
    errors: entry.errors.map(({ code, meaning, mend, setupPage }) => ({
      code,
      meaning,
      mend,
      ...(setupPage === undefined ? {} : { setupUrl: setupUrl(instanceUrl, setupPage) }),
    })),
  };
}

export function traceJson(trace: Trace | undefined): TraceFlagJson {
  if (trace === undefined) return null;
  const { id, expires, debugLevel } = trace.flag;
  return { id, expires: new Date(expires).toISOString(), debugLevel: safeText(debugLevel), origin: trace.origin };
}

/** Counts one more log. */
export function counted(counts: LogCounts, { hasOurApex, ourUnits }: ReadLog): LogCounts {
  const units = new Set([...counts.ourUnits, ...ourUnits.map(safeText)]);
  return {
    read: counts.read + 1,
    withOurApex: counts.withOurApex + (hasOurApex ? 1 : 0),
    ourUnits: [...units].sort(),
  };
}

export const noLogs: LogCounts = { read: 0, withOurApex: 0, ourUnits: [] };

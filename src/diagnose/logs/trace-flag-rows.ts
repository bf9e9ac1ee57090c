import { quoted } from '../../provision/org/soql-literal.ts';
import type { Org } from '../../salesforce/org.ts';

/** A trace flag of a user, with its times in milliseconds since 1970. */
export interface TraceFlag {
  /** `7tf…` */
  id: string;
  /** Undefined: since it was made. */
  start: number | undefined;
  expires: number;
  debugLevelId: string;
  debugLevel: string;
  /** Level of the category Apex Code, e.g. `DEBUG`; `NONE` logs nothing of Apex. */
  apexCode: string;
}

interface TraceFlagRow {
  Id: string;
  StartDate: string | null;
  ExpirationDate: string;
  DebugLevelId: string | null;
  DebugLevel: { DeveloperName: string; ApexCode: string } | null;
}

/** The org's time, in milliseconds since 1970: the clock of this machine may differ from the one that flags expire by. */
export function orgTime(org: Org): number {
  return org.clock.now() - (org.clockAhead() ?? 0);
}

/**
 * The trace flags of a user that have not expired, the longest-lived first. A flag of the Developer Console (`DEVELOPER_LOG`)
 * makes logs as one of Setup (`USER_DEBUG`) does.
 */
export async function readTraceFlags(org: Org, userId: string): Promise<TraceFlag[]> {
  const rows = await org.toolingQuery<TraceFlagRow>(
    `SELECT Id, StartDate, ExpirationDate, DebugLevelId, DebugLevel.DeveloperName, DebugLevel.ApexCode FROM TraceFlag WHERE TracedEntityId = ${quoted([userId])} AND LogType IN ('USER_DEBUG', 'DEVELOPER_LOG')`,
    'reading trace flags',
  );
  return rows
    .map((row) => ({
      id: row.Id,
      start: row.StartDate === null ? undefined : Date.parse(row.StartDate),
      expires: Date.parse(row.ExpirationDate),
      debugLevelId: row.DebugLevelId ?? '',
      debugLevel: row.DebugLevel?.DeveloperName ?? '',
      apexCode: row.DebugLevel?.ApexCode ?? 'NONE',
    }))
    .filter(({ expires }) => expires > orgTime(org))
    .sort((one, other) => other.expires - one.expires);
}

/** The one that makes logs at a moment, if one does. */
export function liveFlag(flags: readonly TraceFlag[], now: number): TraceFlag | undefined {
  return flags.find(({ start, expires }) => (start ?? now) <= now && now < expires);
}

/** A time as the API takes it, in whole seconds: Salesforce keeps no fractions, and what was written is compared later. */
export function apiTime(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString();
}

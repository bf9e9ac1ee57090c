import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { fieldText } from '../../state/field-text.ts';
import { publishLog } from '../../streaming/system-topics.ts';
import { deleteLogBody, putLogBody } from './log-bodies.ts';
import type { RecordingLog } from './recording-log.ts';
import { traceOf } from './trace-flags.ts';
import type { LogLocation } from './trace-flags.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

/** What an `ApexLog` row tells of its transaction. */
export interface LogFacts {
  readonly userId: string;
  /** The path or the operation that was called, e.g. `/services/data/v66.0/tooling/executeAnonymous`. */
  readonly operation: string;
  readonly request: 'Api' | 'Application';
  /** e.g. `Unknown`, `Browser`. */
  readonly application: string;
  readonly durationMs: number;
  /** `Success`, or the message of what was thrown. */
  readonly status: string;
}

/** What an org keeps (Salesforce Help, "Debug Logs"): 1,000 MB of logs, the oldest going first. */
const maximumBytes = 1000 * 1024 * 1024;
const hour = 3_600_000;
const keptMs: Readonly<Record<LogLocation, number>> = { SystemLog: 24 * hour, Monitoring: 7 * 24 * hour };

/**
 * Keeps the log of a transaction that has ended, if a trace flag of its user was live when it began; tells those who
 * listen, and removes logs that are too old or too many. A transaction that was rolled back has its log too: to be called
 * after the rollback.
 * @returns id of the `ApexLog` row; undefined where no trace flag asks for it
 */
export function storeLog(org: OrgState, log: RecordingLog, facts: LogFacts): string | undefined {
  const startTime = new Date(org.now().getTime() - facts.durationMs);
  const trace = traceOf(org, facts.userId, startTime);
  if (trace === undefined) return undefined;
  const body = log.text();
  const id = org.transaction(() => {
    const row = org.records.insert(
      'ApexLog',
      {
        Application: facts.application,
        DurationMilliseconds: Math.round(facts.durationMs),
        Location: trace.location,
        LogLength: Buffer.byteLength(body),
        LogUserId: facts.userId,
        Operation: facts.operation,
        Request: facts.request,
        StartTime: storedDatetime(startTime),
        Status: facts.status.slice(0, 255),
      },
      facts.userId,
    );
    putLogBody(org, row.Id, body);
    removeOldLogs(org, row.Id);
    return row.Id;
  });
  publishLog(org, id);
  return id;
}

function removeOldLogs(org: OrgState, newest: string): void {
  const logs = org.records.all('ApexLog');
  const sizeOf = (row: StoredRecord): number => Number(row['LogLength'] ?? 0);
  let total = logs.reduce((sum, row) => sum + sizeOf(row), 0);
  for (const row of logs) {
    const kept = row['Location'] === 'SystemLog' ? keptMs.SystemLog : keptMs.Monitoring;
    const isOld = org.now().getTime() - Date.parse(fieldText(row['StartTime'])) > kept;
    if (row.Id === newest || (!isOld && total <= maximumBytes)) continue;
    org.records.delete('ApexLog', row.Id);
    org.records.purge(row.Id);
    deleteLogBody(org, row.Id);
    total -= sizeOf(row);
  }
}

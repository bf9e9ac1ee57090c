import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { logEvents } from './log-events.ts';
import type { LogLevels } from './log-levels.ts';
import { openDebugLog } from './recording-log.ts';
import type { RecordingLog } from './recording-log.ts';
import { timeZoneNames } from './time-zone.ts';

/** A transaction that is to be logged. */
export interface LoggedTransaction {
  readonly userId: string;
  readonly levels: LogLevels;
  /** Absent: the org's own. */
  readonly apiVersion?: string;
  readonly anonymousSource?: string;
}

/** Opens the log of a transaction: its head, who runs it, and that it has started. */
export function openTransactionLog(org: OrgState, transaction: LoggedTransaction): RecordingLog {
  const { userId, levels, apiVersion = org.settings.apiVersion, anonymousSource } = transaction;
  const user = org.records.get('User', userId);
  const timeZone = fieldText(user?.['TimeZoneSidKey']) || 'GMT';
  const log = openDebugLog(levels, org.now, { apiVersion, timeZone, anonymousSource });
  const { label, offset } = timeZoneNames(timeZone, org.now());
  const username = fieldText(user?.['Username']);
  log.add('ApexCode', 'ERROR', 'USER_INFO', '[EXTERNAL]', userId.slice(0, 15), username, label, offset);
  logEvents.executionStarted(log);
  return log;
}

import type { OrgState } from '../../state/org-state.ts';
import { noLog } from '../run/debug-log.ts';
import type { DebugLog } from '../run/debug-log.ts';
import { logEvents } from './log-events.ts';
import type { Usage } from './log-events.ts';
import type { LogLevels } from './log-levels.ts';
import { storeLog } from './store-log.ts';
import type { LogFacts } from './store-log.ts';
import { levelsFor } from './trace-flags.ts';
import { openTransactionLog } from './transaction-log.ts';

/** How a transaction ended, as far as its log tells. */
export interface TransactionEnd {
  readonly usage?: Usage;
  /** Of what nothing caught: places, innermost first, one a line. */
  readonly stackTrace?: string | undefined;
}

/** The log of a transaction, if somebody asks for one. */
export interface TransactionLog {
  readonly debugLog: DebugLog;
  /**
   * Ends the log and keeps it where a trace flag asks for it; to be called when the transaction is over.
   * @param status `Success`, or what was thrown: `System.NullPointerException: …`
   * @returns the log's body, for a request that asked for it
   */
  close(status: string, end?: TransactionEnd): string | undefined;
}

/** A transaction that may be logged. */
export interface LoggableTransaction extends Pick<LogFacts, 'userId' | 'operation' | 'request'> {
  /** Levels that the request itself asks for. */
  readonly requested?: LogLevels | undefined;
  readonly apiVersion?: string;
  readonly anonymousSource?: string;
  /** Name of the code unit that the whole transaction is, if it is one. */
  readonly codeUnit?: string;
}

/** Opens the log that the request or a trace flag of the user asks for. */
export function openLog(org: OrgState, transaction: LoggableTransaction): TransactionLog {
  const { userId, operation, request, requested, codeUnit, ...head } = transaction;
  const start = org.now();
  const levels = levelsFor(org, userId, start, requested);
  if (levels === undefined) return { debugLog: noLog, close: () => undefined };
  const log = openTransactionLog(org, { userId, levels, ...head });
  if (codeUnit !== undefined) logEvents.codeUnitStarted(log, codeUnit);
  return {
    debugLog: log,
    close(status, { usage, stackTrace } = {}) {
      if (stackTrace !== undefined) logEvents.fatalError(log, status, stackTrace);
      if (usage !== undefined) logEvents.limitUsage(log, usage);
      if (codeUnit !== undefined) logEvents.codeUnitFinished(log, codeUnit);
      logEvents.executionFinished(log);
      const durationMs = org.now().getTime() - start.getTime();
      const outcome = messageOf(log.fatalError() ?? status);
      storeLog(org, log, { userId, operation, request, application: 'Unknown', durationMs, status: outcome });
      return requested === undefined ? undefined : log.text();
    },
  };
}

/** `ApexLog.Status` has the message of an exception without its type. */
function messageOf(thrown: string): string {
  return thrown.replace(/^[\w.]+: /, '');
}

/**
 * Opens the log of a job, if a trace flag of its user asks for one.
 * @param operation as ApexLog names it, e.g. `future`, `queueable`
 */
export function openLogOf(org: OrgState, userId: string, operation: string): TransactionLog {
  return openLog(org, { userId, operation, request: 'Application' });
}

import { logEvents } from '../logs/log-events.ts';
import type { Usage } from '../logs/log-events.ts';
import type { RecordingLog } from '../logs/recording-log.ts';
import { storeLog } from '../logs/store-log.ts';
import { levelsFor } from '../logs/trace-flags.ts';
import { openTransactionLog } from '../logs/transaction-log.ts';
import type { DebugLog } from '../run/debug-log.ts';
import { noLog } from '../run/debug-log.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { TestClass } from './test-classes.ts';

/** The log of one test method. */
export interface TestLog {
  readonly debugLog: DebugLog;
  /** @param message of what nothing caught; undefined if it passed */
  end(usage: Usage, message: string | undefined, stackTrace: string | undefined): void;
}

/** Debug logs of test methods. */
export interface TestLogs {
  open(testClass: TestClass, methodName: string): TestLog;
}

export const noTestLogs: TestLogs = { open: () => ({ debugLog: noLog, end: () => undefined }) };

interface EndedLog {
  readonly log: RecordingLog;
  readonly durationMs: number;
  readonly status: string;
}

/** Who runs the tests, and how `ApexLog.Operation` names that. */
interface Runner {
  readonly userId: string;
  readonly operation: string;
}

function keyOf(testClass: TestClass, methodName: string): string {
  return `${testClass.symbol.name}.${methodName}`.toLowerCase();
}

/** Writes a debug log for each test method, where a trace flag of the user asks for it. */
export class KeptTestLogs implements TestLogs {
  readonly #org: OrgState;
  readonly #runner: Runner;
  readonly #ended = new Map<string, EndedLog>();

  constructor(org: OrgState, runner: Runner) {
    this.#org = org;
    this.#runner = runner;
  }

  open(testClass: TestClass, methodName: string): TestLog {
    const org = this.#org;
    const { userId } = this.#runner;
    const start = org.now();
    const levels = levelsFor(org, userId, start);
    if (levels === undefined) return noTestLogs.open(testClass, methodName);
    const log = openTransactionLog(org, { userId, levels });
    const unit = `${testClass.symbol.name}.${methodName}()`;
    logEvents.codeUnitStarted(log, testClass.id, unit);
    return {
      debugLog: log,
      end: (usage, message, stackTrace) => {
        if (message !== undefined) logEvents.fatalError(log, message, stackTrace ?? '');
        logEvents.limitUsage(log, usage);
        logEvents.codeUnitFinished(log, unit);
        logEvents.executionFinished(log);
        const durationMs = org.now().getTime() - start.getTime();
        this.#ended.set(keyOf(testClass, methodName), { log, durationMs, status: message ?? 'Success' });
      },
    };
  }

  /**
   * Keeps the log of a method; to be called once what the test did has been rolled back.
   * @returns id of the `ApexLog` row; undefined if there is none
   */
  store(testClass: TestClass, methodName: string): string | undefined {
    const key = keyOf(testClass, methodName);
    const ended = this.#ended.get(key);
    if (ended === undefined) return undefined;
    this.#ended.delete(key);
    const { log, durationMs, status } = ended;
    return storeLog(this.#org, log, { ...this.#runner, request: 'Api', application: 'Unknown', durationMs, status });
  }
}

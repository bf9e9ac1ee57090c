import type { DebugLog, LogLevel } from '../run/debug-log.ts';
import type { LimitCounters, LimitName } from '../run/limits.ts';

/** What a transaction has used so far. */
export interface Usage {
  readonly limits: LimitCounters;
  readonly cpuMs: number;
  /** Absent: not measured, which the log shows as 0, as the platform does for transactions that use little. */
  readonly heapBytes?: number;
}

/** Where an event of the platform itself happens; others say `[line]`. */
const external = '[EXTERNAL]';

/**
 * What a transaction and its parts write into its log, with category and level as the platform has them (Apex Developer
 * Guide, "Debug Log Levels"). `line` is 1-based.
 */
export const logEvents = {
  executionStarted(log: DebugLog): void {
    log.add('ApexCode', 'ERROR', 'EXECUTION_STARTED');
  },
  executionFinished(log: DebugLog): void {
    log.add('ApexCode', 'ERROR', 'EXECUTION_FINISHED');
  },
  /**
   * @param names what the unit is, e.g. `execute_anonymous_apex`, or the id of a trigger and
   * `MyTrigger on Case trigger event BeforeInsert`
   */
  codeUnitStarted(log: DebugLog, ...names: readonly string[]): void {
    log.add('ApexCode', 'ERROR', 'CODE_UNIT_STARTED', external, ...names);
  },
  codeUnitFinished(log: DebugLog, ...names: readonly string[]): void {
    log.add('ApexCode', 'ERROR', 'CODE_UNIT_FINISHED', ...names);
  },
  /** `System.debug`: the text may run over many lines. */
  userDebug(log: DebugLog, line: number, level: LogLevel, text: string): void {
    log.add('ApexCode', level, 'USER_DEBUG', `[${line}]`, level, text);
  },
  /** @param text `System.NullPointerException: Attempt to de-reference a null object` */
  exceptionThrown(log: DebugLog, line: number, text: string): void {
    log.add('ApexCode', 'INFO', 'EXCEPTION_THROWN', `[${line}]`, text);
  },
  /** What nothing caught. @param stackTrace one place a line */
  fatalError(log: DebugLog, text: string, stackTrace: string): void {
    log.add('ApexCode', 'ERROR', 'FATAL_ERROR', `${text}\n\n${stackTrace}`);
  },
  queryBegun(log: DebugLog, line: number, aggregations: number, query: string): void {
    log.add('Database', 'INFO', 'SOQL_EXECUTE_BEGIN', `[${line}]`, `Aggregations:${aggregations}`, query);
  },
  queryEnded(log: DebugLog, line: number, rows: number): void {
    log.add('Database', 'INFO', 'SOQL_EXECUTE_END', `[${line}]`, `Rows:${rows}`);
  },
  /** @param operation `Insert`, `Update`, `Upsert`, `Delete`, … */
  dmlBegun(log: DebugLog, line: number, operation: string, sobject: string, rows: number): void {
    log.add('Database', 'INFO', 'DML_BEGIN', `[${line}]`, `Op:${operation}`, `Type:${sobject}`, `Rows:${rows}`);
  },
  dmlEnded(log: DebugLog, line: number): void {
    log.add('Database', 'INFO', 'DML_END', `[${line}]`);
  },
  /** @param request `System.HttpRequest[Endpoint=https://example.com, Method=GET]` */
  calloutRequest(log: DebugLog, line: number, request: string): void {
    log.add('Callout', 'INFO', 'CALLOUT_REQUEST', `[${line}]`, request);
  },
  /** @param response `System.HttpResponse[Status=OK, StatusCode=200]` */
  calloutResponse(log: DebugLog, line: number, response: string): void {
    log.add('Callout', 'INFO', 'CALLOUT_RESPONSE', `[${line}]`, response);
  },
  /** What the transaction used of its limits: a block of lines. */
  limitUsage(log: DebugLog, usage: Usage): void {
    log.add('ApexProfiling', 'INFO', 'CUMULATIVE_LIMIT_USAGE');
    log.add('ApexProfiling', 'INFO', 'LIMIT_USAGE_FOR_NS', '(default)', usageBlock(usage));
    log.add('ApexProfiling', 'INFO', 'CUMULATIVE_LIMIT_USAGE_END\n');
  },
} as const;

const numbersBefore = [
  ['Number of SOQL queries', 'Queries'],
  ['Number of query rows', 'QueryRows'],
  ['Number of SOSL queries', 'SoslQueries'],
  ['Number of DML statements', 'DmlStatements'],
  ['Number of Publish Immediate DML', 'PublishImmediateDML'],
  ['Number of DML rows', 'DmlRows'],
] as const satisfies readonly (readonly [string, LimitName])[];

const numbersAfter = [
  ['Number of callouts', 'Callouts'],
  ['Number of Email Invocations', 'EmailInvocations'],
  ['Number of future calls', 'FutureCalls'],
  ['Number of queueable jobs added to the queue', 'QueueableJobs'],
  ['Number of Mobile Apex push calls', 'MobilePushApexCalls'],
] as const satisfies readonly (readonly [string, LimitName])[];

function usageBlock({ limits, cpuMs, heapBytes = 0 }: Usage): string {
  const counted = ([words, name]: readonly [string, LimitName]): string =>
    `${words}: ${limits.used(name)} out of ${limits.ceiling(name)}`;
  const lines = [
    ...numbersBefore.map(counted),
    `Maximum CPU time: ${Math.round(cpuMs)} out of ${limits.ceilings.cpuMs}`,
    `Maximum heap size: ${heapBytes} out of ${limits.ceilings.heapBytes}`,
    ...numbersAfter.map(counted),
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

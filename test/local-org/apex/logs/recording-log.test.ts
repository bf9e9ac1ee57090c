import { describe, expect, test } from 'vitest';

import { logEvents } from '../../../../src/local-org/apex/logs/log-events.ts';
import { openDebugLog } from '../../../../src/local-org/apex/logs/recording-log.ts';
import type { LogHead } from '../../../../src/local-org/apex/logs/recording-log.ts';
import { timeZoneNames } from '../../../../src/local-org/apex/logs/time-zone.ts';
import { ceilingsOf, LimitCounters } from '../../../../src/local-org/apex/run/limits.ts';

const head: LogHead = { apiVersion: '66.0', timeZone: 'GMT' };
const everything = { ApexCode: 'FINEST', ApexProfiling: 'FINEST', Callout: 'FINEST', Database: 'FINEST' } as const;

/** A clock that goes on by so many milliseconds whenever it is looked at. */
function clockFrom(start: string, stepMs: number): () => Date {
  let time = Date.parse(start) - stepMs;
  return () => new Date((time += stepMs));
}

describe('a debug log', () => {
  test('begins with its levels in the order of the platform and repeats anonymous Apex', () => {
    const log = openDebugLog(
      { Workflow: 'INFO', ApexProfiling: 'INFO', System: 'DEBUG', ApexCode: 'DEBUG', Database: 'NONE' },
      clockFrom('2026-01-02T03:04:05Z', 0),
      { ...head, anonymousSource: "Integer i = 1;\r\nSystem.debug('a');\n" },
    );
    expect(log.text()).toBe(
      [
        '66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO;DB,NONE;SYSTEM,DEBUG;WORKFLOW,INFO',
        'Execute Anonymous: Integer i = 1;',
        "Execute Anonymous: System.debug('a');",
        '',
      ].join('\n'),
    );
  });

  test("tells the time of day in the user's zone, and nanoseconds from the start", () => {
    const log = openDebugLog(everything, clockFrom('2026-07-02T23:59:59.995Z', 7), {
      ...head,
      timeZone: 'America/Los_Angeles',
    });
    logEvents.executionStarted(log);
    logEvents.executionFinished(log);
    expect(log.text().split('\n').slice(1, 3)).toEqual([
      '17:00:00.2 (7000000)|EXECUTION_STARTED',
      '17:00:00.9 (14000000)|EXECUTION_FINISHED',
    ]);
  });

  test('leaves out what is below the level of its category', () => {
    const log = openDebugLog({ ApexCode: 'INFO', Database: 'NONE' }, clockFrom('2026-01-02T03:04:05Z', 0), head);
    expect(log.isOn('ApexCode', 'INFO')).toBe(true);
    expect(log.isOn('ApexCode', 'DEBUG')).toBe(false);
    expect(log.isOn('Callout', 'ERROR')).toBe(false);
    logEvents.userDebug(log, 1, 'WARN', 'shown');
    logEvents.userDebug(log, 2, 'DEBUG', 'not shown');
    logEvents.userDebug(log, 3, 'NONE', 'never shown');
    logEvents.queryBegun(log, 4, 0, 'SELECT Id FROM Case');
    expect(log.text().split('\n').slice(1)).toEqual(['03:04:05.0 (0)|USER_DEBUG|[1]|WARN|shown', '']);
  });

  test('writes each event as the platform does', () => {
    const log = openDebugLog(everything, clockFrom('2026-01-02T03:04:05Z', 0), head);
    logEvents.codeUnitStarted(log, '01q000000000001', 'CaseTrigger on Case trigger event BeforeInsert');
    logEvents.userDebug(log, 3, 'DEBUG', 'a|b\nsecond line');
    logEvents.queryBegun(log, 4, 1, 'SELECT Id, (SELECT Id FROM Cases) FROM Account');
    logEvents.queryEnded(log, 4, 2);
    logEvents.dmlBegun(log, 5, 'Insert', 'Case', 200);
    logEvents.dmlEnded(log, 5);
    logEvents.calloutRequest(log, 6, 'System.HttpRequest[Endpoint=https://example.com, Method=GET]');
    logEvents.calloutResponse(log, 6, 'System.HttpResponse[Status=OK, StatusCode=200]');
    logEvents.exceptionThrown(log, 7, 'System.NullPointerException: Attempt to de-reference a null object');
    logEvents.fatalError(
      log,
      'System.NullPointerException: Attempt to de-reference a null object',
      'AnonymousBlock: line 7, column 1',
    );
    logEvents.codeUnitFinished(log, 'CaseTrigger on Case trigger event BeforeInsert');
    const at = '03:04:05.0 (0)|';
    expect(log.text()).toBe(
      [
        '66.0 APEX_CODE,FINEST;APEX_PROFILING,FINEST;CALLOUT,FINEST;DB,FINEST',
        `${at}CODE_UNIT_STARTED|[EXTERNAL]|01q000000000001|CaseTrigger on Case trigger event BeforeInsert`,
        `${at}USER_DEBUG|[3]|DEBUG|a&#124;b`,
        'second line',
        `${at}SOQL_EXECUTE_BEGIN|[4]|Aggregations:1|SELECT Id, (SELECT Id FROM Cases) FROM Account`,
        `${at}SOQL_EXECUTE_END|[4]|Rows:2`,
        `${at}DML_BEGIN|[5]|Op:Insert|Type:Case|Rows:200`,
        `${at}DML_END|[5]`,
        `${at}CALLOUT_REQUEST|[6]|System.HttpRequest[Endpoint=https://example.com, Method=GET]`,
        `${at}CALLOUT_RESPONSE|[6]|System.HttpResponse[Status=OK, StatusCode=200]`,
        `${at}EXCEPTION_THROWN|[7]|System.NullPointerException: Attempt to de-reference a null object`,
        `${at}FATAL_ERROR|System.NullPointerException: Attempt to de-reference a null object`,
        '',
        'AnonymousBlock: line 7, column 1',
        `${at}CODE_UNIT_FINISHED|CaseTrigger on Case trigger event BeforeInsert`,
        '',
      ].join('\n'),
    );
  });

  test('sums up what was used of the limits', () => {
    const limits = new LimitCounters(ceilingsOf('anonymous'));
    limits.use('Queries', 3);
    limits.use('DmlRows', 200);
    const log = openDebugLog({ ApexProfiling: 'INFO' }, clockFrom('2026-01-02T03:04:05Z', 0), head);
    logEvents.limitUsage(log, { limits, cpuMs: 12.4 });
    expect(log.text()).toBe(
      [
        '66.0 APEX_PROFILING,INFO',
        '03:04:05.0 (0)|CUMULATIVE_LIMIT_USAGE',
        '03:04:05.0 (0)|LIMIT_USAGE_FOR_NS|(default)|',
        '  Number of SOQL queries: 3 out of 100',
        '  Number of query rows: 0 out of 50000',
        '  Number of SOSL queries: 0 out of 20',
        '  Number of DML statements: 0 out of 150',
        '  Number of Publish Immediate DML: 0 out of 150',
        '  Number of DML rows: 200 out of 10000',
        '  Maximum CPU time: 12 out of 10000',
        '  Maximum heap size: 0 out of 6000000',
        '  Number of callouts: 0 out of 100',
        '  Number of Email Invocations: 0 out of 10',
        '  Number of future calls: 0 out of 50',
        '  Number of queueable jobs added to the queue: 0 out of 50',
        '  Number of Mobile Apex push calls: 0 out of 10',
        '',
        '03:04:05.0 (0)|CUMULATIVE_LIMIT_USAGE_END',
        '',
        '',
      ].join('\n'),
    );
  });

  test('never shows the token of a session', () => {
    const token = '00DLo0000000001!AQEAQ.secret_1';
    const log = openDebugLog(everything, clockFrom('2026-01-02T03:04:05Z', 0), {
      ...head,
      anonymousSource: `String s = '${token}';`,
    });
    logEvents.userDebug(log, 1, 'DEBUG', `id=${token};`);
    expect(log.text()).not.toContain('AQEAQ');
    expect(log.text()).toContain("Execute Anonymous: String s = 'SESSION_ID_REMOVED';");
    expect(log.text()).toContain('id=SESSION_ID_REMOVED;');
  });

  test('stays below its maximum: older lines go, and what they held is counted', () => {
    const maximum = 4000;
    const log = openDebugLog(everything, clockFrom('2026-01-02T03:04:05Z', 0), head, maximum);
    log.add('ApexCode', 'ERROR', 'USER_INFO', '[EXTERNAL]');
    logEvents.executionStarted(log);
    logEvents.codeUnitStarted(log, 'execute_anonymous_apex');
    for (let line = 1; line <= 1000; line++) logEvents.userDebug(log, line, 'DEBUG', 'x'.repeat(40));
    const lines = log.text().split('\n');
    expect(log.text().length).toBeLessThan(maximum + 200);
    expect(lines[1]).toContain('|USER_INFO|');
    expect(lines[3]).toContain('|CODE_UNIT_STARTED|');
    expect(lines[4]).toMatch(/^\*\*\* Skipped \d+ bytes of detailed log$/);
    expect(lines.at(-3)).toContain('|USER_DEBUG|[1000]|');
    expect(lines.at(-2)).toBe('*********** MAXIMUM DEBUG LOG SIZE REACHED ***********');
  });
});

test.each([
  ['GMT', '2026-01-02', '(GMT+00:00) Greenwich Mean Time (GMT)', 'GMTZ'],
  ['Europe/London', '2026-01-02', '(GMT+00:00) Greenwich Mean Time (Europe/London)', 'GMTZ'],
  ['America/Los_Angeles', '2026-01-02', '(GMT-08:00) Pacific Standard Time (America/Los_Angeles)', 'GMT-08:00'],
  ['America/Los_Angeles', '2026-07-02', '(GMT-07:00) Pacific Daylight Time (America/Los_Angeles)', 'GMT-07:00'],
])('the time zone %s on %s is named %s', (timeZone, day, label, offset) => {
  expect(timeZoneNames(timeZone, new Date(day))).toEqual({ label, offset });
});

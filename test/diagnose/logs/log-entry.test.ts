import { expect, test } from 'vitest';

import { logEntry } from '../../../src/diagnose/logs/log-entry.ts';
import { parseLog } from '../../../src/diagnose/logs/parse-log.ts';

/** The entry of one line in a log that began at this time, which has whole seconds. */
function entryOf(line: string, startTime = '2026-03-01T12:00:00.000+0000') {
  const [parsed] = parseLog(line).lines;
  if (parsed === undefined) throw new Error(`no line of a log: ${line}`);
  return logEntry({ id: '07L000000000001AAA', startTime: Date.parse(startTime), operation: 'future' }, parsed);
}

test.for([
  ['in GMT', '12:00:00.391 (391000000)', '2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00.391Z'],
  ['in Berlin', '13:00:07.5 (7005000000)', '2026-03-01T12:00:00.000Z', '2026-03-01T12:00:07.005Z'],
  [
    'in Kathmandu, by three quarters of an hour',
    '17:45:00.0 (1)',
    '2026-03-01T12:00:00.000Z',
    '2026-03-01T12:00:00.000Z',
  ],
  ['in Los Angeles, where it is yesterday', '23:59:59.999 (1)', '2026-03-02T08:00:00.000Z', '2026-03-02T07:59:59.999Z'],
  ['across midnight', '00:00:01.0 (2500000000)', '2026-03-01T23:59:58.000Z', '2026-03-02T00:00:01.000Z'],
] as const)('the time of a line is told exactly, of a user %s', ([, time, start, expected]) => {
  expect(new Date(entryOf(`${time}|USER_DEBUG|[1]|DEBUG|x`, start).time).toISOString()).toBe(expected);
});

test.for([
  ['could not call https://api.open.cx/hooks/s3cret?a=1 now', 'could not call https://api.open.cx/… now'],
  ['Endpoint=https://api.open.cx/hooks/s3cret, Method=POST', 'Endpoint=https://api.open.cx/…, Method=POST'],
  ['endpoint = http://user:pw@127.0.0.1:8080/x', 'endpoint = http://127.0.0.1:8080/…'],
  [
    'Endpoint=callout:OpenCX_Integration at https://api.open.cx',
    'Endpoint=callout:OpenCX_Integration at https://api.open.cx',
  ],
])('of URLs only the host is shown: %s', ([text, shown]) => {
  expect(entryOf(`12:00:00.0 (1)|EXCEPTION_THROWN|[1]|${text}`).text).toBe(shown);
});

test('errors are explained where events tell of errors, and nowhere else', () => {
  const known = (event: string) =>
    entryOf(`12:00:00.0 (1)|${event}|[1]|UNABLE_TO_LOCK_ROW`).errors.map(({ code }) => code);
  expect(known('EXCEPTION_THROWN')).toEqual(['UNABLE_TO_LOCK_ROW']);
  expect(known('SOQL_EXECUTE_BEGIN')).toEqual([]);
});

test('a line outside of all code units has the operation of its log in their place', () => {
  expect(entryOf('12:00:00.0 (1)|USER_DEBUG|[7]|ERROR|x')).toMatchObject({ unit: 'future', line: 7, level: 'ERROR' });
});

import { describe, expect, test } from 'vitest';

import { parseLog, type LogLine } from '../../../src/diagnose/logs/parse-log.ts';

/** As Salesforce writes them: the header, anonymous Apex repeated, fractions of seconds not padded. */
const header = '66.0 APEX_CODE,DEBUG;APEX_PROFILING,NONE;CALLOUT,NONE;DB,NONE;SYSTEM,NONE';
const sender = 'OpenCxOutboundEmailSender on EmailMessage trigger event AfterInsert';

const parsed = (...lines: string[]): LogLine[] => parseLog([header, ...lines, ''].join('\n')).lines;
/** Of each line what is looked at mostly: its code unit, its event, its text. */
const told = (lines: readonly LogLine[]): [string | undefined, string, string][] =>
  lines.map(({ unit, event, text }) => [unit, event, text]);

describe('the body of a debug log', () => {
  test('gives time, code unit, line, level and text of a debug line', () => {
    const [user, started, unit, debug] = parsed(
      '14:03:22.18 (18043585)|USER_INFO|[EXTERNAL]|005000000000001|opencx@example.com|(GMT+01:00) Central European Standard Time (Europe/Berlin)|GMT+01:00',
      '14:03:22.18 (18090000)|EXECUTION_STARTED',
      `14:03:22.18 (18100000)|CODE_UNIT_STARTED|[EXTERNAL]|01q000000000001|${sender}|__sfdc_trigger/OpenCxOutboundEmailSender`,
      '14:03:22.391 (391000000)|USER_DEBUG|[612]|ERROR|OpenCxOutboundEmailSender sendEmail failed: 02s000000000001AAA NO_MASS_MAIL_PERMISSION no',
    );
    expect(user).toMatchObject({ event: 'USER_INFO', unit: undefined, sourceLine: undefined });
    expect(started).toMatchObject({ event: 'EXECUTION_STARTED', text: '' });
    expect(unit).toMatchObject({ event: 'CODE_UNIT_STARTED', unit: 'OpenCxOutboundEmailSender' });
    expect(debug).toEqual({
      timeOfDayMs: ((14 * 60 + 3) * 60 + 22) * 1000 + 391,
      elapsedNs: 391_000_000,
      event: 'USER_DEBUG',
      unit: 'OpenCxOutboundEmailSender',
      sourceLine: 612,
      level: 'ERROR',
      text: 'OpenCxOutboundEmailSender sendEmail failed: 02s000000000001AAA NO_MASS_MAIL_PERMISSION no',
    });
  });

  test('keeps texts of several lines together, and gives bars back', () => {
    const lines = parsed(
      "Execute Anonymous: System.debug('a|b\\nc');",
      '16:06:58.1 (1000000)|USER_DEBUG|[1]|DEBUG|a&#124;b',
      'c',
      '',
      'd',
      '16:06:58.2 (2000000)|USER_DEBUG|[2]|DEBUG|',
      '16:06:58.3 (3000000)|EXECUTION_FINISHED',
    );
    expect(told(lines)).toEqual([
      [undefined, 'USER_DEBUG', 'a|b\nc\n\nd'],
      [undefined, 'USER_DEBUG', ''],
      [undefined, 'EXECUTION_FINISHED', ''],
    ]);
  });

  test('has the stack trace with the error that nothing caught', () => {
    const [, thrown, fatal] = parsed(
      `12:00:00.0 (1)|CODE_UNIT_STARTED|[EXTERNAL]|01q000000000001|${sender}|__sfdc_trigger/OpenCxOutboundEmailSender`,
      '12:00:00.0 (2)|EXCEPTION_THROWN|[67]|System.NullPointerException: Attempt to de-reference a null object',
      '12:00:00.0 (3)|FATAL_ERROR|System.NullPointerException: Attempt to de-reference a null object',
      '',
      'Class.OpenSalesforceCaseManagement.OutboundSender.send: line 67, column 1',
      'Trigger.OpenCxOutboundEmailSender: line 28, column 1',
      `12:00:00.0 (4)|CODE_UNIT_FINISHED|${sender}|__sfdc_trigger/OpenCxOutboundEmailSender`,
    );
    expect(thrown).toMatchObject({ event: 'EXCEPTION_THROWN', sourceLine: 67, unit: 'OpenCxOutboundEmailSender' });
    expect(fatal?.text.split('\n')).toEqual([
      'System.NullPointerException: Attempt to de-reference a null object',
      '',
      'Class.OpenSalesforceCaseManagement.OutboundSender.send: line 67, column 1',
      'Trigger.OpenCxOutboundEmailSender: line 28, column 1',
    ]);
  });

  test('knows the code unit within a code unit, and the way back', () => {
    const lines = parsed(
      '12:00:00.0 (1)|CODE_UNIT_STARTED|[EXTERNAL]|01p000000000001|OpenSalesforceCaseManagement.deliverInFuture(List<String>)',
      '12:00:00.0 (2)|USER_DEBUG|[1]|ERROR|outer',
      '12:00:00.0 (3)|CODE_UNIT_STARTED|[EXTERNAL]|01q000000000002|Theirs on Case trigger event BeforeUpdate for [new]|__sfdc_trigger/Theirs',
      '12:00:00.0 (4)|USER_DEBUG|[1]|DEBUG|inner',
      '12:00:00.0 (5)|CODE_UNIT_FINISHED|Theirs on Case trigger event BeforeUpdate for [new]|__sfdc_trigger/Theirs',
      '12:00:00.0 (6)|CODE_UNIT_STARTED|[EXTERNAL]|Workflow:01I000000000001',
      '12:00:00.0 (7)|CODE_UNIT_FINISHED|Workflow:EmailMessage',
      '12:00:00.0 (8)|USER_DEBUG|[2]|ERROR|outer again',
      '12:00:00.0 (9)|CODE_UNIT_FINISHED|OpenSalesforceCaseManagement.deliverInFuture(List<String>)',
      '12:00:00.0 (10)|USER_DEBUG|[3]|DEBUG|outside',
    );
    expect(told(lines).filter(([, event]) => event === 'USER_DEBUG')).toEqual([
      ['OpenSalesforceCaseManagement.deliverInFuture', 'USER_DEBUG', 'outer'],
      ['Theirs', 'USER_DEBUG', 'inner'],
      ['OpenSalesforceCaseManagement.deliverInFuture', 'USER_DEBUG', 'outer again'],
      [undefined, 'USER_DEBUG', 'outside'],
    ]);
  });

  test('finds its way where lines were removed', () => {
    const { lines, isCut } = parseLog(
      [
        header,
        '12:00:00.0 (1)|CODE_UNIT_STARTED|[EXTERNAL]|execute_anonymous_apex',
        '12:00:00.0 (2)|CODE_UNIT_STARTED|[EXTERNAL]|01q000000000001|A on Case trigger event AfterInsert|__sfdc_trigger/A',
        '*** Skipped 1,204,311 bytes of detailed log',
        '12:00:01.0 (3)|CODE_UNIT_FINISHED|execute_anonymous_apex',
        '12:00:01.0 (4)|USER_DEBUG|[1]|DEBUG|after',
        '*********** MAXIMUM DEBUG LOG SIZE REACHED ***********',
        '',
      ].join('\n'),
    );
    expect(isCut).toBe(true);
    expect(lines.at(-1)).toMatchObject({ unit: undefined, text: 'after' });
  });

  test('with line ends of Windows is the same', () => {
    const lines = [header, '12:00:00.5 (5)|USER_DEBUG|[1]|DEBUG|a', 'b', '12:00:00.6 (6)|EXECUTION_FINISHED', ''];
    expect(parseLog(lines.join('\r\n'))).toEqual(parseLog(lines.join('\n')));
  });

  test.for(['', '\n', 'nothing of a log', '12:00|USER_DEBUG|[1]|DEBUG|x', header])('"%s" holds no events', (body) => {
    expect(parseLog(body)).toEqual({ lines: [], isCut: false });
  });

  test('a text cannot pass for a line of its own: Salesforce writes its bars as references', () => {
    const lines = parsed('12:00:00.0 (1)|USER_DEBUG|[1]|ERROR|hi', '12:00:01.0 (2)&#124;FATAL_ERROR&#124;forged');
    expect(told(lines)).toEqual([[undefined, 'USER_DEBUG', 'hi\n12:00:01.0 (2)|FATAL_ERROR|forged']]);
  });
});

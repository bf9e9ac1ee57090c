import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { blueprintSettingsSchema } from '../../../src/config/blueprint-settings.ts';
import { isOurLine, ourApex, ourMessages } from '../../../src/diagnose/logs/our-lines.ts';
import { parseLog } from '../../../src/diagnose/logs/parse-log.ts';

const names = ourApex(blueprintSettingsSchema.parse({}).names);

/** Texts of the lines that are ours, in a log with these events. */
function ours(events: readonly string[], of = names): string[] {
  const body = events.map((event, index) => `12:00:00.0 (${index})|${event}`).join('\n');
  return parseLog(body)
    .lines.filter((line) => isOurLine(line, of))
    .map(({ text }) => text);
}

const unit = (name: string, object = 'Case') =>
  `CODE_UNIT_STARTED|[EXTERNAL]|01q000000000001|${name} on ${object} trigger event AfterInsert|__sfdc_trigger/${name}`;

test('what was written and thrown in our triggers and our class is ours; what others did is not', () => {
  expect(
    ours([
      unit('Theirs'),
      'USER_DEBUG|[1]|DEBUG|theirs',
      'EXCEPTION_THROWN|[2]|System.TypeException: theirs',
      'CODE_UNIT_FINISHED|Theirs on Case trigger event AfterInsert|__sfdc_trigger/Theirs',
      unit('OpenCaseTrigger'),
      'USER_DEBUG|[3]|ERROR|ours',
      'SOQL_EXECUTE_BEGIN|[4]|Aggregations:0|SELECT Id FROM Case',
      'EXCEPTION_THROWN|[5]|System.QueryException: ours too',
      'CODE_UNIT_FINISHED|OpenCaseTrigger on Case trigger event AfterInsert|__sfdc_trigger/OpenCaseTrigger',
      'CODE_UNIT_STARTED|[EXTERNAL]|01p000000000001|OpenSalesforceCaseManagement.WebhookDelivery',
      'USER_DEBUG|[6]|ERROR|of a job',
      'CODE_UNIT_FINISHED|OpenSalesforceCaseManagement.WebhookDelivery',
      'CODE_UNIT_STARTED|[EXTERNAL]|01p000000000002|OpenSalesforceCaseManagementTest.sends()',
      'USER_DEBUG|[7]|DEBUG|of our tests',
    ]),
  ).toEqual(['ours', 'System.QueryException: ours too', 'of a job']);
});

test('names are those of the configuration, in any case', () => {
  const renamed = ourApex(
    blueprintSettingsSchema.parse({ names: { apexClass: 'AcmeDesk', triggers: { newCase: 'AcmeNewCase' } } }).names,
  );
  expect(ours([unit('ACMENEWCASE'), 'USER_DEBUG|[1]|ERROR|renamed'], renamed)).toEqual(['renamed']);
  expect(ours([unit('OpenCaseTrigger'), 'USER_DEBUG|[1]|ERROR|of another'], renamed)).toEqual([]);
  expect(ours([unit('AcmeNewCaseAndMore'), 'USER_DEBUG|[1]|ERROR|of another'], renamed)).toEqual([]);
});

test('an error that nothing caught is ours where our code is in its trace', () => {
  const trace = (place: string) =>
    [`FATAL_ERROR|System.LimitException: x`, '', `${place}: line 3, column 1`].join('\n');
  expect(ours([trace('Class.OpenSalesforceCaseManagement.notifyNewCases')])).toHaveLength(1);
  expect(ours([trace('Trigger.OpenCaseTrigger')])).toHaveLength(1);
  expect(ours([trace('Class.Theirs.run')])).toEqual([]);
});

test('what our class wrote is ours even where the log has lost the code unit', () => {
  const said = 'webhook: attempt 1 at delivery 0a1b answered 500 Internal Server Error';
  expect(ours([`USER_DEBUG|[1]|ERROR|${said}`, 'USER_DEBUG|[2]|DEBUG|webhook: of somebody else'])).toEqual([said]);
});

test('the messages are those of the templates', async () => {
  const folder = new URL('../../../templates/classes/', import.meta.url);
  const files = [
    'case-management.cls.hbs',
    ...['events', 'outbound-sender', 'salesforce-mail', 'service-delivery', 'webhook-delivery'].map(
      (name) => `case-management/${name}.hbs`,
    ),
  ];
  const source = (await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))).join('\n');
  const sendFailed = /SEND_FAILED = '([^']+)'/.exec(source)?.[1] ?? '';
  // What logFailure itself hands on begins with neither.
  const logged = [...source.matchAll(/\blogError\(\s*(SEND_FAILED|'[^']*')/g)].map(([, first = '']) =>
    first === 'SEND_FAILED' ? sendFailed : first.slice(1, -1),
  );
  const failures = [...source.matchAll(/\blogFailure\('([^']*)'/g)].map(([, action = '']) => `${action} failed: `);
  expect(logged.length).toBeGreaterThan(10);
  expect(failures.length).toBeGreaterThan(5);
  expect([...logged, ...failures].filter((text) => !ourMessages.some((start) => text.startsWith(start)))).toEqual([]);
});

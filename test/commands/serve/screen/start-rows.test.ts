import { expect, test } from 'vitest';

import { startRows } from '../../../../src/commands/serve/screen/start-rows.ts';
import { contract } from '../../../handoff/serving.ts';

const told = {
  origins: ['http://127.0.0.1:4680'],
  webhookUrl: 'http://127.0.0.1:4680/webhooks/salesforce/t',
  webhookUrlFile: '/folder/webhook-url',
  inspectorUrl: undefined,
  inspectorUrlFile: undefined,
  apiTokenFile: '/folder/api-token',
  store: '/folder/events.sqlite',
  routes: [],
  callbackUrl: undefined,
  salesforce: undefined,
  pointed: undefined,
  left: [],
  waiting: 0,
  dead: 0,
} as const;

const textOf = (mode: 'everything' | 'forward', left: readonly string[] = []): string =>
  startRows(contract, { ...told, mode, left }, '/folder')
    .map(({ text }) => text)
    .join('\n');

test('of a Named Credential that still points at a serve of the folder it is said whose it is, and what to do if that was killed', () => {
  const text = textOf('everything', ['00D000000000001EAA']);
  expect(text).toMatch(
    /of 00D000000000001EAA .* if that one was killed: opencx-sf serve --restore --target-org <name>/,
  );
  expect(textOf('everything')).not.toContain('--restore');
});

test('flags that would change nothing are not asked for', () => {
  expect(textOf('everything')).toContain('--target-org <name>');
  expect(textOf('everything')).toContain('--callback-url <url>');
  expect(textOf('forward')).not.toContain('sessions are not handed off: --target-org');
  expect(textOf('forward')).not.toContain('--callback-url');
  expect(textOf('forward')).toContain('none, as webhooks are only forwarded (--no-sessions)');
});

import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { blueprintSettingsSchema } from '../../../src/config/blueprint-settings.ts';
import { caseSettingsOf } from '../../../src/handoff/case/case-settings.ts';
import { traceparentOf } from '../../../src/handoff/http/trace-id.ts';
import { systemClock } from '../../../src/clock.ts';
import { openOrg } from '../../../src/salesforce/org.ts';
import { timedOrg } from '../../e2e/story/timed-org.ts';
import { openFarSide } from '../far-side.ts';
import { bodyOf, post, serve } from '../serving.ts';

/** A trace of its own for each thing that is asked for. */
const traceOf = (digit: string): string => `00-${digit.repeat(32)}-b7ad6b7169203331-01`;

const apiToken = 'api-token-of-this-test-1234567890';

interface Logged {
  readonly method: string;
  readonly path: string;
  readonly traceparent?: string;
}

/** A `serve` before an org, with somebody to tell. */
async function serveBeforeOrg() {
  const org = await timedOrg();
  const users = { replyTo: 'support@example.com', integrationUsername: 'opencx@example.com' };
  const { accessToken } = await org.control<{ accessToken: string }>('POST', 'sessions', {
    username: users.integrationUsername,
  });
  const opencx = await openOrg(
    { instanceUrl: org.url, accessToken, source: 'access-token' },
    { clock: systemClock, preferredApiVersion: '66.0' },
  );
  const callback = await openFarSide();
  const serving = await serve({
    mode: 'everything',
    salesforce: { org: opencx, cases: caseSettingsOf(blueprintSettingsSchema.parse(users), 'Email') },
    api: { token: apiToken },
    callbackUrl: new URL(callback.url),
    pace: { pollMs: 10 },
  });
  const logged = async () => (await org.control<{ requests: Logged[] }>('GET', 'requests')).requests;
  let seen = (await logged()).length;
  const ask = async (path: string, body: object, traceparent: string): Promise<void> => {
    const headers = { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json', traceparent };
    const answer = await fetch(`${serving.origins[0]}/v1/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.status, await answer.text()).toBe(202);
  };
  return {
    serving,
    ask,
    /** What the callback was told, each with its trace. */
    told: async (count: number): Promise<(readonly [event: string, traceparent: unknown])[]> => {
      await expect.poll(() => callback.calls.length, { timeout: 30_000, interval: 10 }).toBeGreaterThanOrEqual(count);
      return callback.calls.map(({ body, headers }) => {
        const { event } = JSON.parse(body.toString()) as { event: string };
        return [event, headers['traceparent']];
      });
    },
    /** What the org was asked since, but for who this user is, which is asked once for all. */
    asked: async (): Promise<Logged[]> => {
      const requests = (await logged()).slice(seen);
      seen += requests.length;
      return requests.filter(({ path }) => !path.includes('userinfo'));
    },
  };
}

test('a trace goes on from OpenCX to Salesforce, and back to the callback', { timeout: 120_000 }, async () => {
  const { serving, ask, told, asked } = await serveBeforeOrg();
  const sessionId = randomUUID();
  const contact = { name: 'Ada Lovelace', email: 'ada@example.com' };
  const transcript = [{ role: 'contact', text: 'Where is my order?' }];

  await ask('handoffs', { sessionId, channel: 'email', contact, transcript }, traceOf('a'));
  expect(await told(1)).toEqual([['session.handoff_completed', traceOf('a')]]);
  const ofHandoff = await asked();
  expect(ofHandoff.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual(
    expect.arrayContaining(['GET query', 'GET describe', 'POST Contact', 'POST Case', 'POST CaseComment']),
  );
  expect(new Set(ofHandoff.map(({ traceparent }) => traceparent))).toEqual(new Set([traceOf('a')]));

  await ask(`sessions/${sessionId}/messages`, { role: 'ai', text: 'On its way.' }, traceOf('b'));
  expect((await told(2)).at(-1)).toEqual(['message.delivered', traceOf('b')]);
  const ofMessage = await asked();
  expect(ofMessage.some(({ path }) => path.endsWith('/EmailMessage'))).toBe(true);
  expect(new Set(ofMessage.map(({ traceparent }) => traceparent))).toEqual(new Set([traceOf('b')]));

  const { caseId = '' } = (await serving.store.session(sessionId)) ?? {};
  await post(serving.webhookUrl, bodyOf('ownerChanged', { case_id: caseId }), { traceparent: traceOf('c') });
  expect((await told(3)).at(-1)).toEqual(['session.handed_off', traceOf('c')]);
});

test('what is no trace goes nowhere', { timeout: 120_000 }, async () => {
  const { ask, told, asked } = await serveBeforeOrg();
  const contact = { email: 'ada@example.com' };
  await ask(
    'handoffs',
    { sessionId: randomUUID(), channel: 'email', contact },
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
  );
  expect(await told(1)).toEqual([['session.handoff_completed', undefined]]);
  expect((await asked()).filter(({ traceparent }) => traceparent !== undefined)).toEqual([]);
});

test.each([
  ['a later version may say more', `01-${'a'.repeat(32)}-b7ad6b7169203331-01-more`, true],
  ['version 00 has nothing more', `${traceOf('a')}-more`, false],
  ['nor an empty part', `${traceOf('a')}-`, false],
  ['version ff is invalid', `ff${traceOf('a').slice(2)}`, false],
  ['a parent of zeros, too', `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`, false],
  ['letters are small', traceOf('a').toUpperCase(), false],
  ['nothing but ASCII', `01-${'a'.repeat(32)}-b7ad6b7169203331-01-é`, false],
])('traceparent: %s', (_what, value, isValid) => {
  expect(traceparentOf([['Traceparent', value]])).toBe(isValid ? value : undefined);
});

test('two of them are none', () => {
  expect(
    traceparentOf([
      ['traceparent', traceOf('a')],
      ['Traceparent', traceOf('b')],
    ]),
  ).toBeUndefined();
});

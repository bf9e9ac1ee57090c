import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { configSchema } from '../../../src/config/config-schema.ts';
import type { HandoffEvent } from '../../../src/messaging/handoff/handoff-event.ts';
import { handOff } from '../../../src/messaging/handoff/hand-off.ts';
import { parseTranscript } from '../../../src/messaging/handoff/transcript.ts';
import { apiOf } from '../live-messaging.ts';
import { startScrt, type ScriptedScrt } from '../scripted-scrt.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

async function handingOff(scrt: ScriptedScrt): Promise<AsyncGenerator<HandoffEvent>> {
  const { data: transcript } = parseTranscript([{ role: 'contact', text: 'My printer burns' }]);
  if (transcript === undefined) throw new Error('The transcript cannot be read.');
  const { parameters: names, conversation } = configSchema.parse({}).messaging;
  return handOff(
    {
      transcript,
      sessionId: '0b0f1a60-8f0e-4d0a-9d0b-1f1f4c6f5a11',
      channel: 'web',
      conversation,
      names,
      attributes: {},
      signer: { privateKey, kid: 'k', alg: 'RS256', issuer: 'https://opencx.test', lifetimeMs: 60_000 },
    },
    { api: await apiOf(scrt.url), clock: systemClock, signal: new AbortController().signal },
  );
}

const stepOf = (event: HandoffEvent): string => ('step' in event ? `${event.kind} ${event.step}` : event.kind);

describe('a handoff', () => {
  test.each([
    ['the token', /access-token$/, 'begin access-token'],
    ['the conversation', /v2\/conversation$/, 'begin conversation'],
    ['the opening message', /\/message$/, 'begin opening-message'],
  ])('that Salesforce refuses at %s fails in that step, after all before it', async (_what, refused, last) => {
    const scrt = await startScrt();
    scrt.otherwise(({ method, path }) =>
      method === 'POST' && refused.test(path) ? { status: 400, body: { message: 'no' } } : undefined,
    );
    const steps: string[] = [];
    const run = async (): Promise<void> => {
      for await (const event of await handingOff(scrt)) steps.push(stepOf(event));
    };
    await expect(run()).rejects.toMatchObject({ code: 'ORG_REFUSED' });
    const all = [
      'begin identity-token',
      'done identity-token',
      'begin access-token',
      'done access-token',
      'begin transcript',
      'done transcript',
      'begin routing-attributes',
      'done routing-attributes',
      'begin conversation',
      'done conversation',
      'begin opening-message',
    ];
    expect(steps).toEqual(all.slice(0, all.indexOf(last) + 1));
    await expect.poll(scrt.openStreams).toBe(0);
  });

  test('that nobody listens to any more leaves nothing open', async () => {
    const scrt = await startScrt();
    for await (const event of await handingOff(scrt)) {
      if (stepOf(event) === 'begin transcript') break;
    }
    await expect.poll(scrt.openStreams).toBe(0);
    expect(scrt.received(/\/message$/)).toEqual([]);
  });
});

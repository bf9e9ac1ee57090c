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
const sessionId = '0b0f1a60-8f0e-4d0a-9d0b-1f1f4c6f5a12';

/** Three opening messages: each of the long texts fills one. */
async function handingOff(scrt: ScriptedScrt, signal = new AbortController().signal) {
  const { data: transcript } = parseTranscript(
    ['a', 'b'].map((letter) => ({ role: 'contact', text: letter.repeat(3980) })),
  );
  if (transcript === undefined) throw new Error('The transcript cannot be read.');
  const { parameters: names, conversation } = configSchema.parse({}).messaging;
  const signer = { privateKey, kid: 'k', alg: 'RS256' as const, issuer: 'https://opencx.test', lifetimeMs: 60_000 };
  return handOff(
    { transcript, sessionId, channel: undefined, conversation, names, attributes: {}, signer },
    { api: await apiOf(scrt.url), clock: systemClock, signal },
  );
}

describe('a transcript of several messages', () => {
  test('tells before each of them which one it is, as they may take minutes', async () => {
    const scrt = await startScrt();
    const seen: HandoffEvent[] = [];
    for await (const event of await handingOff(scrt)) {
      if (event.kind === 'sending') seen.push(event);
      if (event.kind === 'handed-off') await event.conversation.dispose();
    }
    expect(seen).toEqual([1, 2, 3].map((number) => ({ kind: 'sending', number, messages: 3 })));
  });

  test('that is refused half way says how much is there, and how the rest is sent', async () => {
    const scrt = await startScrt();
    scrt.otherwise(({ path }) =>
      path.endsWith('/message') && scrt.entries.length === 2
        ? { status: 400, body: { error: 'BAD_REQUEST', message: 'too long' } }
        : undefined,
    );
    const run = async (): Promise<void> => {
      for await (const _event of await handingOff(scrt));
    };
    await expect(run()).rejects.toMatchObject({
      code: 'ORG_REFUSED',
      message: expect.stringMatching(/^2 of 3 opening messages are in Salesforce\. .*BAD_REQUEST: too long/),
      details: { httpStatus: 400 },
      nextSteps: expect.arrayContaining([
        `The conversation stays open. The rest is sent by the same command with --session ${sessionId}.`,
      ]),
    });
  });

  test('that is stopped half way says the same', async () => {
    const scrt = await startScrt();
    const stop = new AbortController();
    const run = async (): Promise<void> => {
      for await (const event of await handingOff(scrt, stop.signal)) {
        if (event.kind === 'sending' && event.number === 2) stop.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringMatching(/^1 of 3 opening messages is in Salesforce\. /),
      nextSteps: [expect.stringContaining(sessionId)],
    });
    expect(scrt.entries).toHaveLength(1);
  });
});

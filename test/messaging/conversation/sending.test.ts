import { randomUUID } from 'node:crypto';

import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock, type Clock } from '../../../src/clock.ts';
import type { Identity } from '../../../src/messaging/access/access.ts';
import { openMessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { apiOf, apiOfOrg, contact, open, said } from '../live-messaging.ts';
import { startScrt, type ScriptedScrt, type ScrtReply, type ScrtRequest } from '../scripted-scrt.ts';

const jane: Identity = { kind: 'verified', sign: async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };
const messages = /POST .*\/message$/;
const idOf = ({ body }: ScrtRequest) => (body['message'] as { id: string }).id;
const routingAttributes = { OpencxSessionId: 'session-1' };

/** Answers the messages one after another; then the host does. */
function messagesAnswer(scrt: ScriptedScrt, ...replies: (ScrtReply | undefined)[]): void {
  scrt.otherwise(({ path }) => (path.endsWith('/message') ? replies.shift() : undefined));
}

describe('the first message', () => {
  test('opens the session and carries the attributes again; the second does not', async () => {
    const scrt = await startScrt();
    const { conversation } = await open(
      { identity: jane, routingAttributes, language: 'de' },
      { api: await apiOf(scrt.url) },
    );
    await conversation.send('one');
    await conversation.send('two');
    const [first, second] = scrt.received(messages);
    expect(first?.body).toMatchObject({ isNewMessagingSession: true, routingAttributes, language: 'de' });
    expect(second?.body).not.toHaveProperty('isNewMessagingSession');
    expect(second?.body).not.toHaveProperty('routingAttributes');
  });

  test('opens none where that is not wanted', async () => {
    const scrt = await startScrt();
    const options = { identity: jane, routingAttributes, firstMessageStartsSession: false };
    const { conversation } = await open(options, { api: await apiOf(scrt.url) });
    expect(await conversation.send('one')).toMatchObject({ newSession: false });
    expect(scrt.received(messages)[0]?.body).not.toHaveProperty('isNewMessagingSession');
  });
});

describe('a message', () => {
  test('whose answer is lost is looked for, and not sent again', async () => {
    const scrt = await startScrt();
    messagesAnswer(scrt, { lose: true });
    const { conversation, next } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    expect(await conversation.send('once')).toMatchObject({ foundAgain: true });
    await next('message');
    expect(scrt.received(messages)).toHaveLength(1);
    expect(said(conversation)).toEqual(['EndUser: once']);
  });

  test('that did not arrive is sent again, with the same id', async () => {
    const scrt = await startScrt();
    messagesAnswer(scrt, { drop: true }, { status: 503 });
    const { conversation, next } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    const { id } = await conversation.send('once');
    expect(scrt.received(messages).map(idOf)).toEqual([id, id, id]);
    await next('message');
    expect(said(conversation)).toEqual(['EndUser: once']);
  });

  test('is given up after three attempts, and the next one is sent', async () => {
    const scrt = await startScrt();
    messagesAnswer(scrt, { status: 500 }, { status: 502 }, { status: 504 });
    const { conversation, next: nextEvent } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    const failing = conversation.send('one');
    const next = conversation.send('two');
    await expect(failing).rejects.toMatchObject({ details: { httpStatus: 504 } });
    expect(await next).toMatchObject({ newSession: true });
    await nextEvent('message');
    expect(said(conversation)).toEqual(['EndUser: two']);
  });

  test('without a session (417) opens a new one with the attributes, under the same id', async () => {
    const scrt = await startScrt();
    const { conversation, next } = await open({ identity: jane, routingAttributes }, { api: await apiOf(scrt.url) });
    await conversation.send('one');
    messagesAnswer(scrt, { status: 417 });
    const { id, newSession } = await conversation.send('two');
    expect(newSession).toBe(true);
    expect(await next('session-restarted')).toMatchObject({ messageId: id });
    const [, refused, taken] = scrt.received(messages);
    expect([refused, taken].map((one) => one && idOf(one))).toEqual([id, id]);
    expect(taken?.body).toMatchObject({ isNewMessagingSession: true, routingAttributes });
  });

  test('for which the org opens no session at all is an error that says so', async () => {
    const scrt = await startScrt();
    messagesAnswer(scrt, { status: 417 });
    const { conversation } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    await expect(conversation.send('one')).rejects.toThrow(/opens no messaging session/);
    expect(scrt.received(messages)).toHaveLength(1);
  });

  test('is not sent again when it is refused', async () => {
    const scrt = await startScrt();
    messagesAnswer(scrt, { status: 403, body: { message: 'Not yours.' } });
    const { conversation } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    await expect(conversation.send('one')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(scrt.received(messages)).toHaveLength(1);
  });

  test('goes out with a new token after 401', async () => {
    const scrt = await startScrt();
    messagesAnswer(scrt, { status: 401, body: 'Jwt is expired' });
    const { conversation, next } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    await conversation.send('one');
    await next('token-renewed');
    const [first, second] = scrt.received(messages);
    expect(second?.headers.authorization).not.toBe(first?.headers.authorization);
  });

  test('stands where it was handed in, although those before it are slow', async () => {
    const scrt = await startScrt();
    messagesAnswer(scrt, undefined, { status: 503 }, undefined, { drop: true });
    const { conversation } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    const texts = ['one', 'two', 'three', 'four'];
    await Promise.all(texts.map((text) => conversation.send(text)));
    await conversation.sync();
    expect(said(conversation)).toEqual(texts.map((text) => `EndUser: ${text}`));
  });
});

/** A clock whose seconds pass at once; what was waited for is kept. */
function fastClock(waits: number[]): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      // Deadlines of the stream are no waiting.
      if (ms >= 30_000 && ms % 30_000 === 0) return systemClock.sleep(ms, signal);
      waits.push(ms);
      ahead += ms;
    },
  };
}

describe('limits', () => {
  test('a twenty-third message in a minute waits for its minute', async () => {
    const scrt = await startScrt();
    const waits: number[] = [];
    const { conversation, events } = await open(
      { identity: jane },
      { api: await apiOf(scrt.url), clock: fastClock(waits) },
    );
    for (let count = 0; count < 22; count += 1) await conversation.send(`m${count}`);
    expect(events.some(({ type }) => type === 'send-delayed')).toBe(false);
    await conversation.send('one more');
    expect(events.find(({ type }) => type === 'send-delayed')).toMatchObject({ by: 'limit' });
    expect(waits.some((ms) => ms > 50_000 && ms < 60_000)).toBe(true);
    expect(scrt.received(messages)).toHaveLength(23);
  });

  test('a storm of 429 is waited through, as the org says or ever longer', async () => {
    const scrt = await startScrt();
    const waits: number[] = [];
    const tooMany = { status: 429, body: { error: 'TOO_MANY_REQUESTS' } };
    messagesAnswer(scrt, tooMany, { ...tooMany, headers: { 'retry-after': '12' } }, tooMany, tooMany);
    const clock = fastClock(waits);
    const { conversation, events, next } = await open(
      { identity: jane, pace: { firstPauseMs: 1000 } },
      { api: await apiOf(scrt.url), clock },
    );
    await conversation.send('patience');
    expect(waits.filter((ms) => ms <= 20_000)).toEqual([1000, 12_000, 4000, 8000]);
    expect(events.filter(({ type }) => type === 'send-delayed')).toHaveLength(4);
    await next('message');
    expect(said(conversation)).toEqual(['EndUser: patience']);
  });

  test('but not without end', async () => {
    const scrt = await startScrt();
    scrt.otherwise(({ path }) =>
      path.endsWith('/message') ? { status: 429, headers: { 'retry-after': '50' } } : undefined,
    );
    const { conversation } = await open({ identity: jane }, { api: await apiOf(scrt.url), clock: fastClock([]) });
    await expect(conversation.send('never')).rejects.toMatchObject({
      details: { httpStatus: 429, retryAfterMs: 50_000 },
    });
    expect(scrt.received(messages)).toHaveLength(3);
  });

  test('a message that waits is stopped by its signal', async () => {
    const scrt = await startScrt();
    scrt.otherwise(({ path }) =>
      path.endsWith('/message') ? { status: 429, headers: { 'retry-after': '60' } } : undefined,
    );
    const { conversation, next } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    const stop = new AbortController();
    const sending = conversation.send('never mind', { signal: stop.signal });
    await next('send-delayed');
    stop.abort();
    await expect(sending).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

describe('with the local org', () => {
  test.each(['create', 'message'])('a session that begins with the %s has its attributes', async (sessionStart) => {
    const org = await openMessagingOrg();
    onTestFinished(() => org.client.close());
    await org.settings({ sessionStart });
    const { conversation, next } = await open(
      { identity: contact(org), routingAttributes },
      { api: await apiOfOrg(org) },
    );
    await conversation.send('one');
    await conversation.send('two');
    await next('routing-result');
    expect(await org.records('SELECT OpencxSessionId__c FROM MessagingSession')).toMatchObject([
      { OpencxSessionId__c: 'session-1' },
    ]);
  });

  test('files go both ways', async () => {
    const org = await openMessagingOrg();
    onTestFinished(() => org.client.close());
    const { conversation, next } = await open({ identity: contact(org) }, { api: await apiOfOrg(org) });
    const bytes = new Uint8Array(Buffer.from('not really a picture'));
    await conversation.sendFile({ name: 'printer.png', mimeType: 'image/png', bytes, text: 'it burns' });
    const sent = await next('message');
    expect(sent).toMatchObject({
      own: true,
      text: 'it burns',
      files: [{ name: 'printer.png', mimeType: 'image/png' }],
    });
    const held = await org.control('GET', `conversations/${conversation.id}/files/${sent.files[0]?.id ?? ''}`);
    expect(held.body).toBe('not really a picture');

    await org.agent();
    const work = await org.accept();
    await org.control('POST', `agent-work/${work}/file`, {
      name: 'manual.pdf',
      mimeType: 'application/pdf',
      base64: 'JVBERg==',
    });
    expect(await next('message')).toMatchObject({ own: false, files: [{ name: 'manual.pdf' }] });
    const large = { name: 'film.mp4', mimeType: 'video/mp4', bytes: new Uint8Array(5 * 1024 * 1024 + 1) };
    await expect(conversation.sendFile(large)).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('a message id that is given is the one that comes back', async () => {
    const org = await openMessagingOrg();
    onTestFinished(() => org.client.close());
    const { conversation, next } = await open({ identity: contact(org) }, { api: await apiOfOrg(org) });
    const id = randomUUID();
    await conversation.send('mine', { id });
    await conversation.send('mine', { id });
    expect(await next('message')).toMatchObject({ messageId: id });
    await conversation.sync();
    expect(said(conversation)).toEqual(['EndUser: mine']);
  });
});

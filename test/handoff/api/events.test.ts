import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { toldPage } from '../../../src/handoff/api/schema/told-event.ts';
import type { Happening } from '../../../src/handoff/session/happening.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import { openSqliteStore } from '../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { openTestStore } from '../serving.ts';
import { chatHandoff, mailHandoff, openApi, type Asking } from './asking.ts';

const caseCreated: Happening = { type: 'case-created', contact: {} };

interface Following {
  /** What came so far. */
  readonly events: readonly EventSourceMessage[];
  readonly comments: readonly string[];
  /** Waits until so many have come. @returns their texts */
  texts(count: number): Promise<unknown[]>;
  /** Resolves once the server has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
}

async function follow(api: Asking, path: string, headers: Record<string, string> = {}): Promise<Following> {
  const left = new AbortController();
  onTestFinished(() => left.abort());
  const answer = await api.ask(path, { headers: { accept: 'text/event-stream', ...headers }, signal: left.signal });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const events: EventSourceMessage[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: (event) => events.push(event),
    onComment: (comment) => comments.push(comment),
  });
  const reading = async (): Promise<void> => {
    for await (const text of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      parser.feed(text);
    }
  };
  const ended = reading().catch((error: unknown) => {
    if (!left.signal.aborted) throw error;
  });
  return {
    events,
    comments,
    ended,
    texts: async (count) => {
      await expect.poll(() => events.length, { timeout: 10_000, interval: 5 }).toBeGreaterThanOrEqual(count);
      return events.map(({ data }) => (JSON.parse(data) as { message?: { text?: string } }).message?.text);
    },
    leave: () => left.abort(),
  };
}

async function says(api: Asking, sessionId: string, text: string): Promise<void> {
  await api.happens(sessionId, { type: 'agent-wrote', message: { id: `02s-${text}`, text } });
}

async function newSession(api: Asking, handoff = mailHandoff()): Promise<string> {
  await api.post('/v1/handoffs', handoff);
  return handoff.sessionId;
}

describe('who follows a session', () => {
  test('is told its past, then what happens, each once and in order', async () => {
    const api = await openApi();
    const sessionId = await newSession(api);
    const other = await newSession(api, chatHandoff());
    await says(api, sessionId, 'one');
    await says(api, other, 'not for you');
    const following = await follow(api, `/v1/sessions/${sessionId}/events`);
    // The first answer of a representative also hands the session over.
    expect(await following.texts(2)).toEqual([undefined, 'one']);
    for (const text of ['two', 'three', 'line\nbreak\r\u2028']) await says(api, sessionId, text);
    expect(await following.texts(5)).toEqual([undefined, 'one', 'two', 'three', 'line\nbreak\r\u2028']);
    expect(following.events.map(({ event }) => event)).toEqual([
      'session.handed_off',
      ...Array.from({ length: 4 }, () => 'message.agent'),
    ]);
    const ids = following.events.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(JSON.parse(following.events[1]?.data ?? '')).toMatchObject({
      sessionId,
      channel: 'email',
      state: 'handedOff',
    });
  });

  test('takes a stream that broke off up again where it was', async () => {
    const api = await openApi();
    const sessionId = await newSession(api);
    for (const text of ['one', 'two']) await says(api, sessionId, text);
    const first = await follow(api, `/v1/sessions/${sessionId}/events`);
    await first.texts(3);
    first.leave();
    await says(api, sessionId, 'three');
    const last = first.events.at(1)?.id ?? '';
    // The header field is newer than the query, which stays in the address.
    const again = await follow(api, `/v1/sessions/${sessionId}/events?after=0`, { 'last-event-id': last });
    expect(await again.texts(2)).toEqual(['two', 'three']);
    const after = await follow(api, `/v1/sessions/${sessionId}/events?after=${last}`);
    expect(await after.texts(2)).toEqual(['two', 'three']);
  });

  test('is told what another process writes', async () => {
    const { store, file } = await openTestStore();
    const api = await openApi({ store });
    const sessionId = await newSession(api);
    const following = await follow(api, `/v1/sessions/${sessionId}/events`);
    const neighbour = openSqliteStore({ file });
    onTestFinished(() => neighbour.close());
    const message = { id: '02s1', text: 'from next door' };
    const facts = { at: Date.now(), cause: 'neighbour', callbackUrl: undefined };
    await neighbour.changeSession(changeBy(sessionId, { type: 'agent-wrote', message }, facts));
    expect(await following.texts(2)).toEqual([undefined, 'from next door']);
  });
});

test('who follows all sessions is told of each, and of nothing else', async () => {
  const api = await openApi();
  const following = await follow(api, '/v1/events');
  const sessions = [await newSession(api), await newSession(api, chatHandoff())];
  await Promise.all(sessions.flatMap((id) => Array.from({ length: 60 }, (_, nth) => says(api, id, `${id} ${nth}`))));
  const texts = await following.texts(122);
  expect(new Set(texts.filter((text) => text !== undefined)).size).toBe(120);
  expect(new Set(following.events.map(({ event }) => event))).toEqual(new Set(['session.handed_off', 'message.agent']));
});

test('a stream without news is kept alive, and ends with the server', async () => {
  let now = 0;
  const api = await openApi({
    // Hours go by while nothing happens.
    clock: { ...systemClock, now: () => (now += 10_000), sleep: (_ms, signal) => systemClock.sleep(5, signal) },
  });
  const following = await follow(api, '/v1/events');
  await expect.poll(() => following.comments).toContain('nothing new');
  await api.close();
  await following.ended;
  expect(following.events).toEqual([]);
});

test('a reader that does not read takes no memory, and misses nothing once it does', async () => {
  const api = await openApi();
  const sessionId = await newSession(api);
  const answer = await api.ask(`/v1/sessions/${sessionId}/events`);
  let reads = 0;
  const events = api.store.events.bind(api.store);
  Object.assign(api.store, { events: (...given: Parameters<typeof events>) => ((reads += 1), events(...given)) });
  const text = 'x'.repeat(100_000);
  for (let nth = 0; nth < 150; nth += 1) await says(api, sessionId, `${nth} ${text}`);
  // The store is read for what fits between the two, not for what is told.
  const readsUnread = reads;
  expect(readsUnread).toBeLessThan(60);
  const seen: number[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      const { message } = JSON.parse(data) as { message?: { text: string } };
      if (message !== undefined) seen.push(Number.parseInt(message.text, 10));
    },
  });
  for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    parser.feed(chunk);
    if (seen.length === 150) break;
  }
  expect(seen).toEqual(Array.from({ length: 150 }, (_, nth) => nth));
});

test('no more streams are open than may; one that goes makes room', async () => {
  const api = await openApi();
  const streams = await Promise.all(Array.from({ length: 64 }, () => follow(api, '/v1/events')));
  const refused = await api.ask('/v1/events');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
  streams[0]?.leave();
  await expect
    .poll(async () => {
      const again = await api.ask('/v1/events');
      await again.body?.cancel();
      return again.status;
    })
    .toBe(200);
});

test('a page of JSON has the same events, and says what to ask next', async () => {
  const api = await openApi();
  const sessionId = await newSession(api);
  for (let nth = 0; nth < 130; nth += 1) await says(api, sessionId, String(nth));
  for (const path of ['/v1/events', `/v1/sessions/${sessionId}/events`]) {
    const texts: unknown[] = [];
    let query = 'limit=50';
    for (;;) {
      const page = toldPage.parse((await api.read(`${path}?${query}`)).body);
      texts.push(...page.events.flatMap(({ data }) => data.message?.text ?? []));
      query = `limit=50&after=${page.after}`;
      if (!page.more) break;
    }
    expect(texts).toEqual(Array.from({ length: 130 }, (_, nth) => String(nth)));
    expect((await api.read(`${path}?${query}`)).body).toMatchObject({ events: [], more: false });
  }
});

test('a place in the stream that is none is refused', async () => {
  const api = await openApi();
  const sessionId = await newSession(api);
  const path = `/v1/sessions/${sessionId}/events`;
  for (const query of ['after=-1', 'after=x', 'after=1.5', 'after=1e400']) {
    expect((await api.read(`${path}?${query}`)).status, query).toBe(400);
  }
  for (const id of ['x', '-1', '1 2', '9'.repeat(40)]) {
    expect((await api.read(path, { headers: { 'last-event-id': id } })).status, id).toBe(400);
  }
});

test('what is delivered once more to a callback is not told a second time, however it was edited', async () => {
  const api = await openApi();
  const sessionId = await newSession(api);
  await says(api, sessionId, 'one');
  const [told] = await api.store.events({ name: 'message.agent', limit: 1 });
  if (told === undefined) throw new Error('nothing was told');
  for (const body of [Buffer.from(told.body), Buffer.from('null'), Buffer.from('no JSON')]) {
    await api.store.accept({ ...told, deliveryId: randomUUID(), body, replayOf: told.id }, []);
  }
  const following = await follow(api, `/v1/sessions/${sessionId}/events`);
  expect(await following.texts(2)).toEqual([undefined, 'one']);
  await says(api, sessionId, 'two');
  expect(await following.texts(3)).toEqual([undefined, 'one', 'two']);
  const page = toldPage.parse((await api.read(`/v1/events?limit=1&after=${following.events[1]?.id}`)).body);
  expect([page.events.length, page.more]).toEqual([0, true]);
});

test('readers that go away before their stream begins leave their place to others', async () => {
  const { store } = await openTestStore();
  const slow = Promise.withResolvers<undefined>();
  let asked = 0;
  const session: typeof store.session = async (id) => {
    asked += 1;
    await slow.promise;
    return store.session(id);
  };
  const api = await openApi({ store: { ...store, session } });
  const sessionId = randomUUID();
  const left = new AbortController();
  const path = `/v1/sessions/${sessionId}/events`;
  await store.changeSession(changeBy(sessionId, caseCreated, { at: Date.now(), cause: 'x', callbackUrl: undefined }));
  const gone = Array.from({ length: 64 }, () => api.ask(path, { signal: left.signal }).catch(() => undefined));
  await expect.poll(() => asked).toBe(64);
  left.abort();
  await Promise.all(gone);
  // The server has to see that they went; should it not have by then, there is nothing to be seen here.
  await delay(100);
  slow.resolve(undefined);
  await expect
    .poll(async () => {
      const answer = await api.ask(path);
      await answer.body?.cancel();
      return answer.status;
    })
    .toBe(200);
});

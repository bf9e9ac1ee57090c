import { describe, expect, test } from 'vitest';

import {
  eventShownSchema,
  eventsShownSchema,
  rejectionsShownSchema,
  statusShownSchema,
} from '../../../src/handoff/inspector/shown-schema.ts';
import { openFarSide } from '../far-side.ts';
import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { newEvent } from '../store/samples.ts';
import { bodyOf, everythingTo, openTestStore, post } from '../serving.ts';
import { inspect } from './inspecting.ts';

describe('an event', () => {
  test('is shown byte for byte with all that became of it, its secrets masked', async () => {
    const far = await openFarSide();
    far.answer((_call, nth) => ({
      status: nth === 1 ? 500 : 200,
      body: `answer ${nth}`,
      headers: { 'set-cookie': 's=1' },
    }));
    const serving = await inspect({ routes: everythingTo(far.url), pace: { delaysMs: [1, 1] } });
    const body = bodyOf('customerEmail', { case_subject: '</script><b>\u202E 1' }).replace(
      '{',
      '{ "big": 12345678901234567890,',
    );
    const { id = '' } = (await post(serving.webhookUrl, body, { authorization: 'Bearer secret', 'x-other': 'seen' }))
      .body;
    await serving.arrived(1);

    const shown = await serving.read(`/api/events/${id}`, eventShownSchema);
    expect(shown).toMatchObject({ id, event: 'case_email_received', state: 'delivered', body });
    expect(shown.headers).toContainEqual(['authorization', '[redacted]']);
    expect(shown.headers).toContainEqual(['x-other', 'seen']);
    const delivery = shown.deliveries.find(({ kind }) => kind === 'forward');
    expect(delivery?.history.map(({ response }) => response?.status)).toEqual([500, 200]);
    expect(delivery?.history[0]?.response?.body).toBe('answer 1');
    expect(JSON.stringify(shown)).not.toContain('Bearer secret');
    expect(delivery?.history[0]?.response?.headers).toContainEqual(['set-cookie', '[redacted]']);

    const raw = await serving.ask(`/api/events/${id}/body`);
    expect(Buffer.from(await raw.arrayBuffer()).toString()).toBe(body);
    expect(raw.headers.get('content-type')).toBe('application/octet-stream');
    const { command } = (await (await serving.ask(`/api/events/${id}/curl`)).json()) as { command: string };
    expect(command).toContain('"$AUTHORIZATION"');
    expect(command).not.toContain('Bearer secret');
    const har = (await (await serving.ask(`/api/events/${id}/har`)).json()) as { log: { entries: unknown[] } };
    expect(har.log.entries).toHaveLength(3);
    expect(JSON.stringify(har)).not.toContain('Bearer secret');
  });

  test('that is not there is told so', async () => {
    const serving = await inspect();
    for (const path of ['/api/events/none', '/api/events/none/body', '/api/events/..%2f..']) {
      expect((await serving.ask(path)).status, path).toBe(404);
    }
  });
});

describe('the list', () => {
  test('is filtered by event, Case, state and text', async () => {
    const far = await openFarSide();
    far.answer(({ body }) => ({ status: body.includes('dead one') ? 410 : 200 }));
    const serving = await inspect({ routes: everythingTo(far.url) });
    const other = '500000000000009AAA';
    await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'dead one' }));
    await post(serving.webhookUrl, bodyOf('caseClosed', { case_id: other, case_number: '00004711' }));
    await serving.heard('dead');
    await serving.arrived(1);
    const found = async (query: string) =>
      (await serving.read(`/api/events?${query}`, eventsShownSchema)).events.map(({ event }) => event);
    expect(await found('')).toEqual(expect.arrayContaining(['case_closed', 'case_created']));
    expect(await found('event=caseCreated')).toEqual(['case_created']);
    expect(await found('state=dead')).toEqual(['case_created']);
    expect(await found(`case=${other}`)).toEqual(['case_closed']);
    expect(await found('case=00004711')).toEqual(['case_closed']);
    expect(await found('text=DEAD%20ONE')).toEqual(['case_created']);
    expect(await found('text=nowhere')).toEqual([]);
    for (const query of ['event=other', 'state=lost', 'before=-1', 'unknown=1']) {
      expect((await serving.ask(`/api/events?${query}`)).status, query).toBe(400);
    }
  });

  test('comes in pages of fifty', async () => {
    const serving = await inspect({ mode: 'record' });
    await Promise.all(Array.from({ length: 60 }, () => post(serving.webhookUrl)));
    const first = await serving.read('/api/events', eventsShownSchema);
    expect([first.events.length, first.more]).toEqual([50, true]);
    const rest = await serving.read(`/api/events?before=${first.events.at(-1)?.sequence}`, eventsShownSchema);
    expect([rest.events.length, rest.more]).toEqual([10, false]);
    expect(new Set([...first.events, ...rest.events].map(({ id }) => id)).size).toBe(60);
  });
});

test('calls that were refused are shown with the reason', async () => {
  const serving = await inspect();
  await post(serving.webhookUrl, '{"delivery_id":"<b>"}');
  const { rejections } = await serving.read('/api/rejections', rejectionsShownSchema);
  expect(rejections).toMatchObject([{ status: 400, body: '{"delivery_id":"<b>"}' }]);
});

test('the far side and the store are told to be well, or since when they are not', async () => {
  const far = await openFarSide();
  const serving = await inspect({ routes: everythingTo(far.url) });
  await post(serving.webhookUrl);
  await serving.arrived(1);
  const { origin } = new URL(far.url);
  expect(await serving.read('/api/status', statusShownSchema)).toMatchObject({
    counts: { dead: 0 },
    links: [
      { role: 'store', isTried: true },
      { role: 'far-side', name: origin, isTried: true },
    ],
  });
  await far.close();
  await post(serving.webhookUrl);
  const [down] = await serving.heard('far-side-down');
  expect((await serving.read('/api/status', statusShownSchema)).links.slice(1)).toEqual([
    { role: 'far-side', name: origin, isTried: true, failing: { since: down?.since, reason: down?.reason } },
  ]);
});

test('the org is shown before anything was carried there, and by its own name once it was', async () => {
  const far = await openFarSide();
  const { origin } = new URL(far.url);
  const org = { url: origin, messagingUrl: 'https://acme.my.salesforce-scrt.com/x' };
  const serving = await inspect({ routes: everythingTo(far.url), inspector: { token: 'token', org } });
  const links = async () => (await serving.read('/api/status', statusShownSchema)).links.slice(1);
  const messaging = { role: 'messaging', name: 'https://acme.my.salesforce-scrt.com', isTried: false };
  expect(await links()).toEqual([{ role: 'salesforce', name: origin, isTried: false }, messaging]);
  await post(serving.webhookUrl);
  await serving.arrived(1);
  expect(await links()).toEqual([{ role: 'salesforce', name: origin, isTried: true }, messaging]);
});

test('what the filter shows is given away as one archive, the oldest first', async () => {
  const far = await openFarSide();
  const serving = await inspect({ routes: everythingTo(far.url) });
  for (const subject of ['one', 'two', 'three']) {
    await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: subject }), {
      authorization: 'Bearer secret',
    });
  }
  await post(serving.webhookUrl, bodyOf('caseClosed'));
  await serving.arrived(4);
  const archive = await (await serving.ask('/api/har?event=caseCreated')).text();
  const { log } = JSON.parse(archive) as {
    log: { version: string; entries: { request: { postData: { text: string } } }[] };
  };
  const subjects = log.entries.map(
    ({ request }) => (JSON.parse(request.postData.text) as Record<string, string>)['case_subject'],
  );
  expect(subjects).toEqual(['one', 'one', 'two', 'two', 'three', 'three']);
  expect(archive).not.toContain('Bearer secret');
  expect((await serving.ask('/api/har?event=odd')).status).toBe(400);
  const nothing = (await (await serving.ask('/api/har?text=nowhere')).json()) as { log: { entries: unknown[] } };
  expect(nothing.log.entries).toEqual([]);
});

describe('a replay', () => {
  test('goes where the event went, byte for byte', async () => {
    const far = await openFarSide();
    const serving = await inspect({ routes: everythingTo(far.url) });
    const body = bodyOf();
    const { id = '' } = (await post(serving.webhookUrl, body)).body;
    await serving.arrived(1);
    const replay = await serving.replay(id, {});
    expect(replay.status).toBe(201);
    await serving.arrived(2);
    expect(far.calls[1]?.body.toString()).toBe(body);
    expect(far.calls[1]?.headers['opencx-sf-replay-of']).toBe(id);
    const shown = await serving.read(`/api/events/${replay.body.id}`, eventShownSchema);
    expect(shown).toMatchObject({ replayOf: id, state: 'delivered' });
  });

  test('carries another body, to another place', async () => {
    const far = await openFarSide();
    const serving = await inspect();
    const { id = '' } = (await post(serving.webhookUrl)).body;
    const body = '{\n  "edited": "ä"\n}';
    expect((await serving.replay(id, { body, to: far.url })).status).toBe(201);
    await serving.arrived(1);
    expect(far.calls[0]?.body.toString()).toBe(body);
  });

  test('that cannot be made is refused with the reason, and nothing is sent', async () => {
    const serving = await inspect({ mode: 'record' });
    const { id = '' } = (await post(serving.webhookUrl)).body;
    const refused: [object, RegExp][] = [
      [{}, /only recorded/],
      [{ to: 'ftp://far.example/' }, /http:\/\/ and https:\/\/ alone/],
      [{ to: 'http://me:secret@far.example/' }, /user name or password/],
      [{ to: 'http://127.0.0.1:1/', body: '{"cut' }, /not JSON/],
      [{ to: 'http://127.0.0.1:1/', body: '['.repeat(1000) }, /deeper than 64/],
      [{ to: 1 }, /to/],
      [{ more: 1 }, /more/],
      [[], /object/],
    ];
    for (const [wish, reason] of refused) {
      const { status, body } = await serving.replay(id, wish);
      expect([status, body.error]).toEqual([400, expect.stringMatching(reason)]);
    }
    const form = await serving.ask(`/api/events/${id}/replay`, {
      method: 'POST',
      body: new URLSearchParams({ to: 'x' }),
    });
    expect(form.status).toBe(415);
    expect(await serving.store.events({ limit: 10 })).toHaveLength(1);
  });
});

test('a store that fails between two readings for one event is told as any that fails', async () => {
  const { store } = await openTestStore();
  const { event } = await store.accept(newEvent(), []);
  const failing: HandoffStore = { ...store, sessions: () => Promise.reject(new Error('the disk is gone')) };
  const serving = await inspect({ store: failing });
  expect((await serving.ask(`/api/events/${event.id}`)).status).toBe(503);
});

test('a store that fails is told, and works again once it does', async () => {
  const { store } = await openTestStore();
  let isFull = true;
  // The full disk of the store itself is tried in its own tests.
  const failing: HandoffStore = {
    ...store,
    accept: (...given) => (isFull ? Promise.reject(new Error('the disk is full')) : store.accept(...given)),
    events: (...given) => (isFull ? Promise.reject(new Error('the disk is gone')) : store.events(...given)),
  };
  const event = await store.accept(newEvent(), []);
  const serving = await inspect({ store: failing });
  expect((await serving.ask('/api/events')).status).toBe(503);
  const wish = { to: 'http://127.0.0.1:1/' };
  expect(await serving.replay(event.event.id, wish)).toMatchObject({
    status: 503,
    body: { error: 'The store cannot be written at the moment.' },
  });
  const ofStore = async () => (await serving.read('/api/status', statusShownSchema)).links[0];
  expect(await ofStore()).toMatchObject({ role: 'store', failing: { reason: 'the disk is full' } });
  isFull = false;
  expect((await serving.replay(event.event.id, wish)).status).toBe(201);
  expect((await serving.ask('/api/events')).status).toBe(200);
  expect(await ofStore()).toEqual({ role: 'store', name: 'store', isTried: true });
});

test('a page that follows is told what changes, and let go when the server ends', async () => {
  const serving = await inspect({ mode: 'record' });
  const live = await serving.ask('/api/live');
  expect(live.headers.get('content-type')).toBe('text/event-stream');
  const reader = (live.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => String((await reader.read()).value);
  expect(await read()).toBe(': open\n\n');
  const { id = '' } = (await post(serving.webhookUrl)).body;
  expect(JSON.parse((await read()).replace('data: ', ''))).toEqual({ events: [id], all: false });
  const ended = serving.close();
  expect((await reader.read()).done).toBe(true);
  await ended;
});

test('no more pages follow than may; one that goes makes room', async () => {
  const serving = await inspect();
  const pages = Array.from({ length: 32 }, () => new AbortController());
  await Promise.all(pages.map(({ signal }) => serving.ask('/api/live', { signal })));
  expect((await serving.ask('/api/live')).status).toBe(503);
  pages[0]?.abort();
  await expect
    .poll(async () => {
      const again = await serving.ask('/api/live');
      await again.body?.cancel();
      return again.status;
    })
    .toBe(200);
  for (const page of pages) page.abort();
});

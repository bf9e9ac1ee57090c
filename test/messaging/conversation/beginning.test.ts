import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import type { Identity } from '../../../src/messaging/access/access.ts';
import { conversationStarts } from '../../../src/messaging/conversation/rate-limit.ts';
import { openConversation } from '../../../src/messaging/conversation/open-conversation.ts';
import { openMessagingOrg, type MessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { apiOf, apiOfOrg, contact, open, quick, said } from '../live-messaging.ts';
import { eventText, messageEntry, startScrt } from '../scripted-scrt.ts';

const jane: Identity = { kind: 'verified', sign: async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };
const id = '5f0c7a52-3c1e-4e1b-9d43-5a1d2f6b7c80';
const create = 'POST /iamessage/api/v2/conversation';

async function anOrg(): Promise<MessagingOrg> {
  const org = await openMessagingOrg();
  onTestFinished(async () => {
    await org.client.close();
    expect(org.client.bugs).toEqual([]);
  });
  await org.settings({ rateLimits: false });
  return org;
}

describe('a conversation', () => {
  test('is made only when the stream is open, so that no event can be missed', async () => {
    const scrt = await startScrt();
    await open({ identity: jane, conversationId: id }, { api: await apiOf(scrt.url) });
    expect(scrt.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`)).toEqual([
      'POST access-token',
      'GET sse',
      'POST conversation',
    ]);
  });

  test('that is there already and ours is gone on with, as it was', async () => {
    const org = await anOrg();
    const api = await apiOfOrg(org);
    const identity = contact(org);
    const first = await open({ identity, conversationId: id }, { api });
    await first.conversation.send('one');
    await first.conversation.send('two');
    await first.conversation.dispose();

    const again = await open({ identity, conversationId: id }, { api });
    expect(again.conversation.created).toBe(false);
    expect(said(again.conversation)).toEqual(['EndUser: one', 'EndUser: two']);
    expect([await again.next('message'), await again.next('message')]).toMatchObject([
      { text: 'one', history: true, source: 'entries', late: false },
      { text: 'two', history: true },
    ]);
    expect(await again.conversation.send('three')).toMatchObject({ newSession: false });
    expect(await again.next('message', ({ text }) => text === 'three')).toMatchObject({ history: false });
    expect(await org.records('SELECT Id FROM MessagingSession')).toHaveLength(1);
  });

  test('of somebody else is not entered', async () => {
    const org = await anOrg();
    const api = await apiOfOrg(org);
    await open({ identity: contact(org, 'jane'), conversationId: id }, { api });
    for (const begin of ['create', 'continue'] as const) {
      await expect(open({ identity: contact(org, 'john'), conversationId: id, begin }, { api })).rejects.toMatchObject({
        code: 'PERMISSION_DENIED',
        message: `The conversation ${id} belongs to another identity.`,
      });
    }
  });

  test('that is to be continued has to be there', async () => {
    const org = await anOrg();
    await expect(
      open({ identity: contact(org), conversationId: id, begin: 'continue' }, { api: await apiOfOrg(org) }),
    ).rejects.toMatchObject({ code: 'ORG_REFUSED', details: { httpStatus: 404 } });
    expect(await org.records('SELECT Id FROM Conversation')).toEqual([]);
  });

  test('has an id that the org takes', async () => {
    const scrt = await startScrt();
    const api = await apiOf(scrt.url);
    for (const bad of [id.toUpperCase(), 'session-1', '5f0c7a52-3c1e-1e1b-9d43-5a1d2f6b7c80']) {
      await expect(open({ identity: jane, conversationId: bad }, { api })).rejects.toMatchObject({ code: 'USAGE' });
    }
    expect(scrt.requests).toEqual([]);
  });

  test.each([
    ['lose', 'was made although the answer was lost: it is found, and made once'],
    ['drop', 'was not made when the connection broke: it is made then'],
  ] as const)('%s: %s', async (kind, _what) => {
    const scrt = await startScrt();
    let failures = 1;
    scrt.otherwise(({ method, path }) =>
      `${method} ${path}` === create && failures-- > 0
        ? kind === 'lose'
          ? { lose: true }
          : { drop: true }
        : undefined,
    );
    const { conversation } = await open({ identity: jane, conversationId: id }, { api: await apiOf(scrt.url) });
    expect(conversation.created).toBe(true);
    expect(scrt.received(create)).toHaveLength(kind === 'lose' ? 1 : 2);
    expect(scrt.received(/conversation\/list/)).toHaveLength(1);
    expect(await conversation.send('hello')).toMatchObject({ newSession: true });
  });

  test.each([
    ['shows it', true],
    ['does not show it', false],
  ])(
    'that another run had begun is not taken for a new one after a lost answer, if the list %s',
    async (_how, listed) => {
      const scrt = await startScrt();
      scrt.conversationId = id;
      scrt.entries.push(messageEntry('m-1', 1000, 'opening message', 'EndUser'));
      let failures = 1;
      scrt.otherwise(({ method, path }) => {
        if (path.endsWith('/list') && !listed) return { status: 200, body: { conversations: [] } };
        return `${method} ${path}` === create && failures-- > 0 ? { lose: true } : undefined;
      });
      const { conversation } = await open({ identity: jane, conversationId: id }, { api: await apiOf(scrt.url) });
      expect(conversation.created).toBe(false);
      expect(said(conversation)).toEqual(['EndUser: opening message']);
      expect(await conversation.send('more')).toMatchObject({ newSession: false });
    },
  );

  test('has what came while the stream was lost in the moment of its creation', async () => {
    const scrt = await startScrt();
    scrt.otherwise(async ({ method, path }) => {
      if (`${method} ${path}` !== create) return undefined;
      scrt.cut();
      scrt.entries.push(messageEntry('welcome', 1000, 'Welcome', 'Chatbot'));
      await expect.poll(() => scrt.received(/\/sse$/).length).toBe(2);
      await systemClock.sleep(50);
      return undefined;
    });
    const { conversation, next } = await open({ identity: jane }, { api: await apiOf(scrt.url) });
    expect(said(conversation)).toEqual(['Chatbot: Welcome']);
    expect(await next('message')).toMatchObject({ history: false });
  });

  test('has what came while the stream was lost in the moment its history was read', async () => {
    const scrt = await startScrt();
    scrt.conversationId = id;
    scrt.entries.push(messageEntry('old', 1000, 'old'));
    let readings = 0;
    scrt.otherwise(async ({ path }) => {
      if (!path.endsWith('/entries')) return undefined;
      readings += 1;
      // The first looks whose conversation it is, the second reads its history.
      if (readings !== 2) return undefined;
      const history = [...scrt.entries];
      scrt.cut();
      scrt.entries.push(messageEntry('missed', 2000, 'missed'));
      await expect.poll(() => scrt.received(/\/sse$/).length).toBe(2);
      await systemClock.sleep(50);
      return { status: 200, body: { conversationEntries: history } };
    });
    const { conversation } = await open({ identity: jane, conversationId: id }, { api: await apiOf(scrt.url) });
    expect(said(conversation)).toEqual(['Agent: old', 'Agent: missed']);
  });

  test('is given up where the org lists the same entries again and again, from whatever time on', async () => {
    const scrt = await startScrt();
    scrt.conversationId = id;
    scrt.entries.push(...Array.from({ length: 60 }, (_, at) => messageEntry(`m-${at}`, 1000 + at, `text ${at}`)));
    scrt.otherwise(({ path }) =>
      path.endsWith('/entries') ? { status: 200, body: { conversationEntries: scrt.entries.slice(0, 50) } } : undefined,
    );
    await expect(open({ identity: jane, conversationId: id }, { api: await apiOf(scrt.url) })).rejects.toMatchObject({
      code: 'ORG_UNEXPECTED_ANSWER',
      message: expect.stringContaining('startTimestamp'),
    });
    expect(scrt.received(/\/entries$/).length).toBeLessThan(10);
  });

  test('tells its history before what happens just now', async () => {
    const scrt = await startScrt();
    scrt.conversationId = id;
    scrt.entries.push(messageEntry('old', 1000, 'old'));
    scrt.otherwise(async ({ path }) => {
      if (!path.endsWith('/entries')) return undefined;
      scrt.write(eventText(id, messageEntry('new', 2000, 'new')));
      // The event is there well before the history.
      await systemClock.sleep(50);
      return undefined;
    });
    const { events, next } = await open(
      { identity: jane, conversationId: id, begin: 'continue' },
      { api: await apiOf(scrt.url) },
    );
    await next('message', ({ text }) => text === 'new');
    expect(events).toMatchObject([
      { text: 'old', history: true },
      { text: 'new', history: false, late: false },
    ]);
  });

  test('is not begun when the stream is lost for good meanwhile, and the reason is told', async () => {
    const scrt = await startScrt();
    scrt.otherwise(({ method, path }) => {
      if (`${method} ${path}` === create) {
        scrt.otherwise((next) =>
          next.path.endsWith('/sse') ? { status: 403, body: { message: 'No.' } } : { hang: true },
        );
        scrt.cut();
        return { hang: true };
      }
      return undefined;
    });
    await expect(open({ identity: jane }, { api: await apiOf(scrt.url) })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    });
  });

  test('is not begun when the org keeps failing, and leaves nothing open', async () => {
    const scrt = await startScrt();
    scrt.otherwise(({ method, path }) => (`${method} ${path}` === create ? { status: 500 } : undefined));
    await expect(open({ identity: jane }, { api: await apiOf(scrt.url) })).rejects.toMatchObject({
      details: { httpStatus: 500 },
    });
    expect(scrt.received(create)).toHaveLength(3);
    await expect.poll(scrt.openStreams).toBe(0);
  });

  test('is not begun any more once its signal aborts', async () => {
    const scrt = await startScrt();
    const deps = { api: await apiOf(scrt.url), clock: systemClock };
    const aborted = AbortSignal.abort();
    await expect(openConversation({ identity: jane }, deps, aborted)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const stop = new AbortController();
    scrt.otherwise(({ path }) => {
      if (path !== '/iamessage/api/v2/conversation') return undefined;
      stop.abort();
      return { hang: true };
    });
    await expect(
      openConversation({ identity: jane }, { api: await apiOf(scrt.url), clock: systemClock }, stop.signal),
    ).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect.poll(scrt.openStreams).toBe(0);
  });

  test('waits for its turn: three are begun in thirty seconds', async () => {
    const scrt = await startScrt();
    const waits: number[] = [];
    const clock = {
      ...systemClock,
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (ms > 10_000 && ms < 30_000) waits.push(ms);
        else await systemClock.sleep(ms, signal);
      },
    };
    const starts = conversationStarts(clock);
    const api = await apiOf(scrt.url);
    for (let count = 0; count < 4; count += 1) {
      scrt.conversationId = undefined;
      await open({ identity: jane, pace: quick }, { api, clock, starts });
    }
    expect(waits).toHaveLength(1);
  });

  test('of an anonymous contact works as long as its token', async () => {
    const scrt = await startScrt();
    scrt.lifetime = 1;
    const { conversation, next, ended } = await open(
      { identity: { kind: 'anonymous' } },
      { api: await apiOf(scrt.url) },
    );
    expect(conversation.access().verified).toBe(false);
    await next('access-ending');
    scrt.otherwise(({ path }) => (path.endsWith('/message') ? { status: 401, body: 'Jwt is expired' } : undefined));
    await expect(conversation.send('hello')).rejects.toMatchObject({ code: 'MESSAGING_ACCESS_ENDED' });
    await conversation.dispose();
    expect(await ended).toBeUndefined();
  });

  test('reads a long history whole, page by page, with many entries in one millisecond', async () => {
    const scrt = await startScrt();
    scrt.conversationId = id;
    const times = Array.from({ length: 175 }, (_, index) =>
      index < 100 ? 1000 + Math.floor(index / 30) : 2000 + index,
    );
    for (const [index, at] of times.entries()) scrt.entries.push(messageEntry(`e-${index}`, at, `m${index}`));
    const { conversation } = await open({ identity: jane, conversationId: id }, { api: await apiOf(scrt.url) });
    expect(said(conversation)).toEqual(times.map((_, index) => `Agent: m${index}`));
  });
});

import { expect, test } from 'vitest';

import { OpencxError } from '../../../src/errors/opencx-error.ts';
import { eventShownSchema } from '../../../src/handoff/inspector/shown-schema.ts';
import {
  opencxShownSchema,
  sessionDetailSchema,
  sessionsShownSchema,
  type TimelineEntry,
} from '../../../src/handoff/inspector/sessions/session-schema.ts';
import { becomes, newEvent, newSession, sessionId } from '../store/samples.ts';
import { bodyOf, openTestStore, post } from '../serving.ts';
import { inspect, type Inspecting } from './inspecting.ts';
import { failedSession, plainTexts, writeSessionStory } from './session-story.ts';

const caseId = '500000000000007AAA';
const org = 'https://acme.my.salesforce.com';
const story = { id: sessionId(1), at: Date.UTC(2026, 0, 15, 9, 30), caseId, caseNumber: '00004711', org };

/** A server whose store holds the session of a Case, and one that failed. */
async function inspectStory(options: Parameters<typeof inspect>[0] = {}): Promise<Inspecting> {
  const { store } = await openTestStore();
  await writeSessionStory(store, story);
  await store.changeSession(failedSession(sessionId(2), story.at + 1_000, { ...plainTexts, contact: 'John Ó Foe' }));
  return await inspect({ store, ...options });
}

test('sessions are listed, the one changed last first, and found by what people know of them', async () => {
  const serving = await inspectStory();
  const found = async (query: string) =>
    (await serving.read(`/api/sessions?${query}`, sessionsShownSchema)).sessions.map(({ contact }) => contact.name);
  expect(await found('')).toEqual(['Jane Doe', 'John Ó Foe']);
  expect(await found('text=john%20%C3%B3')).toEqual(['John Ó Foe']);
  expect(await found('text=4711')).toEqual(['Jane Doe']);
  expect(await found('channel=messaging')).toEqual(['John Ó Foe']);
  expect(await found('state=handedOff')).toEqual(['Jane Doe']);
  for (const query of ['state=odd', 'channel=odd', 'before=x', 'text=', 'more=1']) {
    expect((await serving.ask(`/api/sessions?${query}`)).status, query).toBe(400);
  }
});

test('sessions come in pages of fifty, also where many were changed at the same time', async () => {
  const { store } = await openTestStore();
  for (let number = 0; number < 60; number += 1) {
    await store.changeSession(becomes(newSession(number, { updatedAt: 1_000 })));
  }
  const serving = await inspect({ store });
  const first = await serving.read('/api/sessions', sessionsShownSchema);
  const rest = await serving.read(`/api/sessions?before=${first.next}`, sessionsShownSchema);
  expect([first.sessions.length, rest.sessions.length, rest.next]).toEqual([50, 10, undefined]);
  expect(new Set([...first.sessions, ...rest.sessions].map(({ id }) => id)).size).toBe(60);
});

test('a session is shown across both systems in the order of time', async () => {
  const serving = await inspectStory({ inspector: { token: 'token', org: { url: org } } });
  const owner = bodyOf('ownerChanged', { case_id: caseId, case_number: '00004711' });
  const { id: webhook } = (await post(serving.webhookUrl, owner)).body;
  await post(serving.webhookUrl, bodyOf('caseCreated'));
  const { session, links, timeline, more } = await serving.read(`/api/sessions/${story.id}`, sessionDetailSchema);
  expect(session).toMatchObject({ state: 'handedOff', caseId, contact: { name: 'Jane Doe' } });
  expect(links).toEqual({
    case: `${org}/lightning/r/Case/${caseId}/view`,
    contact: `${org}/lightning/r/Contact/003000000000001AAA/view`,
  });
  expect(more).toBe(false);
  expect(timeline.map(lineOf)).toEqual([
    'from-opencx handoff',
    'told session.started',
    `${org} failed: ${plainTexts.failure}`,
    `${org} 201`,
    'told session.handoff_completed',
    'from-opencx message',
    `${org} 201`,
    'told message.delivered',
    'told session.handed_off',
    'told agent.joined',
    'told message.agent',
    'from-salesforce case_owner_changed',
  ]);
  expect(timeline.at(-1)).toMatchObject({ event: { id: webhook } });
  expect(timeline.at(-2)).toMatchObject({ event: { about: plainTexts.answer, sessionId: story.id, caseId } });
});

test('of a long one the newest events are shown, and more on demand', async () => {
  const serving = await inspectStory();
  const detail = async (most: string) =>
    await serving.read(`/api/sessions/${story.id}?most=${most}`, sessionDetailSchema);
  const short = await detail('2');
  expect(short.more).toBe(true);
  expect(short.timeline.map(lineOf)).toEqual(['told agent.joined', 'told message.agent']);
  expect((await detail('8')).more).toBe(false);
  expect((await serving.ask(`/api/sessions/${story.id}?most=0`)).status).toBe(400);
  expect((await serving.ask('/api/sessions/none')).status).toBe(404);
});

test('an event of a Case names its sessions and its page in the org, one of a session the way it went', async () => {
  const serving = await inspectStory({ inspector: { token: 'token', org: { url: org } } });
  const { id } = (await post(serving.webhookUrl, bodyOf('caseClosed', { case_id: caseId }))).body;
  expect(await serving.read(`/api/events/${id}`, eventShownSchema)).toMatchObject({
    direction: 'from-salesforce',
    sessions: [story.id],
    caseLink: `${org}/lightning/r/Case/${caseId}/view`,
  });
  const [handoff] = await serving.store.events({ name: 'handoff', limit: 1 });
  expect(await serving.read(`/api/events/${handoff?.id}`, eventShownSchema)).toMatchObject({
    direction: 'from-opencx',
    sessionId: story.id,
    about: plainTexts.subject,
    sessions: [],
    deliveries: [{ kind: 'case', target: org, history: [{ failure: plainTexts.failure }, {}] }],
  });
});

test('a Case has no link where the org is not known, has no such pages, or the id is none', async () => {
  for (const url of [undefined, 'http://127.0.0.1:4000', 'javascript:alert(1)']) {
    const serving = await inspectStory({
      inspector: { token: 'token', ...(url === undefined ? {} : { org: { url } }) },
    });
    expect((await serving.read(`/api/sessions/${story.id}`, sessionDetailSchema)).links).toEqual({});
  }
  const serving = await inspectStory({ inspector: { token: 'token', org: { url: org } } });
  const { event } = await serving.store.accept(newEvent({ orderKey: '../../x?y=500' }), []);
  expect((await serving.read(`/api/events/${event.id}`, eventShownSchema)).caseLink).toBeUndefined();
});

test('what OpenCX has of a session is shown, and it is asked to sync', async () => {
  const synced: string[] = [];
  const items = [{ at: '2026-01-15T09:30:00.000Z', type: 'message', sender: 'contact', text: 'Hello' }];
  const opencx = {
    history: async (id: string) => (id === story.id ? { items, truncated: false } : undefined),
    sync: async (id: string) => {
      if (id !== story.id) throw new OpencxError('ORG_REFUSED', { message: 'api.open.cx answered HTTP 403' });
      synced.push(id);
    },
  };
  const serving = await inspectStory({ inspector: { token: 'token', opencx } });
  const history = async (id: string) => await serving.read(`/api/sessions/${id}/opencx`, opencxShownSchema);
  const sync = async (id: string) => await serving.ask(`/api/sessions/${id}/sync`, { method: 'POST' });
  expect(await history(story.id)).toEqual({ isKnown: true, items, truncated: false });
  expect(await history(sessionId(2))).toEqual({ isKnown: false, items: [], truncated: false });
  expect((await sync(story.id)).status).toBe(202);
  expect(synced).toEqual([story.id]);
  const refused = await sync(sessionId(2));
  expect([refused.status, await refused.json()]).toEqual([502, { error: 'api.open.cx answered HTTP 403' }]);
  const without = await inspectStory();
  expect((await without.ask(`/api/sessions/${story.id}/opencx`)).status).toBe(404);
});

function lineOf(entry: TimelineEntry): string {
  if (entry.kind === 'event') return `${entry.event.direction} ${entry.event.event}`;
  return `${entry.target} ${entry.status ?? `failed: ${entry.failure}`}`;
}

import { expect, test } from 'vitest';

import type { Happening } from '../../../src/handoff/session/happening.ts';
import { afterwards } from '../../../src/handoff/session/session-machine.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import { sessionStates, type Session } from '../../../src/handoff/session/session.ts';
import { transitions, type Row } from '../../../src/handoff/session/transitions.ts';
import { accepted, message, newBook, sessionId } from './book.ts';

const arrived: Happening = { type: 'handed-over', appended: false, conversationId: 'conversation-1' };
const joined: Happening = { type: 'agent-joined', agent: { name: 'Rita Rep' } };
const ended: Happening = { type: 'messaging-ended' };

/** What happens one after another, each of a cause of its own. */
function told(...happenings: readonly Happening[]) {
  const book = newBook();
  happenings.forEach((happening, index) => book.report({ happening, cause: `cause-${index}` }));
  return book;
}

test('a chat from the handoff to its end', () => {
  const book = told(
    accepted,
    arrived,
    joined,
    { type: 'agent-wrote', message },
    { type: 'message-sent', message: { id: 'message-1', text: 'Thanks' } },
    { type: 'agent-left', agent: {} },
    ended,
  );
  expect(book.names()).toEqual([
    'session.handoff_completed',
    'session.handed_off',
    'agent.joined',
    'message.agent',
    'message.delivered',
    'agent.left',
    'session.resolved',
  ]);
  expect(book.session()).toMatchObject({
    id: sessionId,
    channel: 'web',
    origin: 'handoff',
    state: 'resolved',
    subject: 'My order',
    handoffEventId: 'evt_1',
    conversationId: 'conversation-1',
  });
  expect(book.told.map(({ state }) => state)).toEqual([
    'open',
    'handedOff',
    'handedOff',
    'handedOff',
    'handedOff',
    'handedOff',
    'resolved',
  ]);
  expect(book.told[0]).toMatchObject({ appended: false, conversationId: 'conversation-1', channel: 'web', sessionId });
  expect(book.told[1]).toMatchObject({ reason: 'a representative joined' });
  expect(book.told[2]).toMatchObject({ agent: { name: 'Rita Rep' } });
});

test('mail makes a Case, and a representative takes it over', () => {
  const place = { caseId: '500000000000001AAA', caseNumber: '00001027', contactId: undefined };
  const book = told(
    { type: 'case-created', contact: { email: 'jane@customer.example' }, subject: 'Where is it?', ...place },
    { type: 'contact-wrote', message },
    { type: 'mail-bounced', message: { id: 'message-1', text: 'We look' }, reason: 'the mail bounced' },
    { type: 'owner-changed' },
    { type: 'owner-changed' },
    { type: 'agent-wrote', message },
    { type: 'case-closed' },
    { type: 'contact-wrote', message },
  );
  expect(book.names()).toEqual([
    'session.started',
    'message.contact',
    'message.failed',
    'session.handed_off',
    'message.agent',
    'session.resolved',
    'message.contact',
  ]);
  const session = book.session();
  expect(session).toMatchObject({ channel: 'email', origin: 'case', state: 'resolved', caseNumber: '00001027' });
  expect(session).not.toHaveProperty('contactId');
});

test('a handoff that failed is handed off again, and arrives', () => {
  const failed: Happening = { type: 'handoff-dead', reason: '3 attempts', caseId: '500000000000001AAA' };
  const book = told(accepted, failed);
  expect(book.session()).toMatchObject({ state: 'failed', caseId: '500000000000001AAA' });
  expect(book.told).toMatchObject([{ event: 'session.handoff_failed', reason: '3 attempts', state: 'failed' }]);
  book.report({ happening: arrived, cause: 'replay' });
  expect(book.session()?.state).toBe('open');
  const again = told(accepted, failed, { ...accepted, subject: 'Once more', callbackUrl: 'https://x.example/' });
  expect(again.session()).toMatchObject({
    state: 'handing-off',
    subject: 'Once more',
    callbackUrl: 'https://x.example/',
  });
});

test('a session that is handed off again keeps its state and what is not said anew', () => {
  const second: Happening = { type: 'handoff-accepted', channel: 'web', contact: { name: 'J. Doe' } };
  const book = told(accepted, arrived, joined, second, { ...arrived, appended: true });
  expect(book.session()).toMatchObject({
    state: 'handedOff',
    subject: 'My order',
    contact: { id: 'contact-1', name: 'J. Doe', email: 'jane@customer.example' },
  });
  expect(book.told.at(-1)).toMatchObject({ event: 'session.handoff_completed', appended: true, state: 'handedOff' });
});

test('a contact who writes after the end is in another messaging session', () => {
  const first = '0Mw000000000001AAA';
  const second = '0Mw000000000002AAA';
  const start = [accepted, arrived, { ...joined, messagingSessionId: first }, { ...ended, messagingSessionId: first }];
  const bySender: Happening = { type: 'messaging-restarted', after: first };
  const byEntry: Happening = { type: 'messaging-restarted', messagingSessionId: second };
  for (const restart of [[bySender, byEntry], [byEntry, bySender], [bySender], [byEntry]]) {
    const book = told(...start, ...restart);
    expect(book.session()?.state).toBe('open');
    expect(book.names().slice(3)).toEqual(['session.resolved', 'session.reopened']);
  }
  // A representative who is there before anybody told of it.
  const overtaken = told(...start, { ...joined, messagingSessionId: second }, byEntry, bySender);
  expect(overtaken.session()).toMatchObject({ state: 'handedOff', messagingSessionId: second });
  expect(overtaken.names().slice(4)).toEqual(['session.reopened', 'session.handed_off', 'agent.joined']);
  // The end was never told.
  const unended = told(...start.slice(0, -1), byEntry);
  expect(unended.session()?.state).toBe('open');
  expect(unended.names().slice(3)).toEqual(['session.resolved', 'session.reopened']);
});

test('an entry that came late belongs to what was over before', () => {
  const book = newBook();
  const entry = (id: number, happening: Happening) =>
    book.report({ happening, cause: `entry:${id}`, entry: { id: String(id), at: id } });
  book.report({ happening: accepted, cause: 'handoff' });
  entry(1, { ...joined, messagingSessionId: '0Mw000000000001' });
  entry(4, { type: 'messaging-restarted', messagingSessionId: '0Mw000000000002AAA' });
  entry(2, { type: 'agent-wrote', message, messagingSessionId: '0Mw000000000001AAA' });
  entry(3, { ...ended, messagingSessionId: '0Mw000000000001AAA' });
  expect(book.session()).toMatchObject({ state: 'open', messagingSessionId: '0Mw000000000002AAA' });
  expect(book.names().slice(2)).toEqual(['session.resolved', 'session.reopened', 'message.agent']);
});

test('an entry is worked in once, however long ago it was', () => {
  const book = newBook();
  book.report({ happening: accepted, cause: 'handoff' });
  const write = (id: number): void =>
    book.report({
      happening: { type: 'agent-wrote', message },
      cause: `pass-${passes}:${id}`,
      entry: { id: `e${id}`, at: id },
    });
  let passes = 1;
  for (let id = 1; id <= 100; id += 1) write(id);
  passes = 2;
  for (let id = 1; id <= 101; id += 1) write(id);
  expect(book.names().filter((name) => name === 'message.agent')).toHaveLength(101);
  expect(book.session()?.entries?.length).toBeLessThan(100);
});

test('whatever happens to a session that is not there is left out', () => {
  for (const happening of [arrived, joined, ended, { type: 'contact-wrote', message } satisfies Happening]) {
    expect(afterwards(undefined, happening, { sessionId, at: 1 })).toEqual({ told: [] });
  }
});

test('each state and happening ends where the table says', () => {
  const samples: Record<Happening['type'], Happening> = {
    'handoff-accepted': accepted,
    'handed-over': arrived,
    'handoff-dead': { type: 'handoff-dead', reason: 'refused' },
    'case-created': { type: 'case-created', contact: {} },
    'contact-wrote': { type: 'contact-wrote', message },
    'agent-wrote': { type: 'agent-wrote', message },
    'agent-joined': joined,
    'agent-left': { type: 'agent-left', agent: {} },
    'owner-changed': { type: 'owner-changed' },
    'case-closed': { type: 'case-closed' },
    'messaging-ended': ended,
    'messaging-restarted': { type: 'messaging-restarted', messagingSessionId: '0Mw000000000002AAA' },
    'message-sent': { type: 'message-sent', message },
    'message-dead': { type: 'message-dead', message, reason: 'refused' },
    'mail-bounced': { type: 'mail-bounced', message, reason: 'bounced' },
  };
  for (const state of sessionStates) {
    for (const happening of Object.values(samples)) {
      const session: Session = {
        id: sessionId,
        channel: 'web',
        origin: 'handoff',
        contact: {},
        state,
        // Known, so that the restart leads to another one; all others happen in it.
        messagingSessionId: '0Mw000000000001AAA',
        createdAt: 1,
        updatedAt: 1,
      };
      const row: Row = transitions[happening.type].to;
      const { session: after } = afterwards(session, happening, { sessionId, at: 2 });
      expect((after ?? session).state, `${state} · ${happening.type}`).toBe(row[state] ?? state);
    }
  }
});

test('what is told goes to the callback of the session, else to that of serve, else to nobody', () => {
  const own = { ...accepted, callbackUrl: 'https://own.example/hook' };
  const targets = (happenings: readonly Happening[], callbackUrl: URL | undefined) =>
    changeBy(sessionId, happenings, { at: 5, callbackUrl })
      .decide(undefined, 'evt_7')
      .events.map(({ event, deliveries }) => [event.deliveryId, deliveries]);
  const id = `evt_7:session.handoff_completed:${sessionId}`;
  expect(targets([own, arrived], new URL('https://serve.example/'))).toEqual([
    [id, [{ kind: 'callback', target: 'https://own.example/hook' }]],
  ]);
  expect(targets([accepted, arrived], new URL('https://serve.example'))).toEqual([
    [id, [{ kind: 'forward', target: 'https://serve.example/' }]],
  ]);
  expect(targets([accepted, arrived], undefined)).toEqual([[id, []]]);
});

test('what has no cause is a mistake of the program', () => {
  const change = changeBy(sessionId, [accepted, arrived], { at: 5, callbackUrl: undefined });
  expect(() => change.decide(undefined)).toThrow('names no cause');
});

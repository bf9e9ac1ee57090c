import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  property,
  record,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { expect, test } from 'vitest';

import type { Happening } from '../../../src/handoff/session/happening.ts';
import { sessionStates, type SessionState } from '../../../src/handoff/session/session.ts';
import { accepted, message, newBook, type Book, type Report } from './book.ts';

/** `RUNS=20000` for a longer look. */
const runs = { numRuns: Number(process.env['RUNS'] ?? 300) };

const anyPlace = record({
  caseId: constantFrom(undefined, '500000000000001AAA', '500000000000002'),
  messagingSessionId: constantFrom(undefined, '0Mw000000000001AAA', '0Mw000000000002AAA', '0Mw000000000003'),
});
const anyReason = constantFrom(undefined, 'why');
const anyHappening: Arbitrary<Happening> = oneof(
  constant(accepted),
  record({ type: constant('handed-over' as const), appended: boolean() }),
  constant({ type: 'handoff-dead' as const, reason: 'refused' }),
  constant({ type: 'case-created' as const, contact: { email: 'jane@customer.example' } }),
  constantFrom('contact-wrote' as const, 'agent-wrote' as const, 'message-sent' as const).map((type) => ({
    type,
    message,
  })),
  constantFrom('message-dead' as const, 'mail-bounced' as const).map((type) => ({ type, message, reason: 'refused' })),
  constantFrom('agent-joined' as const, 'agent-left' as const).map((type) => ({ type, agent: { name: 'Rita Rep' } })),
  record({
    type: constantFrom('owner-changed' as const, 'case-closed' as const, 'messaging-ended' as const),
    reason: anyReason,
  }),
  record({ type: constant('messaging-restarted' as const), after: constantFrom(undefined, '0Mw000000000001AAA') }),
);
const anyEntry = option(record({ id: nat(40).map(String), at: nat(20) }), { nil: undefined });

test('whatever happens in whatever order, nothing throws and what is told fits the state', () => {
  const sequence = array(tuple(anyHappening, anyPlace, anyEntry), { maxLength: 40 });
  assert(
    property(sequence, (happenings) => {
      const book = newBook();
      happenings.forEach(([happening, place, entry], index) => {
        book.report({
          happening: { ...place, ...happening },
          cause: `cause-${index}`,
          ...(entry === undefined ? {} : { entry }),
        });
        checkTold(book);
      });
    }),
    runs,
  );
});

/** Each passage is told once, and leads from the one before: `handed_off` not twice until it is over, `resolved` not twice until reopened. */
function checkTold(book: Book): void {
  let phase: 'live' | 'handedOff' | 'resolved' = 'live';
  for (const { event, state } of book.told) {
    expect(sessionStates).toContain(state);
    if (event === 'session.handed_off') {
      expect(phase).toBe('live');
      phase = 'handedOff';
    } else if (event === 'session.resolved') {
      expect(phase).not.toBe('resolved');
      phase = 'resolved';
    } else if (event === 'session.reopened') {
      expect(phase).toBe('resolved');
      phase = 'live';
    }
  }
  const state = book.session()?.state;
  expect(state === 'handedOff').toBe(phase === 'handedOff');
  expect(state === 'resolved').toBe(phase === 'resolved');
}

/** What one messaging session of a conversation sees. */
interface Stretch {
  readonly joins: boolean;
  readonly writes: number;
  readonly leaves: boolean;
  /** Only the last one may go on; all others have ended before it. */
  readonly ends: boolean;
  /** What the sender of the message that opened it knew to be over: so many before the last one, or nothing. */
  readonly knew: number | undefined;
}

const stretch: Arbitrary<Stretch> = record({
  joins: boolean(),
  writes: nat(2),
  leaves: boolean(),
  ends: boolean(),
  knew: constantFrom(undefined, 1, 1, 1, 2),
});

const idOf = (index: number): string => `0Mw00000000000${index}AAA`;

/** The entries of a conversation in the order of the org. */
function entriesOf(stretches: readonly Stretch[]): Report[] {
  const happenings = stretches.flatMap(({ joins, writes, leaves, ends }, index): Happening[] => {
    const messagingSessionId = idOf(index);
    const isLast = index === stretches.length - 1;
    return [
      { type: 'messaging-restarted', messagingSessionId },
      ...(joins ? [{ type: 'agent-joined', agent: {}, messagingSessionId } as const] : []),
      ...Array.from({ length: joins ? writes : 0 }, (): Happening => ({
        type: 'agent-wrote',
        message,
        messagingSessionId,
      })),
      ...(joins && leaves ? [{ type: 'agent-left', agent: {}, messagingSessionId } as const] : []),
      ...(ends || !isLast ? [{ type: 'messaging-ended', messagingSessionId } as const] : []),
    ];
  });
  return happenings.map((happening, index) => ({
    happening,
    cause: `entry:${index}`,
    entry: { id: `e${index}`, at: 1000 + index },
  }));
}

/** What the requests of this side come to, in their order. */
function answersOf(stretches: readonly Stretch[]): Report[] {
  const restarts = stretches.slice(1).flatMap(({ knew }, index): Happening[] => [
    { type: 'messaging-restarted', after: knew === undefined ? undefined : idOf(Math.max(0, index + 1 - knew)) },
    { type: 'message-sent', message },
  ]);
  return [{ type: 'handed-over', appended: false } as const, ...restarts].map((happening, index) => ({
    happening,
    cause: `evt_${index}`,
  }));
}

interface Telling {
  /** Which of the two is told next; what is left at the end follows. */
  readonly turns: readonly boolean[];
  /** By how many places each entry may come late. */
  readonly delays: readonly number[];
  /** After so many reports another process takes over, and reads from so many entries further up. */
  readonly takeovers: readonly { readonly after: number; readonly back: number }[];
}

const telling: Arbitrary<Telling> = record({
  turns: array(boolean(), { maxLength: 40 }),
  delays: array(constantFrom(0, 0, 0, 1, 2, 3), { minLength: 40, maxLength: 40 }),
  takeovers: array(record({ after: nat(30), back: integer({ min: 1, max: 20 }) }), { maxLength: 3 }),
});

/** Both in one order, as it may come about; answers that come twice among them. */
function told(entries: readonly Report[], answers: readonly Report[], { turns, delays, takeovers }: Telling): Report[] {
  const late = entries
    .map((report, index) => ({ report, place: index + (delays[index] ?? 0) }))
    .sort((one, other) => one.place - other.place)
    .map(({ report }) => report);
  const waiting = { entries: [...late], answers: answers.flatMap((answer) => [answer, answer]) };
  const order: Report[] = [];
  for (const turn of [...turns, ...Array.from({ length: late.length + answers.length * 2 }, () => true)]) {
    const next = turn ? (waiting.entries.shift() ?? waiting.answers.shift()) : waiting.answers.shift();
    if (next !== undefined) order.push(next);
  }
  for (const { after, back } of takeovers) {
    const place = Math.min(after, order.length);
    const before = new Set(order.slice(0, place));
    const known = entries.filter((report) => before.has(report));
    order.splice(place, 0, ...known.slice(-back));
  }
  return order;
}

test('a chat ends in the state of its last messaging session, however answers, entries and takeovers overtake each other', () => {
  assert(
    property(array(stretch, { minLength: 1, maxLength: 4 }), telling, (stretches, how) => {
      const book = newBook();
      book.report({ happening: accepted, cause: 'handoff' });
      const entries = entriesOf(stretches);
      for (const report of told(entries, answersOf(stretches), how)) book.report(report);
      const last = stretches.at(-1);
      const expected: SessionState = last?.ends === true ? 'resolved' : last?.joins === true ? 'handedOff' : 'open';
      expect(book.session()?.state).toBe(expected);
      checkTold(book);
      const names = book.names();
      const count = (type: Happening['type']): number =>
        entries.filter(({ happening }) => happening.type === type).length;
      expect(names.filter((name) => name === 'message.agent')).toHaveLength(count('agent-wrote'));
      expect(names.filter((name) => name === 'agent.joined')).toHaveLength(count('agent-joined'));
      expect(names.filter((name) => name === 'message.delivered')).toHaveLength(stretches.length - 1);
      expect(names.filter((name) => name === 'session.handoff_completed')).toHaveLength(1);
    }),
    runs,
  );
});

test('what happens on a Case comes to the same end in every order, and as often as it comes', () => {
  const webhook = constantFrom<Happening>(
    { type: 'contact-wrote', message },
    { type: 'agent-wrote', message },
    { type: 'owner-changed' },
    { type: 'case-closed' },
    { type: 'mail-bounced', message, reason: 'bounced' },
    { type: 'message-sent', message },
  );
  const handoff = constantFrom<Happening>(
    { type: 'handed-over', appended: false, caseId: '500000000000001AAA' },
    { type: 'handoff-dead', reason: 'refused', caseId: '500000000000001AAA' },
  );
  const reports = tuple(handoff, array(webhook, { maxLength: 8 })).map(([first, others]) =>
    [first, ...others].map((happening, index): Report => ({ happening, cause: `cause-${index}` })),
  );
  assert(
    property(reports, array(nat(1000), { minLength: 18, maxLength: 18 }), (all, places) => {
      const twice = [...all, ...all];
      const mixed = twice
        .map((report, index) => ({ report, place: places[index] ?? 0 }))
        .sort((one, other) => one.place - other.place)
        .map(({ report }) => report);
      const types = new Set(all.map(({ happening }) => happening.type));
      const isTaken = types.has('agent-wrote') || types.has('owner-changed');
      const arrived: SessionState = types.has('handed-over') ? 'open' : 'failed';
      const expected = types.has('case-closed') ? 'resolved' : isTaken ? 'handedOff' : arrived;
      for (const order of [all, mixed]) {
        const book = newBook();
        book.report({ happening: accepted, cause: 'handoff' });
        for (const report of order) book.report(report);
        expect(book.session()).toMatchObject({ state: expected, caseId: '500000000000001AAA' });
        checkTold(book);
        expect(new Set(book.told.map(({ event }) => event)).has('session.resolved')).toBe(expected === 'resolved');
      }
    }),
    runs,
  );
});

import { expect, test } from 'vitest';

import type { Session } from '../../../../src/handoff/session/session.ts';
import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import type { SessionChange, SessionQuery } from '../../../../src/handoff/store/session-book.ts';
import { becomes, deliverAll, newAttempt, newEvent, newSession, sessionId, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

const anySize = Number.MAX_SAFE_INTEGER;

async function names(store: HandoffStore): Promise<string[]> {
  return (await store.events({ after: 0, limit: 100 })).map(({ name }) => name);
}

export function sessionContract(newPlace: NewPlace): void {
  test('a change alone makes a session and changes it, and gives it as it is after it', async () => {
    const place = await newPlace();
    const store = await place.open();
    expect(await store.session(sessionId(1))).toBeUndefined();
    const asked: (Session | undefined)[] = [];
    const seen = (session: Session): SessionChange => ({
      sessionId: sessionId(1),
      decide: (before) => {
        asked.push(before);
        return { session, events: [] };
      },
    });
    const first = newSession(1, { subject: 'Where is it?', caseNumber: '00001026' });
    const { caseNumber: _, ...left } = first;
    const second: Session = { ...left, state: 'handedOff', caseId: '500000000000001AAA', updatedAt: 2_000 };
    expect(await store.changeSession(seen(first))).toEqual(first);
    expect(await store.changeSession(seen(second))).toEqual(second);
    expect(asked).toEqual([undefined, first]);
    expect(await (await place.open()).session(sessionId(1)), 'what it has no more is gone').toEqual(second);
    const nothing = (number: number): SessionChange => ({
      sessionId: sessionId(number),
      decide: () => ({ events: [] }),
    });
    expect(await store.changeSession(nothing(1))).toEqual(second);
    expect(await store.changeSession(nothing(2))).toBeUndefined();
  });

  test('every field comes back as it was, whatever its text', async () => {
    const store = await (await newPlace()).open();
    const session: Session = {
      id: sessionId(1),
      channel: 'whatsapp',
      origin: 'handoff',
      state: 'open',
      contact: { id: 'c-1', name: `Zoë "O'Neil" 🦜 \0 \ud800`, email: 'zoë@exämple.com' },
      subject: `'; DROP TABLE session; -- \\ %_ \n \u2028`,
      language: 'pt-BR',
      handoffEventId: 'evt_of_another_store',
      callbackUrl: 'https://example.com/hook?a=1&b=2',
      caseId: '500000000000001AAA',
      caseNumber: '00001026',
      contactId: '003000000000001AAA',
      conversationId: '5f0e1a9e-3c1d-4a53-9f7e-0a54d1c6f001',
      messagingSessionId: '0Mw000000000001AAA',
      createdAt: 1_764_437_091_123,
      updatedAt: 1_764_437_091_124,
    };
    await store.changeSession(becomes(session));
    expect(await store.session(session.id)).toEqual(session);
    expect(await store.sessions({ contains: `o'neil" 🦜`, limit: 10 })).toEqual([session]);
  });

  test('sessions are found by what they are, the one changed last first', async () => {
    const store = await (await newPlace()).open();
    const all = [
      newSession(1, { updatedAt: 1_000, state: 'open', caseId: '500A', caseNumber: '00001026' }),
      newSession(2, { updatedAt: 4_000, state: 'resolved', caseId: '500A', contact: { name: 'ÉLODIE Ünal' } }),
      newSession(3, { updatedAt: 2_000, channel: 'web', state: 'open', conversationId: 'c-3', subject: '100% _off_' }),
      newSession(4, { updatedAt: 3_000, channel: 'sms', contact: { email: 'Bo@Example.com' } }),
    ];
    for (const session of all) await store.changeSession(becomes(session));
    const found = async (query: Omit<SessionQuery, 'limit'>, limit = 10): Promise<string> =>
      (await store.sessions({ ...query, limit })).map(({ id }) => id.slice(-1)).join(' ');
    expect(await found({})).toBe('2 4 3 1');
    expect(await found({}, 2)).toBe('2 4');
    expect(await found({ changedBefore: 3_000 })).toBe('3 1');
    expect(await found({ state: 'open' })).toBe('3 1');
    expect(await found({ channel: 'email' })).toBe('2 1');
    expect(await found({ channel: 'messaging' })).toBe('4 3');
    expect(await found({ caseId: '500A' })).toBe('2 1');
    expect(await found({ caseId: '500A', state: 'open' })).toBe('1');
    expect(await found({ conversationId: 'c-3' })).toBe('3');
    expect(await found({ conversationId: 'c-9' })).toBe('');
    expect(await found({ contains: 'élodie ü' }), 'a name, in any case').toBe('2');
    expect(await found({ contains: 'bo@EXAMPLE' }), 'an address').toBe('4');
    expect(await found({ contains: '0% _' }), 'no wildcards').toBe('3');
    expect(await found({ contains: '%' })).toBe('3');
    expect(await found({ contains: '1026' }), 'a Case number').toBe('1');
    expect(await found({ contains: sessionId(4).toUpperCase() })).toBe('4');
    expect(await found({ contains: 'web' }), 'nothing else is searched').toBe('');
    for (const limit of [0, 1_001, 1.5]) await expect(store.sessions({ limit })).rejects.toThrow(RangeError);
  });

  test('of those changed at the same time the list goes on after the one that was last', async () => {
    const store = await (await newPlace()).open();
    for (const number of [3, 1, 4, 2]) await store.changeSession(becomes(newSession(number, { updatedAt: 1_000 })));
    await store.changeSession(becomes(newSession(5, { updatedAt: 999 })));
    const found = async (query: Omit<SessionQuery, 'limit'>): Promise<string> =>
      (await store.sessions({ ...query, limit: 10 })).map(({ id }) => id.slice(-1)).join(' ');
    expect(await found({})).toBe('4 3 2 1 5');
    expect(await found({ changedBefore: 1_000, orThenBefore: sessionId(3) })).toBe('2 1 5');
    expect(await found({ changedBefore: 1_000, orThenBefore: sessionId(1) })).toBe('5');
    expect(await found({ changedBefore: 1_000 })).toBe('5');
  });

  test('what was changed is found by what it is now', async () => {
    const store = await (await newPlace()).open();
    await store.changeSession(becomes(newSession(1, { caseId: '500A', subject: 'before' })));
    await store.changeSession(becomes(newSession(1, { caseId: '500B', subject: 'after' })));
    expect(await store.sessions({ caseId: '500A', limit: 10 })).toEqual([]);
    expect(await store.sessions({ contains: 'before', limit: 10 })).toEqual([]);
    expect(await store.sessions({ caseId: '500B', contains: 'after', limit: 10 })).toHaveLength(1);
  });

  test('the handoff of a session that goes on is kept, until it is resolved', async () => {
    const store = await (await newPlace()).open();
    const handoff = await handedOff(store);
    await store.accept(newEvent({ name: 'message', orderKey: `session:${sessionId(1)}` }), toFarSide);
    await deliverAll(store);
    for (const state of ['handing-off', 'open', 'handedOff'] as const) {
      await store.changeSession(becomes(newSession(1, { state, handoffEventId: handoff })));
      await store.prune(anySize, 0);
      expect(await names(store), state).toEqual(['handoff']);
    }
    expect(await store.session(sessionId(1))).toBeDefined();
    await store.changeSession(becomes(newSession(1, { state: 'resolved', handoffEventId: handoff, updatedAt: 5_000 })));
    expect(await store.prune(5_000, anySize)).toEqual({ events: 1, rejections: 0 });
    expect(await store.session(sessionId(1)), 'it was changed later').toMatchObject({ state: 'resolved' });
    await store.prune(5_001, anySize);
    expect(await store.session(sessionId(1))).toBeUndefined();
  });

  test('a session that has ended is kept as long as an event of it is', async () => {
    const store = await (await newPlace()).open();
    const handoff = await handedOff(store);
    await store.changeSession(becomes(newSession(1, { state: 'failed', handoffEventId: handoff })));
    await store.changeSession(becomes(newSession(2, { state: 'failed', updatedAt: 1_500 })));
    await store.changeSession(becomes(newSession(3, { state: 'open', updatedAt: 1_500 })));
    const [delivery] = await store.claim('one', 1_000, 60_000, 10);
    await store.finish(delivery?.id ?? '', 'one', newAttempt(), { state: 'dead' });
    await store.prune(9_000, anySize);
    expect((await store.sessions({ limit: 10 })).map(({ id }) => id)).toEqual([sessionId(3), sessionId(1)]);
    expect(await names(store)).toEqual(['handoff']);
  });
}

/** The first session as it is handed off, with one delivery. @returns the event's id */
async function handedOff(store: HandoffStore): Promise<string> {
  const { event } = await store.accept(
    newEvent({ name: 'handoff', orderKey: `session:${sessionId(1)}` }),
    toFarSide,
    becomes(newSession(1)),
  );
  return event.id;
}

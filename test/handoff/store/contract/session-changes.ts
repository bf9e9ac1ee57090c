import { expect, test } from 'vitest';

import type { HandoffStore, NewEvent } from '../../../../src/handoff/store/handoff-store.ts';
import type { SessionChange } from '../../../../src/handoff/store/session-book.ts';
import { becomes, newAttempt, newEvent, newSession, sessionId, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

/** An event that tells of the first session, the same for the same cause. */
function told(cause: string): NewEvent {
  return newEvent({ name: 'message.agent', deliveryId: `told of ${cause}`, orderKey: `session:${sessionId(1)}` });
}

async function names(store: HandoffStore): Promise<string[]> {
  return (await store.events({ after: 0, limit: 100 })).map(({ name }) => name);
}

export function sessionChangeContract(newPlace: NewPlace): void {
  test('of changes that two processes make at once none is lost', async () => {
    const place = await newPlace();
    const [store, other] = [await place.open(), await place.open()];
    await store.changeSession(becomes(newSession(1, { subject: '' })));
    const letters = Array.from({ length: 40 }, (_, index) => String.fromCodePoint(65 + index));
    await Promise.all(
      letters.map((letter, index) =>
        (index % 2 === 0 ? store : other).changeSession({
          sessionId: sessionId(1),
          decide: (before) => ({
            session: newSession(1, { subject: `${before?.subject ?? ''}${letter}` }),
            events: [],
          }),
        }),
      ),
    );
    const session = await store.session(sessionId(1));
    expect(session?.subject?.split('').sort()).toEqual(letters);
  });

  test('accepted with a change, event, session and what is told of it are there together', async () => {
    const store = await (await newPlace()).open();
    const { event } = await store.accept(newEvent({ name: 'handoff' }), toFarSide, {
      sessionId: sessionId(1),
      decide: (before, eventId) => ({
        session: newSession(1, {
          subject: before === undefined ? 'new' : 'old',
          ...(eventId !== undefined && { handoffEventId: eventId }),
        }),
        events: [{ event: told('it'), deliveries: [{ kind: 'forward', target: 'http://callback.example/' }] }],
      }),
    });
    expect(await store.session(sessionId(1))).toMatchObject({ subject: 'new', handoffEventId: event.id });
    const [first, second] = await store.events({ after: 0, limit: 10 });
    expect([first?.id, second?.name]).toEqual([event.id, 'message.agent']);
    expect(await store.deliveries([second?.id ?? ''])).toMatchObject([
      { kind: 'forward', target: 'http://callback.example/', orderKey: `session:${sessionId(1)}`, state: 'pending' },
    ]);
  });

  test('a duplicate changes nothing', async () => {
    const store = await (await newPlace()).open();
    const event = newEvent();
    await store.accept(event, []);
    const again = await store.accept(event, [], becomes(newSession(1), [told('it')]));
    expect(again).toMatchObject({ duplicate: true, event: { duplicates: 1 } });
    expect(await store.session(sessionId(1))).toBeUndefined();
    expect(await names(store)).toEqual(['customerEmail']);
  });

  test('what is told is told once, and what comes again does not count', async () => {
    const store = await (await newPlace()).open();
    await store.changeSession(becomes(newSession(1), [told('one'), told('one'), told('two')]));
    await store.accept(newEvent(), [], becomes(newSession(1, { subject: 'again' }), [told('two'), told('three')]));
    expect(await store.session(sessionId(1)), 'the rest of the change is made').toMatchObject({ subject: 'again' });
    const events = await store.events({ after: 0, limit: 10 });
    expect(events.map(({ deliveryId, duplicates }) => [deliveryId, duplicates])).toEqual([
      ['told of one', 0],
      ['told of two', 0],
      [events[2]?.deliveryId, 0],
      ['told of three', 0],
    ]);
  });

  test('what is told goes to the callback in order', async () => {
    const store = await (await newPlace()).open();
    await store.changeSession(becomes(newSession(1), [told('one'), told('two')], toFarSide));
    const [first, ...others] = await store.claim('one', 1_000, 60_000, 10);
    expect(others).toEqual([]);
    await store.finish(first?.id ?? '', 'one', newAttempt(), { state: 'delivered' });
    const [second] = await store.claim('one', 1_000, 60_000, 10);
    const [one, two] = await store.events({ after: 0, limit: 10 });
    expect([first?.eventId, second?.eventId]).toEqual([one?.id, two?.id]);
  });

  test('finished with a change, the attempt, the session and what is told are there together', async () => {
    const store = await (await newPlace()).open();
    const { event } = await store.accept(newEvent(), toFarSide, becomes(newSession(1)));
    const [delivery] = await store.claim('one', 1_000, 60_000, 10);
    const causes: (string | undefined)[] = [];
    const change: SessionChange = {
      sessionId: sessionId(1),
      decide: (before, eventId) => {
        causes.push(eventId);
        return {
          ...(before && { session: { ...before, state: 'open' } }),
          events: [{ event: told('it'), deliveries: [] }],
        };
      },
    };
    expect(await store.finish(delivery?.id ?? '', 'one', newAttempt(), { state: 'delivered' }, change)).toBe(true);
    expect(causes).toEqual([event.id]);
    expect(await store.session(sessionId(1))).toMatchObject({ state: 'open' });
    expect(await store.attempts([delivery?.id ?? ''])).toHaveLength(1);
    expect(await names(store)).toEqual(['customerEmail', 'message.agent']);
  });

  test('finished by one whose lease has run out and was taken over, nothing changes', async () => {
    const store = await (await newPlace()).open();
    await store.accept(newEvent(), toFarSide, becomes(newSession(1)));
    const [delivery] = await store.claim('slow', 1_000, 500, 10);
    await store.claim('quick', 2_000, 60_000, 10);
    const change = becomes(newSession(1, { state: 'open' }), [told('it')]);
    expect(await store.finish(delivery?.id ?? '', 'slow', newAttempt(), { state: 'delivered' }, change)).toBe(false);
    expect(await store.session(sessionId(1))).toMatchObject({ state: 'handing-off' });
    expect(await names(store)).toEqual(['customerEmail']);
    expect(await store.finish(delivery?.id ?? '', 'quick', newAttempt(), { state: 'delivered' }, change)).toBe(true);
    expect(await store.session(sessionId(1))).toMatchObject({ state: 'open' });
  });

  test('of a change that fails nothing is written, and what others write at that moment is', async () => {
    const store = await (await newPlace()).open();
    await store.accept(newEvent(), toFarSide);
    const [delivery] = await store.claim('one', 1_000, 60_000, 10);
    const fails: SessionChange = {
      sessionId: sessionId(1),
      decide: () => {
        throw new TypeError('it cannot be decided');
      },
    };
    const results = await Promise.allSettled([
      store.accept(newEvent({ name: 'before' }), []),
      store.accept(newEvent({ name: 'failed' }), toFarSide, fails),
      store.finish(delivery?.id ?? '', 'one', newAttempt(), { state: 'delivered' }, fails),
      store.changeSession(fails),
      store.changeSession({ ...becomes(newSession(2)), sessionId: sessionId(1) }),
      store.accept(newEvent({ name: 'after' }), []),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    for (const result of results.slice(1, 4)) {
      expect(result, 'as it was thrown').toMatchObject({ reason: new TypeError('it cannot be decided') });
    }
    expect((await names(store)).sort()).toEqual(['after', 'before', 'customerEmail']);
    expect(await store.attempts([delivery?.id ?? ''])).toEqual([]);
    expect(await store.counts()).toMatchObject({ pending: 0, delivering: 1, delivered: 0 });
    expect(await store.sessions({ limit: 10 })).toEqual([]);
  });
}

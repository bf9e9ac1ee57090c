import { beforeEach, expect, test } from 'vitest';

import type { Session, SessionState } from '../../../../src/handoff/session/session.ts';
import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { becomes, newSession, sessionId } from '../samples.ts';
import type { NewPlace, StorePlace } from '../store-contract.ts';

export function conversationContract(newPlace: NewPlace): void {
  let place: StorePlace;
  let store: HandoffStore;

  beforeEach(async () => {
    place = await newPlace();
    store = await place.open();
  });

  async function began(number: number, wanted: Partial<Session> = {}): Promise<string> {
    const session = newSession(number, { channel: 'web', state: 'open', conversationId: `c-${number}`, ...wanted });
    await store.changeSession(becomes(session));
    return session.id;
  }

  async function taken(owner: string, now: number, limit = 10, by = store): Promise<number[]> {
    const sessions = await by.holdConversations(owner, now, 1_000, limit);
    return sessions.map(({ id }) => Number(id.slice(-3)));
  }

  test('one process alone holds a conversation, and gets the session with it', async () => {
    const id = await began(1, { caseId: '500A' });
    expect(await store.holdConversations('one', 2_000, 1_000, 10)).toMatchObject([
      { id, conversationId: 'c-1', caseId: '500A' },
    ]);
    const other = await place.open();
    expect(await taken('two', 2_000, 10, other)).toEqual([]);
    expect(await taken('two', 2_999, 10, other)).toEqual([]);
    expect(await taken('one', 2_999), 'its own it holds already').toEqual([]);
  });

  test('of two that ask at once each gets others', async () => {
    for (let number = 1; number <= 20; number++) await began(number);
    const other = await place.open();
    const [mine, theirs] = await Promise.all([taken('one', 2_000, 15), taken('two', 2_000, 15, other)]);
    expect([...mine, ...theirs].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('when a lease has run out another process takes it over, and the first is told so', async () => {
    const id = await began(1);
    await taken('one', 2_000);
    expect(await taken('two', 3_000)).toEqual([1]);
    expect(await store.renewConversations('one', [id], 9_000)).toEqual([]);
    expect(await store.releaseConversations('one')).toBe(0);
    expect(await taken('three', 3_500), 'still held').toEqual([]);
  });

  test('renewed, it is kept longer', async () => {
    const [first, second] = [await began(1), await began(2)];
    await taken('one', 2_000);
    expect(await store.renewConversations('one', [second, sessionId(9)], 5_000)).toEqual([second]);
    expect(await taken('two', 3_000)).toEqual([1]);
    expect(await taken('two', 4_999)).toEqual([1]);
    expect(await taken('two', 5_000)).toEqual([2]);
    expect(await store.renewConversations('two', [first, second], 9_000)).toEqual([first, second]);
  });

  test('what was given back can be taken at once', async () => {
    const [first] = [await began(1), await began(2), await began(3)];
    await taken('one', 2_000);
    expect(await store.releaseConversations('two')).toBe(0);
    expect(await store.releaseConversations('two', [first]), "another one's").toBe(0);
    expect(await store.releaseConversations('one', [first, sessionId(9)])).toBe(1);
    expect(await taken('two', 2_001)).toEqual([1]);
    expect(await store.releaseConversations('one')).toBe(2);
    expect(await taken('two', 2_001)).toEqual([2, 3]);
  });

  test('the longest unheld comes first, and no more than asked for', async () => {
    await began(1, { createdAt: 1_300 });
    await began(2, { createdAt: 1_100 });
    await began(3, { createdAt: 1_200 });
    expect(await taken('one', 1_400, 2)).toEqual([2, 3]);
    expect(await taken('two', 1_500, 2)).toEqual([1]);
    expect(await taken('three', 9_000, 10), 'by the end of their leases').toEqual([2, 3, 1]);
  });

  test.each<[SessionState, number[]]>([
    ['handing-off', [1]],
    ['open', [1]],
    ['handedOff', [1]],
    ['resolved', []],
    ['failed', []],
  ])('of a session that is %s', async (state, expected) => {
    await began(1, { state });
    expect(await taken('one', 2_000)).toEqual(expected);
  });

  test('a session without a conversation has none to follow', async () => {
    await store.changeSession(becomes(newSession(1, { state: 'open', caseId: '500A' })));
    expect(await taken('one', 2_000)).toEqual([]);
    await began(1);
    expect(await taken('one', 2_000)).toEqual([1]);
  });

  test('a change leaves it with the one that holds it, also when the session is resolved by it', async () => {
    const id = await began(1);
    await taken('one', 2_000);
    await began(1, { state: 'handedOff', updatedAt: 2_100 });
    expect(await taken('two', 2_200)).toEqual([]);
    await began(1, { state: 'resolved', updatedAt: 2_300 });
    expect(await store.renewConversations('one', [id], 9_000), 'to do what is left').toEqual([id]);
    expect(await store.releaseConversations('one', [id])).toBe(1);
    expect(await taken('two', 9_999)).toEqual([]);
  });

  test('one is taken by its name, whatever its state, unless another process holds it', async () => {
    const id = await began(1, { state: 'resolved' });
    expect(await store.holdConversation('one', id, 2_000, 1_000)).toBe(true);
    expect(await store.holdConversation('one', id, 2_500, 1_000), 'its own, longer').toBe(true);
    expect(await store.holdConversation('two', id, 3_499, 1_000)).toBe(false);
    expect(await store.holdConversation('two', id, 3_500, 1_000)).toBe(true);
    expect(await store.holdConversation('one', sessionId(9), 2_000, 1_000), 'there is none').toBe(false);
    const open = await began(2);
    expect(await store.holdConversation('one', open, 4_000, 1_000)).toBe(true);
    expect(await taken('two', 4_000)).toEqual([]);
  });

  test('of two that want the same one at once, one gets it', async () => {
    const id = await began(1);
    const other = await place.open();
    const got = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? store : other).holdConversation(`process-${index}`, id, 2_000, 1_000),
      ),
    );
    expect(got.filter((held) => held)).toHaveLength(1);
  });
}

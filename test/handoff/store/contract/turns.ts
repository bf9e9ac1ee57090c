import { beforeEach, expect, test } from 'vitest';

import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import type { NewPlace, StorePlace } from '../store-contract.ts';

export function turnContract(newPlace: NewPlace): void {
  let place: StorePlace;
  let store: HandoffStore;

  beforeEach(async () => {
    place = await newPlace();
    store = await place.open();
  });

  test('one alone has the turn of a key, until it is given back or its lease has run out', async () => {
    const other = await place.open();
    expect(await store.takeTurn('one', 'ada', 2_000, 1_000)).toBe(true);
    expect(await other.takeTurn('two', 'ada', 2_999, 1_000)).toBe(false);
    expect(await other.takeTurn('two', 'bob', 2_000, 1_000), 'another key').toBe(true);
    await store.endTurn('one', 'ada');
    expect(await other.takeTurn('two', 'ada', 2_999, 1_000)).toBe(true);
    expect(await store.takeTurn('one', 'ada', 3_998, 1_000)).toBe(false);
    expect(await store.takeTurn('one', 'ada', 3_999, 1_000), 'the lease has run out').toBe(true);
  });

  test('it is kept longer by who has it, and given back by nobody else', async () => {
    await store.takeTurn('one', 'ada', 2_000, 1_000);
    expect(await store.takeTurn('one', 'ada', 2_900, 1_000)).toBe(true);
    await store.endTurn('two', 'ada');
    expect(await store.takeTurn('two', 'ada', 3_500, 1_000)).toBe(false);
    expect(await store.takeTurn('two', 'ada', 3_900, 1_000)).toBe(true);
    await store.endTurn('one', 'ada');
    expect(await store.takeTurn('one', 'ada', 4_000, 1_000)).toBe(false);
    await store.endTurn('three', 'nobody has it');
  });

  test('of many who ask at once one gets it', async () => {
    const other = await place.open();
    const asked = Array.from({ length: 20 }, (_, number) =>
      (number % 2 === 0 ? store : other).takeTurn(`owner ${number}`, 'ada', 2_000, 1_000),
    );
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });

  test('a key may be long, and of any letters', async () => {
    const key = `${'ä\u0000🔥'.repeat(2_000)}@example.com`;
    expect(await store.takeTurn('one', key, 2_000, 1_000)).toBe(true);
    expect(await store.takeTurn('two', key, 2_000, 1_000)).toBe(false);
    expect(await store.takeTurn('two', `${key}.org`, 2_000, 1_000)).toBe(true);
  });
}

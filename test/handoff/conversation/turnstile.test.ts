import { expect, test } from 'vitest';

import { turnstile } from '../../../src/handoff/conversation/follow/turnstile.ts';

const never = new AbortController().signal;

test('so many go through at a time, in their order; who went away is passed over', async () => {
  const gate = turnstile(2);
  const inside: string[] = [];
  const stop = new AbortController();
  const enter = async (name: string, signal = never) => {
    const leave = await gate.enter(signal);
    if (leave !== undefined) inside.push(name);
    return leave;
  };
  const one = await enter('one');
  const two = await enter('two');
  const three = enter('three', stop.signal);
  const four = enter('four');
  const five = enter('five');
  expect([inside, gate.free()]).toEqual([['one', 'two'], 0]);
  stop.abort();
  expect(await three).toBeUndefined();
  one?.();
  two?.();
  for (const leave of [await four, await five]) leave?.();
  expect(inside).toEqual(['one', 'two', 'four', 'five']);
  expect(gate.free()).toBe(2);
});

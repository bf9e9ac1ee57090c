import { expect, test } from 'vitest';

import type { Clock } from '../../../src/clock.ts';
import { typingNotice } from '../../../src/commands/messaging/chat/typing-notice.ts';

/** A clock whose sleepers wake when the test says so. */
function heldClock(): Clock & { wake: () => Promise<void> } {
  const sleepers = new Set<() => void>();
  return {
    now: () => 0,
    random: () => 0,
    sleep: (_ms, signal) =>
      new Promise((done, failed) => {
        sleepers.add(done);
        signal?.addEventListener('abort', () => {
          sleepers.delete(done);
          failed(signal.reason as Error);
        });
      }),
    wake: async () => {
      for (const done of sleepers) done();
      sleepers.clear();
      await new Promise(setImmediate);
    },
  };
}

test('typing is told once, its end once, however many keys there are', async () => {
  const told: boolean[] = [];
  const clock = heldClock();
  const notice = typingNotice(clock, (active) => told.push(active));
  for (const line of ['H', 'He', 'Hel']) notice.edited(line);
  expect(told).toEqual([true]);
  await clock.wake();
  expect(told).toEqual([true, false]);
  notice.edited('Hell');
  notice.stopped();
  await clock.wake();
  expect(told).toEqual([true, false, true, false]);
});

test('an emptied line ends it; a command is not typing, a text that begins with a slash is', () => {
  const told: boolean[] = [];
  const notice = typingNotice(heldClock(), (active) => told.push(active));
  notice.edited('/file x');
  expect(told).toEqual([]);
  notice.edited('//');
  notice.edited('');
  expect(told).toEqual([true, false]);
});

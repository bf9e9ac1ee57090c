import { expect, test } from 'vitest';

import { openings } from '../../../src/handoff/conversation/openings.ts';
import type { Conversation } from '../../../src/messaging/conversation/conversation.ts';
import { manualClock } from '../manual-clock.ts';

/** What a conversation is to those who only open and leave it. */
function opened() {
  const conversation = { left: 0, dispose: () => Promise.resolve(void (conversation.left += 1)) };
  return {
    open: () => Promise.resolve(conversation as unknown as Conversation),
    left: () => conversation.left,
  };
}

test('one that nobody follows is left a while after its last use, also if the clock of the machine is set back', async () => {
  const clock = manualClock();
  let setBackMs = 0;
  const held = openings({ ...clock, now: () => clock.now() - setBackMs }, 15_000);
  const { open, left } = opened();
  await held.use('a', open, () => Promise.resolve());
  await clock.pass(10_000);
  await held.use('a', open, () => Promise.resolve());
  await clock.pass(10_000);
  expect(left()).toBe(0);
  setBackMs = 60_000;
  await clock.pass(5000);
  expect(left()).toBe(1);
});

test('who goes without having followed one leaves it to those who write in it', async () => {
  const held = openings(manualClock(), 15_000);
  const { open, left } = opened();
  await held.use('a', open, async () => {
    await held.leave('a');
    expect(left()).toBe(0);
  });
  await held.follow('a', open);
  await held.leave('a');
  expect(left()).toBe(1);
});

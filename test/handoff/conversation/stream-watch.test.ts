import { expect, test } from 'vitest';

import { watchStreams } from '../../../src/handoff/conversation/follow/stream-watch.ts';
import type { ServeEvent } from '../../../src/handoff/serve-event.ts';
import { manualClock } from '../manual-clock.ts';

function watching() {
  const clock = manualClock();
  const told: ServeEvent[] = [];
  const watch = watchStreams((event) => told.push(event), clock, 5000);
  return { clock, told, watch, start: clock.now() };
}

test('a stream that is back in a moment is not told, one that stays lost is, with when it was lost and when it is back', async () => {
  const { clock, told, watch, start } = watching();
  watch.isBack('one');
  watch.isBack('two');
  watch.isLost('one', 'the server ended the stream', true);
  await clock.pass(1000);
  watch.isBack('one');
  await clock.pass(10_000);
  expect(told).toEqual([]);

  watch.isLost('one', 'the connection broke', true);
  await clock.pass(6000);
  watch.isBack('one');
  expect(told).toEqual([
    { type: 'stream-lost', at: start + 11_000, sessionId: 'one', reason: 'the connection broke' },
    { type: 'stream-resumed', at: start + 17_000, sessionId: 'one', since: start + 11_000 },
  ]);
});

test('all of them together are one loss, since the first of them, and one return', async () => {
  const { clock, told, watch, start } = watching();
  const sessions = ['one', 'two', 'three'];
  for (const session of sessions) watch.isBack(session);
  for (const session of sessions) {
    watch.isLost(session, 'answered HTTP 503', true);
    await clock.pass(1000);
  }
  await clock.pass(60_000);
  for (const session of sessions) watch.isBack(session);
  expect(told).toEqual([
    { type: 'messaging-lost', since: start, conversations: 3, reason: 'answered HTTP 503' },
    { type: 'messaging-resumed', since: start, at: start + 63_000 },
  ]);
});

test('a conversation that Salesforce refuses says nothing of Live Messaging as a whole', async () => {
  const { clock, told, watch } = watching();
  watch.isLost('one', 'belongs to another identity', false);
  await clock.pass(6000);
  expect(told).toEqual([expect.objectContaining({ type: 'stream-lost', sessionId: 'one' })]);
});

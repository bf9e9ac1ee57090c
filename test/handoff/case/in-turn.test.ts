import { expect, test } from 'vitest';

import { takeTurns } from '../../../src/handoff/case/handoff/in-turn.ts';
import type { Turns } from '../../../src/handoff/store/turns.ts';
import { manualClock, type ManualClock } from '../manual-clock.ts';
import { newFile, opened } from '../store/sqlite/new-file.ts';

const never = new AbortController().signal;

/** Work that lasts until it is told to end. */
function work() {
  const told = Promise.withResolvers<string>();
  let begun = false;
  return {
    begun: () => begun,
    end: told.resolve,
    fail: told.reject,
    run: () => {
      begun = true;
      return told.promise;
    },
  };
}

/** However long a busy machine takes for what is not by the clock. */
async function passUntil(clock: ManualClock, happened: () => boolean): Promise<void> {
  await expect
    .poll(async () => {
      await clock.pass(500);
      return happened();
    })
    .toBe(true);
}

async function twoProcesses() {
  const clock = manualClock();
  const file = await newFile();
  const [store, other] = [opened(file), opened(file)];
  const one = takeTurns({ store, clock, owner: 'one' });
  const two = takeTurns({ store: other, clock, owner: 'two' });
  return { clock, store, one, two };
}

test('of two processes the second waits, for as long as the work of the first may take', async () => {
  const { clock, one, two } = await twoProcesses();
  const [first, second, third] = [work(), work(), work()];
  const done = one('ada', never, first.run);
  await expect.poll(first.begun).toBe(true);
  const next = two('ada', never, second.run);
  const elsewhere = two('bob', never, third.run);
  await expect.poll(third.begun).toBe(true);
  third.end('bob');
  expect(await elsewhere).toBe('bob');
  // Three times its lease.
  await clock.pass(90_000);
  expect(second.begun()).toBe(false);
  first.end('first');
  expect(await done).toBe('first');
  await passUntil(clock, second.begun);
  second.end('second');
  expect(await next).toBe('second');
});

test('what fails gives the turn to the next, in its own process and in others', async () => {
  const { clock, one, two } = await twoProcesses();
  const [first, second, third] = [work(), work(), work()];
  const done = one('ada', never, first.run);
  const next = one('ada', never, second.run);
  await expect.poll(first.begun).toBe(true);
  const refused = new Error('refused');
  first.fail(refused);
  await expect(done).rejects.toBe(refused);
  await expect.poll(second.begun).toBe(true);
  const last = two('ada', never, third.run);
  second.end('second');
  expect(await next).toBe('second');
  await passUntil(clock, third.begun);
  third.end('third');
  expect(await last).toBe('third');
});

test('the turn of a process that was killed ends with its lease', async () => {
  const { clock, store, one } = await twoProcesses();
  await store.takeTurn('killed', 'ada', clock.now(), 30_000);
  const heir = work();
  heir.end('heir');
  const done = one('ada', never, heir.run);
  await clock.pass(29_000);
  expect(heir.begun()).toBe(false);
  await passUntil(clock, heir.begun);
  expect(await done).toBe('heir');
});

test('the turn of work that was cut off ends with its lease: what it asked for may still be done', async () => {
  const { clock, one, two } = await twoProcesses();
  const stop = new AbortController();
  const [first, second] = [work(), work()];
  const done = one('ada', stop.signal, first.run);
  await expect.poll(first.begun).toBe(true);
  const ends = new Error('serve ends');
  stop.abort(ends);
  first.fail(ends);
  await expect(done).rejects.toBe(ends);
  const next = two('ada', never, second.run);
  await clock.pass(29_000);
  expect(second.begun()).toBe(false);
  await passUntil(clock, second.begun);
  second.end('second');
  expect(await next).toBe('second');
});

test('who is told to stop does not wait on', async () => {
  const { clock, store, one } = await twoProcesses();
  await store.takeTurn('another', 'ada', clock.now(), 30_000);
  const stop = new AbortController();
  const late = work();
  const done = one('ada', stop.signal, late.run);
  const ended = expect(done).rejects.toThrow('serve ends');
  await clock.pass(1_000);
  stop.abort(new Error('serve ends'));
  await ended;
  expect(late.begun()).toBe(false);
});

test('a store that fails meanwhile fails the work, after its end, and lets the next one try', async () => {
  const { clock, store } = await twoProcesses();
  const broken = new Error('the disk is full');
  let works = true;
  const failing: Turns = {
    takeTurn: async (...asked) => {
      if (works) return await store.takeTurn(...asked);
      throw broken;
    },
    endTurn: (...asked) => store.endTurn(...asked),
  };
  const inTurn = takeTurns({ store: failing, clock, owner: 'one' });
  const first = work();
  const done = inTurn('ada', never, first.run);
  await expect.poll(first.begun).toBe(true);
  works = false;
  await clock.pass(11_000);
  const ended = expect(done).rejects.toBe(broken);
  first.end('made');
  await ended;
  works = true;
  expect(await inTurn('ada', never, async () => 'again')).toBe('again');
});

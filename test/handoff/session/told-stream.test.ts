import { setTimeout as delay } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import type { ServeEvent } from '../../../src/handoff/serve-event.ts';
import type { Happening } from '../../../src/handoff/session/happening.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import { openToldStream, type ToldStream } from '../../../src/handoff/session/told-stream.ts';
import { watchStore } from '../../../src/handoff/store-health.ts';
import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { newFile, opened } from '../store/sqlite/new-file.ts';
import { newEvent } from '../store/samples.ts';
import { accepted, message, sessionId } from './book.ts';

let causes = 0;

async function happens(store: HandoffStore, ...happenings: readonly Happening[]): Promise<void> {
  causes += 1;
  await store.changeSession(
    changeBy(sessionId, happenings, { at: Date.now(), cause: `${causes}`, callbackUrl: undefined }),
  );
}

/** A stream that has begun and ends with the test, and what it told since. */
async function follow(store: HandoffStore): Promise<{ stream: ToldStream; told: ServeEvent[] }> {
  const ended = new AbortController();
  const told: ServeEvent[] = [];
  const listener = (event: ServeEvent): void => {
    told.push(event);
  };
  const health = watchStore(systemClock, listener);
  const stream = openToldStream({ store, health, clock: systemClock, listener, signal: ended.signal });
  onTestFinished(async () => {
    ended.abort();
    await stream.ended;
  });
  // It begins where the store is when it looks first: what is told until then is not its own.
  do {
    await happens(store, { type: 'contact-wrote', message });
    stream.poke();
    await delay(20);
  } while (told.length === 0);
  const [last] = await store.events({ limit: 1 });
  await expect.poll(() => told.some((event) => event.type === 'told' && event.eventId === last?.id)).toBe(true);
  told.length = 0;
  return { stream, told };
}

const texts = (told: readonly ServeEvent[]): string[] =>
  told.map((event) => (event.type === 'told' ? `${event.name} ${event.state}` : event.type));

test('what is told from now on comes in order and once, from this process and from another one', async () => {
  const file = await newFile();
  const [mine, others] = [opened(file), opened(file)];
  await happens(mine, accepted, { type: 'handed-over', appended: false });
  const { stream, told } = await follow(mine);
  const heard: string[] = [];
  const leave = stream.subscribe(({ data }) => heard.push(data.event));
  await happens(others, { type: 'agent-joined', agent: { name: 'Rita Rep' } });
  await mine.accept(newEvent(), []);
  await happens(mine, { type: 'agent-wrote', message });
  stream.poke();
  const expected = ['session.handed_off handedOff', 'agent.joined handedOff', 'message.agent handedOff'];
  await expect.poll(() => texts(told), { timeout: 5000 }).toEqual(expected);
  expect(heard).toEqual(['session.handed_off', 'agent.joined', 'message.agent']);
  expect(told[0]).toMatchObject({ type: 'told', sessionId, channel: 'web' });

  leave();
  await happens(others, { type: 'messaging-ended' });
  // Nobody pokes: it looks by itself.
  await expect.poll(() => texts(told), { timeout: 5000 }).toEqual([...expected, 'session.resolved resolved']);
  expect(heard).toHaveLength(3);
});

test('many at once are all told', async () => {
  const store = opened(await newFile());
  await happens(store, accepted);
  const { told } = await follow(store);
  for (let index = 0; index < 250; index += 1) await happens(store, { type: 'contact-wrote', message });
  await expect.poll(() => told.length, { timeout: 5000 }).toBe(250);
  const ids = told.map((event) => (event.type === 'told' ? event.eventId : ''));
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('what is delivered once more to a callback is not told again, however it was edited', async () => {
  const store = opened(await newFile());
  await happens(store, accepted);
  const { told } = await follow(store);
  const [last] = await store.events({ limit: 1 });
  if (last === undefined) throw new Error('nothing was told');
  await store.accept({ ...last, deliveryId: 'again', body: Buffer.from('null'), replayOf: last.id }, []);
  await happens(store, { type: 'contact-wrote', message });
  await expect.poll(() => texts(told), { timeout: 5000 }).toEqual(['message.contact handing-off']);
});

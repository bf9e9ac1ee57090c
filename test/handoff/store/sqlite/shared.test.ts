import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { newEvent, toFarSide } from '../samples.ts';
import { newFile, opened } from './new-file.ts';
import { startChild, type StoreChild } from './store-child.ts';

/** Events of 30 Cases in turn. @returns their ids by Case */
async function accepted(store: HandoffStore, events: number): Promise<Map<string, string[]>> {
  const lines = new Map<string, string[]>();
  const answers = await Promise.all(
    Array.from({ length: events }, (_, number) =>
      store.accept(newEvent({ orderKey: `case ${number % 30}` }), toFarSide),
    ),
  );
  for (const { event } of answers) lines.set(event.orderKey, [...(lines.get(event.orderKey) ?? []), event.id]);
  return lines;
}

/** Lets them carry, once all of them are there. */
async function begin(children: readonly StoreChild[]): Promise<void> {
  for (const child of children) await child.says('ready');
  for (const child of children) child.process.stdin?.write('go\n');
}

interface Wire {
  readonly name: string;
  readonly eventId: string;
}

async function readWire(path: string): Promise<Wire[]> {
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const [name = '', eventId = ''] = line.split(' ');
    return { name, eventId };
  });
}

test('two processes on one file share the work, carry nothing twice, and keep the order of each Case', async () => {
  const file = await newFile();
  const wire = join(dirname(file), 'wire');
  const store = opened(file);
  const lines = await accepted(store, 600);
  const children = ['one', 'two'].map((name) => startChild(['carry', file, wire, name, '60000']));
  await begin(children);
  const said = await Promise.all(children.map((child) => child.ended()));

  const carried = await readWire(wire);
  expect(carried).toHaveLength(600);
  for (const ids of lines.values()) {
    expect(carried.map(({ eventId }) => eventId).filter((id) => ids.includes(id))).toEqual(ids);
  }
  for (const name of ['one', 'two']) expect(carried.filter((line) => line.name === name).length).toBeGreaterThan(30);
  expect(said.flat().filter(([word]) => word === 'delivered')).toHaveLength(600);
  expect(await store.counts()).toEqual({ pending: 0, delivering: 0, delivered: 600, dead: 0, replaced: 0 });
});

test('what a process held that was killed is taken over by the other one', async () => {
  const file = await newFile();
  const wire = join(dirname(file), 'wire');
  const store = opened(file);
  const lines = await accepted(store, 300);
  const doomed = startChild(['carry', file, wire, 'doomed']);
  const heir = startChild(['carry', file, wire, 'heir']);
  await begin([doomed, heir]);
  await doomed.says('delivered');
  doomed.process.kill('SIGKILL');
  const said = [await doomed.ended(), await heir.ended()];

  const carried = await readWire(wire);
  expect(carried.some(({ name }) => name === 'doomed')).toBe(true);
  const first = [...new Set(carried.map(({ eventId }) => eventId))];
  for (const ids of lines.values()) expect(first.filter((id) => ids.includes(id))).toEqual(ids);
  // Again went what it had sent and not written down: four at most were in its hands.
  expect(carried.length - 300).toBeLessThanOrEqual(4);
  const delivered = said
    .flat()
    .filter(([word]) => word === 'delivered')
    .map(([, id]) => id);
  expect(new Set(delivered).size).toBe(delivered.length);
  expect(await store.counts()).toEqual({ pending: 0, delivering: 0, delivered: 300, dead: 0, replaced: 0 });
});

test('several that open a new file at the same moment all have the same store', async () => {
  const file = await newFile();
  const children = Array.from({ length: 4 }, () => startChild(['open', file]));
  await Promise.all(children.map((child) => child.says('ready')));
  for (const child of children) child.process.stdin?.write('go\n');
  const said = await Promise.all(children.map((child) => child.ended()));
  const ids = said
    .flat()
    .filter(([word]) => word === 'accepted')
    .map(([, id]) => id);
  const stored = await opened(file).events({ after: 0, limit: 10 });
  expect(stored.map(({ id }) => id)).toEqual(ids.toSorted((one = '', other = '') => one.localeCompare(other)));
  expect(stored).toHaveLength(4);
});

import { expect, test } from 'vitest';

import { openDatabase } from '../../../../src/handoff/store/sqlite/database/open-database.ts';
import { storeOn } from '../../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { newStoreTag } from '../../../../src/handoff/store/store-ids.ts';
import { deliverAll, newEvent, toFarSide } from '../samples.ts';
import { newFile, opened } from './new-file.ts';
import { startChild } from './store-child.ts';

const small = Buffer.alloc(100);
const large = Buffer.alloc(3_000_000);

test('where there is no room for one of several at the same time, the others are taken', async () => {
  const file = await newFile();
  const open = openDatabase(file, newStoreTag(Math.random));
  open.database.exec('PRAGMA max_page_count = 500');
  const store = storeOn(open);
  const bodies = [small, large, small, large, small];
  const answers = await Promise.allSettled(bodies.map((body) => store.accept(newEvent({ body }), toFarSide)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(answers[1]).toMatchObject({ reason: { code: 'STORE_FAILED', details: { file } } });
  expect(String(answers[1]?.status === 'rejected' && answers[1].reason)).toContain('the disk is full');

  expect((await store.events({ after: 0, limit: 10 })).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  await store.close();
  expect(await opened(file).events({ limit: 10 })).toHaveLength(3);
});

test('a store that was full goes on when there is room again: what was forgotten makes some, and so does the disk', async () => {
  const open = openDatabase(await newFile(), newStoreTag(Math.random));
  open.database.exec('PRAGMA max_page_count = 500');
  const store = storeOn(open);
  const refused = newEvent({ deliveryId: 'refused', body: large });
  await store.accept(newEvent({ body: Buffer.alloc(1_500_000) }), toFarSide);
  await expect(store.accept(newEvent({ body: Buffer.alloc(1_500_000) }), toFarSide)).rejects.toThrow(/disk is full/);

  expect(await deliverAll(store), 'what is there is carried').toBe(1);
  expect(await store.prune(2_000, Number.MAX_SAFE_INTEGER)).toMatchObject({ events: 1 });
  expect(await store.accept(newEvent({ body: Buffer.alloc(1_500_000) }), toFarSide)).toMatchObject({
    duplicate: false,
  });

  await expect(store.accept(refused, toFarSide)).rejects.toThrow(/disk is full/);
  open.database.exec('PRAGMA max_page_count = 100000');
  expect(await store.accept(refused, toFarSide), 'no trace of the first time').toMatchObject({ duplicate: false });
  await store.close();
});

test('when the system refuses to write, nothing that was acknowledged is lost', async () => {
  const file = await newFile();
  opened(file);
  const said = await startChild(['fill', file], 3_000).ended();
  const acknowledged = said.filter(([word]) => word === 'accepted').map(([, id]) => id);
  expect(acknowledged.length).toBeGreaterThan(10);
  expect(said.filter(([word]) => word === 'refused').map((words) => words.join(' '))).toEqual(
    Array.from({ length: 10 }, () => expect.stringContaining(`The store ${file} could not be used`)),
  );
  expect(said.find(([word]) => word === 'reads')).toEqual(['reads', String(acknowledged.length)]);

  const store = opened(file);
  expect((await store.events({ after: 0, limit: 1_000 })).map(({ id }) => id)).toEqual(acknowledged);
  expect(await store.accept(newEvent({ body: large }), toFarSide)).toMatchObject({ duplicate: false });
  expect(await deliverAll(store)).toBe(acknowledged.length + 1);
});

test('a store is opened and read where nothing more can be written', async () => {
  const file = await newFile();
  const store = opened(file);
  for (let number = 0; number < 5; number++) await store.accept(newEvent({ body: Buffer.alloc(50_000) }), toFarSide);
  await store.close();
  // SQLite's file of shared memory has 32 KiB; the store itself is larger than it may become.
  expect(await startChild(['read', file], 40).ended()).toContainEqual(['reads', '5']);
});

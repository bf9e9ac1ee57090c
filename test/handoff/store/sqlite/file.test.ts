import { chmod, mkdir, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, test } from 'vitest';

import { OpencxError } from '../../../../src/errors/opencx-error.ts';
import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { openSqliteStore } from '../../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { deliverAll, newEvent, toFarSide } from '../samples.ts';
import { newFile, newFolder, opened } from './new-file.ts';

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

function refusal(file: string): OpencxError {
  try {
    void openSqliteStore({ file }).close();
  } catch (error) {
    if (error instanceof OpencxError) return error;
    throw error;
  }
  throw new Error(`${file} was opened`);
}

/** A file with fifty events, closed. */
async function filled(): Promise<string> {
  const file = await newFile();
  const store = openSqliteStore({ file });
  const body = Buffer.alloc(10_000, 'a');
  await Promise.all(Array.from({ length: 50 }, () => store.accept(newEvent({ body }), toFarSide)));
  await store.close();
  return file;
}

async function overwrite(file: string, from: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, from);
  await handle.close();
}

async function readAll(store: HandoffStore): Promise<void> {
  await store.events({ limit: 1_000 });
  await store.deliveries((await store.events({ limit: 1_000 })).map(({ id }) => id));
}

test('the owner alone may read the files, in a folder that only the owner may enter', async () => {
  const file = await newFile();
  const store = opened(file);
  await store.accept(newEvent(), toFarSide);
  expect(await modeOf(dirname(file))).toBe('700');
  for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(await modeOf(path), path).toBe('600');
});

test('a file that others could read is closed to them; the folder, which may be shared, is left as it is', async () => {
  const file = await filled();
  await chmod(file, 0o644);
  await chmod(dirname(file), 0o755);
  opened(file);
  expect(await modeOf(file)).toBe('600');
  expect(await modeOf(dirname(file))).toBe('755');
});

test('a file of the first version is brought up to date, with all it holds, and gives no id a second time', async () => {
  const file = await newFile();
  await mkdir(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(await readFile(join(import.meta.dirname, 'version-1.sql'), 'utf8'));
  database.close();
  const store = opened(file);
  const events = await store.events({ after: 0, limit: 10 });
  expect(events.map(({ name, replayOf }) => [name, replayOf])).toEqual([
    ['customerEmail', undefined],
    ['caseClosed', undefined],
  ]);
  const deliveries = await store.deliveries(events.map(({ id }) => id));
  expect(deliveries.map(({ state, attempts }) => [state, attempts])).toEqual([
    ['dead', 1],
    ['delivered', 1],
  ]);
  expect(await store.attempts(deliveries.map(({ id }) => id))).toHaveLength(2);
  const [first] = events;
  const { event: replay } = await store.accept(newEvent({ replayOf: first?.id ?? '' }), toFarSide);
  await deliverAll(store);
  expect(await store.deliveries([first?.id ?? ''])).toMatchObject([{ state: 'replaced', replacedBy: replay.id }]);
  await store.close();
  expect((await opened(file).events({ limit: 10 })).map(({ id }) => id)).toContain(replay.id);
});

test('a file of a newer version is refused and left as it is', async () => {
  const file = await filled();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const before = await readFile(file);
  const error = refusal(file);
  expect(error.code).toBe('STORE_UNUSABLE');
  expect(error.message).toContain(file);
  expect(error.message).toContain('newer opencx-sf (version 99');
  expect(error.nextSteps).not.toEqual([]);
  expect(await readFile(file)).toEqual(before);
});

test.each([0, 1, 99])("another program's database (its version %d) is refused and left as it is", async (version) => {
  const file = join(await newFolder(), 'theirs.sqlite');
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE theirs (a); PRAGMA user_version = ${version}`);
  database.close();
  const before = await readFile(file);
  expect(refusal(file)).toMatchObject({ code: 'STORE_UNUSABLE', details: { file } });
  expect(await readFile(file)).toEqual(before);
});

test.each([
  [
    'text',
    async (file: string) => await writeFile(file, 'this is no database at all, and long enough to show it '.repeat(50)),
  ],
  ['a file with its head overwritten', async (file: string) => await overwrite(file, 0, Buffer.alloc(100, 7))],
  [
    'a file with its tables overwritten',
    async (file: string) => await overwrite(file, 4_096, Buffer.alloc(200_000, 7)),
  ],
  ['a file that was cut off', async (file: string) => await truncate(file, 10_000)],
])('%s is damaged, and the error names it', async (_, damage) => {
  const file = await filled();
  await damage(file);
  const error = refusal(file);
  expect(error).toMatchObject({ code: 'STORE_UNUSABLE', details: { file } });
  expect(error.message).toContain(`${file} is damaged`);
});

test('damage that shows only later is an error that names the file, for that request', async () => {
  const file = await filled();
  const { size } = await stat(file);
  await overwrite(file, 4_096 * 40, Buffer.alloc(size - 4_096 * 40, 7));
  const store = opened(file);
  const error: unknown = await readAll(store).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'STORE_UNUSABLE', details: { file } });
});

test('a place where no file can be made is an error that names it', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'taken'), '');
  for (const file of [join(folder, 'taken', 'events.sqlite'), folder]) {
    expect(refusal(file)).toMatchObject({ code: 'STORE_UNUSABLE', details: { file } });
  }
});

test('a file that was never written to is a new store', async () => {
  const file = join(await newFolder(), 'empty.sqlite');
  await writeFile(file, '');
  const { event } = await opened(file).accept(newEvent(), []);
  expect(event.sequence).toBe(1);
});

test('the file becomes smaller when much was forgotten', async () => {
  const file = await newFile();
  const store = openSqliteStore({ file });
  const body = Buffer.alloc(500_000);
  for (let number = 0; number < 20; number++) await store.accept(newEvent({ body }), []);
  await store.prune(2_000, Number.MAX_SAFE_INTEGER);
  await store.close();
  expect((await stat(file)).size).toBeLessThan(1_000_000);
});

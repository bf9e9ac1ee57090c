import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { openSqliteStore } from '../../../../src/handoff/store/sqlite/open-sqlite-store.ts';

/** A folder that is removed when the test ends. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Path of a store that is not there yet. */
export async function newFile(): Promise<string> {
  return join(await newFolder(), 'serve', 'events.sqlite');
}

/** Opens a store for as long as the test runs. */
export function opened(file: string): HandoffStore {
  const store = openSqliteStore({ file });
  onTestFinished(() => store.close());
  return store;
}

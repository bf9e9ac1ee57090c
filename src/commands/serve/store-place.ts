import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { HandoffStore } from '../../handoff/store/handoff-store.ts';
import { isMissingFile } from '../../missing-file.ts';
import type { CommandContext } from '../command-context.ts';
import { stateFolder } from '../state-folder.ts';

/** Where `serve` keeps what belongs to it. */
export function serveFolder(cwd: string): string {
  return join(stateFolder(cwd), 'serve');
}

/** The store that is meant. @param given `--store` */
export function storeFile({ cwd }: CommandContext, given: string | undefined): string {
  return resolve(cwd, given ?? join(serveFolder(cwd), 'events.sqlite'));
}

/**
 * Opens a store that is there; it is closed when the command ends.
 * @throws OpencxError EVENT_NOT_FOUND if there is none, and those of a store that cannot be used
 */
export async function openExistingStore(context: CommandContext, file: string): Promise<HandoffStore> {
  try {
    await stat(file);
  } catch (error) {
    if (!isMissingFile(error)) throw error;
    throw new OpencxError('EVENT_NOT_FOUND', {
      message: `Nothing was recorded yet: ${file} is not there.`,
      nextSteps: ['opencx-sf serve makes it; --store names another one.'],
    });
  }
  return await openStore(context, file);
}

/** Opens a store, a new one too; it is closed when the command ends. @throws OpencxError if it cannot be used */
export async function openStore({ clock, onEnd }: CommandContext, file: string): Promise<HandoffStore> {
  const { openSqliteStore } = await import('../../handoff/store/sqlite/open-sqlite-store.ts');
  const store = openSqliteStore({ file, clock });
  onEnd(() => store.close());
  return store;
}

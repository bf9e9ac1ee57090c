import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { writeNewFolder } from '../../atomic-files.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { isMissingFile } from '../../missing-file.ts';
import { keyFiles, metadataFolder } from './key-folder.ts';

/** What a key occupies at the top of its folder. */
const entries: readonly string[] = [...Object.values(keyFiles), metadataFolder];

/** @throws OpencxError OUTPUT_REFUSED if there is a key already, or a part of one */
export async function refuseOccupied(folder: string): Promise<void> {
  const present = await occupied(folder);
  if (present.length > 0) throw taken(folder, present);
}

/** Which of a key's files or folders are there. */
async function occupied(folder: string): Promise<string[]> {
  const found = await Promise.all(entries.map((name) => isThere(join(folder, name))));
  return entries.filter((_, index) => found[index]);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissingFile(error)) return false;
    throw refused(path, error);
  }
}

/**
 * Writes the files of a key: all of them or none, each readable by its owner alone from the first byte on.
 * @param files path inside the folder to content
 * @param retire where what is there now goes first, inside the folder; without it, what is there is an error
 * @param replaced which of a key's entries are meant; all of them by default
 * @throws OpencxError OUTPUT_REFUSED; the folder is then as it was
 */
export async function placeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  retire?: string,
  replaced: readonly string[] = entries,
): Promise<void> {
  const present = (await occupied(folder)).filter((name) => replaced.includes(name));
  if (present.length > 0 && retire === undefined) throw taken(folder, present);
  try {
    if (await isThere(folder)) await swap(folder, files, present, retire);
    // A folder of our own is kept out of version control; in somebody else's that is theirs to say.
    else await writeNewFolder(folder, new Map([...files, ['.gitignore', '*\n']]));
  } catch (error) {
    throw refused(folder, error);
  }
}

async function swap(
  folder: string,
  files: ReadonlyMap<string, string>,
  present: readonly string[],
  retire: string | undefined,
): Promise<void> {
  const draft = join(folder, `.new-${process.pid}`);
  await writeNewFolder(draft, files);
  const placed = [...new Set([...files.keys()].map((path) => path.split('/')[0] ?? path))];
  const moves: Move[] = [
    ...(retire === undefined ? [] : present.map((name) => [join(folder, name), join(folder, retire, name)] as const)),
    ...placed.map((name) => [join(draft, name), join(folder, name)] as const),
  ];
  try {
    await moveAll(moves);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

type Move = readonly [from: string, to: string];

/** Moves one after the other; if one fails, those before it are undone. */
async function moveAll(moves: readonly Move[]): Promise<void> {
  const done: Move[] = [];
  try {
    for (const move of moves) {
      await mkdir(dirname(move[1]), { recursive: true, mode: 0o700 });
      await rename(...move);
      done.push(move);
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) await rename(to, from);
    throw error;
  }
}

function taken(folder: string, present: readonly string[]): OpencxError {
  return new OpencxError('OUTPUT_REFUSED', {
    message: `${folder} already holds ${present.join(', ')}; a key that is in use would be lost. Nothing was written.`,
    nextSteps: [
      'opencx-sf messaging keys show tells which key it is.',
      'A new key beside it, the old one kept: opencx-sf messaging keys rotate (or generate --rotate).',
      'Another folder: --out <folder>.',
    ],
  });
}

function refused(path: string, error: unknown): OpencxError {
  if (error instanceof OpencxError) return error;
  return new OpencxError('OUTPUT_REFUSED', {
    message: `Keys cannot be written to ${path}: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
    nextSteps: ['Choose another folder by --out, or check its permissions.'],
    cause: error,
  });
}

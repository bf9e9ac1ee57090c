import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readMarker } from '../../blueprint/marker.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { writePublicFile } from '../../atomic-files.ts';
import { isMissingFile } from '../../missing-file.ts';

export type FileState = 'missing' | 'same' | 'differs' | 'foreign' | 'theirs';

export interface OutputFile {
  path: string;
  content: string;
  state: FileState;
}

/** An existing project keeps its own; it is written only where there is none. */
const scaffold = new Set(['sfdx-project.json']);

/**
 * Compares what would be written with what the folder holds.
 * `foreign`: a file of that name that opencx-sf did not write. `theirs`: the project's own file, left alone.
 */
export async function compareFolder(folder: string, files: ReadonlyMap<string, string>): Promise<OutputFile[]> {
  return await Promise.all(
    [...files].map(async ([path, content]) => ({
      path,
      content,
      state: await stateOf(join(folder, path), path, content),
    })),
  );
}

async function stateOf(file: string, path: string, content: string): Promise<FileState> {
  let present: string;
  try {
    present = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return 'missing';
    throw new OpencxError('OUTPUT_REFUSED', {
      message: `${file} cannot be compared: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
  if (present === content) return 'same';
  if (scaffold.has(path)) return 'theirs';
  return readMarker(present) === undefined && readMarker(content) !== undefined ? 'foreign' : 'differs';
}

/**
 * Writes what is missing or differs, each file atomically.
 * @throws OpencxError OUTPUT_REFUSED, before anything is written, if that would replace somebody else's file without `force`
 */
export async function writeFolder(folder: string, files: readonly OutputFile[], force: boolean): Promise<OutputFile[]> {
  const foreign = files.filter((file) => file.state === 'foreign');
  if (foreign.length > 0 && !force) {
    throw new OpencxError('OUTPUT_REFUSED', {
      message: `${folder} holds files that opencx-sf did not write: ${foreign.map((file) => file.path).join(', ')}. Nothing was written.`,
      nextSteps: ['Choose another --output-dir, or replace them with --force.'],
    });
  }
  const changed = files.filter((file) => file.state !== 'same' && file.state !== 'theirs');
  for (const { path, content } of changed) {
    try {
      await writePublicFile(join(folder, path), content);
    } catch (error) {
      throw new OpencxError('OUTPUT_REFUSED', {
        message: `${join(folder, path)} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        cause: error,
      });
    }
  }
  return changed;
}

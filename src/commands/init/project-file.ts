import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { writePublicFile } from '../../atomic-files.ts';
import { projectFileName, type Override } from '../../config/load-config.ts';
import { isMissingFile } from '../../missing-file.ts';

type Json = Record<string, unknown>;

/**
 * Writes the wizard's answers into the configuration file, where they override what stood there; everything else in it stays.
 * The webhook URL is no answer for a file that is shared: the org itself keeps it.
 * @returns the path written, undefined if the file says all of it already
 */
export async function writeProjectFile(
  cwd: string,
  file: string | undefined,
  answers: readonly Override[],
): Promise<string | undefined> {
  const path = resolve(cwd, file ?? projectFileName);
  const before = await readObject(path);
  const after = structuredClone(before);
  for (const { path: keys, value } of answers) put(after, keys, value);
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  await writePublicFile(path, `${JSON.stringify(after, null, 2)}\n`);
  return path;
}

async function readObject(path: string): Promise<Json> {
  try {
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, '')) as Json;
  } catch (error) {
    if (isMissingFile(error)) return {};
    throw error;
  }
}

function put(target: Json, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = target[key];
  const next: Json = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Json) : {};
  target[key] = next;
  put(next, rest, value);
}

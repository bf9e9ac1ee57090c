import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

import { onTestFinished } from 'vitest';

import { makeKey, type KeyRequest, type MadeKey } from '../../../src/messaging/keys/make-key.ts';

/** A Sunday in November 2026; keys of these stories are made then. */
export const now = Date.UTC(2026, 10, 29, 12, 0, 0, 500);
export const day = 86_400_000;
export const never = new AbortController().signal;

/** A key of 2048 bits for a year, made as the commands make it. */
export async function aKey(request: Partial<KeyRequest> = {}): Promise<MadeKey> {
  return await makeKey({ bits: 2048, days: 365, now, beside: [], ...request }, never);
}

/** One of a key's files. */
export function fileOf(made: MadeKey, path: string): string {
  const text = made.files.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}

export async function folderOfThisTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-keys-'));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Every file below a folder, by path, with its permission bits. */
export async function filesBelow(folder: string): Promise<{ path: string; text: string; mode: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(
    paths.sort().map(async (path) => ({
      path: relative(folder, path),
      text: await readFile(path, 'utf8'),
      mode: (await stat(path)).mode & 0o777,
    })),
  );
}

/** Runs OpenSSL on a text it reads from stdin; fails if OpenSSL does. */
export async function openssl(
  args: readonly string[],
  input: string,
  env: Record<string, string> = {},
): Promise<string> {
  const running = promisify(execFile)('openssl', [...args], { env: { ...process.env, ...env } });
  // Those that are given no input may be gone before its end is told to them.
  running.child.stdin?.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  running.child.stdin?.end(input);
  return (await running).stdout;
}

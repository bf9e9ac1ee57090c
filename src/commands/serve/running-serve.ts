import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { writePrivateFile } from '../../atomic-files.ts';
import { isMissingFile } from '../../missing-file.ts';
import { askRunning } from './ask-running.ts';
import type { StorePlace } from './store-place.ts';
import { removeIfStill } from './url-files.ts';

const runningSchema = z.strictObject({
  pid: z.int().positive(),
  origin: z.url(),
  /** Carries the token. */
  webhookUrl: z.url(),
  /** PEM, if it serves https: what other commands know it by. */
  certificate: z.string().optional(),
});

/** What a `serve` leaves beside its store for other commands to find it: a private file. */
export type RunningServeFile = z.infer<typeof runningSchema>;

/** @returns what takes the file away again, unless another `serve` on the same database has written it since */
export async function announceServe(
  { runningFile }: StorePlace,
  running: RunningServeFile,
): Promise<() => Promise<void>> {
  const text = `${JSON.stringify(running)}\n`;
  await writePrivateFile(runningFile, text);
  return () => removeIfStill(runningFile, text);
}

/** The `serve` that works on a store, if one does. */
export async function findRunningServe({ runningFile }: StorePlace): Promise<RunningServeFile | undefined> {
  let text: string;
  try {
    text = await readFile(runningFile, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  const running = readRunning(text);
  return running !== undefined && isAlive(running.pid) && (await answers(running)) ? running : undefined;
}

/** What a damaged or foreign file says is as good as none: nothing of it can be reached. */
function readRunning(text: string): RunningServeFile | undefined {
  try {
    return runningSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A file of a process that was killed stays behind. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function answers({ origin, certificate }: RunningServeFile): Promise<boolean> {
  try {
    const { status } = await askRunning(`${origin}/healthz`, certificate, {
      method: 'GET',
      signal: AbortSignal.timeout(10_000),
    });
    return status === 200;
  } catch {
    return false;
  }
}

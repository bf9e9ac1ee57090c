import { readFile, rm } from 'node:fs/promises';

import { z } from 'zod';

import { writePrivateFile } from '../../atomic-files.ts';
import { isMissingFile } from '../../missing-file.ts';

const runningSchema = z.strictObject({
  pid: z.int().positive(),
  origin: z.url(),
  /** Carries the token. */
  webhookUrl: z.url(),
});

/** What a `serve` leaves beside its store for other commands to find it: a private file. */
export type RunningServeFile = z.infer<typeof runningSchema>;

function runningFile(store: string): string {
  return `${store}.serve.json`;
}

/** @returns what takes the file away again */
export async function announceServe(store: string, running: RunningServeFile): Promise<() => Promise<void>> {
  await writePrivateFile(runningFile(store), `${JSON.stringify(running)}\n`);
  return () => rm(runningFile(store), { force: true });
}

/** The `serve` that works on a store, if one does. */
export async function findRunningServe(store: string): Promise<RunningServeFile | undefined> {
  let text: string;
  try {
    text = await readFile(runningFile(store), 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  const running = readRunning(text);
  return running !== undefined && isAlive(running.pid) && (await answers(running.origin)) ? running : undefined;
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

async function answers(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { writePrivateFile } from '../../../atomic-files.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { isMissingFile } from '../../../missing-file.ts';

const originalSchema = z.strictObject({
  organizationId: z.string(),
  organizationName: z.string(),
  namedCredential: z.string(),
  /** What stood there before `serve`; a secret. */
  before: z.string(),
  /** What `serve` puts there, secrets: the last; before it what a killed one has left, until the last has taken its place. */
  ours: z.array(z.string()),
});

/** Where a Named Credential pointed before a `serve` took its place: a private file, until it points there again. */
export type Original = z.infer<typeof originalSchema>;

const prefix = 'named-credential-';

function fileOf(folder: string, organizationId: string): string {
  return join(folder, `${prefix}${organizationId}.json`);
}

/** Written before the org is changed: a process that is killed in between leaves a note of what it was about to do. */
export async function keepOriginal(folder: string, original: Original): Promise<void> {
  await writePrivateFile(fileOf(folder, original.organizationId), `${JSON.stringify(original, undefined, 2)}\n`);
}

export async function forgetOriginal(folder: string, { organizationId }: Original): Promise<void> {
  await rm(fileOf(folder, organizationId), { force: true });
}

/** Of one org; undefined if nothing of it is to be set back. @throws OpencxError STATE_UNREADABLE */
export async function originalOf(folder: string, organizationId: string): Promise<Original | undefined> {
  const file = fileOf(folder, organizationId);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw unreadable(file, error);
  }
  try {
    return originalSchema.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Ids of the orgs whose Named Credential an earlier `serve` did not set back. */
export async function organizationsLeft(folder: string): Promise<string[]> {
  try {
    const files = await readdir(folder);
    return files.flatMap((file) =>
      file.startsWith(prefix) && file.endsWith('.json') ? [file.slice(prefix.length, -'.json'.length)] : [],
    );
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
}

function unreadable(file: string, cause: unknown): OpencxError {
  return new OpencxError('USAGE', {
    message: `${file} says where a Named Credential pointed before serve, and cannot be read.`,
    nextSteps: [
      'Look at it, set the URL by hand (opencx-sf webhook show and opencx-sf webhook set), and remove the file.',
    ],
    cause,
  });
}

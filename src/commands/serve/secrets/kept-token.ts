import { readFile } from 'node:fs/promises';

import { writeNewPrivateFile } from '../../../atomic-files.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { isTokenWritable, newWebhookToken } from '../../../handoff/security/webhook-token.ts';
import { isMissingFile } from '../../../missing-file.ts';

/**
 * A token that is made once and kept, so that it stays the same from run to run.
 * @param changes what is different with another one, e.g. `the webhook URL changes`
 * @throws OpencxError USAGE if the file holds none
 */
export async function keptToken(file: string, changes: string): Promise<string> {
  const kept = await read(file);
  if (kept === undefined) {
    const token = newWebhookToken();
    // Another process may have made one in the meantime: that is the one.
    return (await writeNewPrivateFile(file, `${token}\n`)) ? token : await keptToken(file, changes);
  }
  if (isTokenWritable(kept)) return kept;
  throw new OpencxError('USAGE', {
    message: `${file} holds no token: letters, digits, - and _ on one line.`,
    nextSteps: [`Remove the file; serve makes another one, and ${changes}.`],
  });
}

async function read(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw new OpencxError('USAGE', {
      message: `The token could not be read from ${file}: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { OpencxError } from '../errors/opencx-error.ts';

/** Largest secret that is read, in characters: a PEM key is some 3,000. */
const limit = 65_536;

/**
 * Reads a secret from a stream, to its end.
 * @param what e.g. `access token`, for the error
 * @throws OpencxError MISSING_INPUT if nothing comes
 */
export async function readSecretStream(
  stream: NodeJS.ReadableStream & { isTTY?: boolean },
  what: string,
): Promise<string> {
  if (stream.isTTY === true) throw missing(what, 'stdin is a terminal');
  const secret = (await text(stream)).trim();
  if (secret === '') throw missing(what, 'stdin was empty');
  return secret.slice(0, limit);
}

function missing(what: string, why: string): OpencxError {
  return new OpencxError('MISSING_INPUT', {
    message: `The ${what} was to be read from stdin, but ${why}.`,
    nextSteps: [`Pipe it in, e.g. from a password manager: tool get | opencx-sf …`],
  });
}

/** Reads a secret from a file. @throws OpencxError MISSING_INPUT */
export async function readSecretFile(path: string, what: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).slice(0, limit);
  } catch (error) {
    throw new OpencxError('MISSING_INPUT', {
      message: `The ${what} could not be read from ${path}: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}

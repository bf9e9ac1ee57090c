import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { writeNewPrivateFile } from '../../../atomic-files.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { sealingKeyBytes } from '../../../handoff/store/sealed/sealer.ts';
import { isMissingFile } from '../../../missing-file.ts';
import type { Keychain } from './keychain.ts';

/** What the file of a key says when the key itself is in the keychain; after it comes the entry there. */
const inKeychain = 'keychain:';

/**
 * The key that seals the secrets of a store, made once. It is kept in the keychain of the system, if there is one that keeps what
 * it is given; then the file says under which name. Otherwise the file holds the key itself.
 * @param keychain that of the system, as `keychainFor` finds it
 * @param file of mode 600; processes that share a store on several machines each need one with the same key in it
 * @returns 32 bytes
 * @throws OpencxError USAGE if the file holds no key, or the keychain does not give what it has
 */
export async function storeKey(file: string, keychain: Keychain | undefined): Promise<Buffer> {
  const kept = await read(file);
  if (kept === undefined) return await newKey(file, keychain);
  if (!kept.startsWith(inKeychain)) return keyOf(kept, file);
  const entry = kept.slice(inKeychain.length);
  const found = await keychain?.get(entry);
  if (typeof found === 'string') return keyOf(found, file);
  throw new OpencxError('USAGE', {
    message: `The key of the store is in the keychain, as ${entry}, and that does not give it: ${found?.why ?? 'this system has none'}.`,
    nextSteps: [
      'Unlock the keychain, or start where it can be reached.',
      `Or remove ${file}: another key is made, and the secrets that were sealed with this one cannot be read any more.`,
    ],
  });
}

async function newKey(file: string, keychain: Keychain | undefined): Promise<Buffer> {
  const key = randomBytes(sealingKeyBytes);
  const text = key.toString('base64url');
  const entry = `store-${randomBytes(8).toString('hex')}`;
  // Some keychains take a secret and keep nothing: only what comes back is kept.
  const isKept = keychain !== undefined && (await keychain.set(entry, text)) && (await keychain.get(entry)) === text;
  if (await writeNewPrivateFile(file, `${isKept ? `${inKeychain}${entry}` : text}\n`)) return key;
  // Another process has made it in the meantime: its key is the one.
  return await storeKey(file, keychain);
}

function keyOf(text: string, file: string): Buffer {
  const key = Buffer.from(text, 'base64url');
  if (key.length === sealingKeyBytes && key.toString('base64url') === text) return key;
  throw new OpencxError('USAGE', {
    message: `${file} holds no key of a store: ${sealingKeyBytes} bytes in base64url on one line.`,
    nextSteps: ['Put back the right one. If it is lost, remove the file: the secrets it has sealed are lost with it.'],
  });
}

async function read(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw new OpencxError('USAGE', {
      message: `The key of the store could not be read from ${file}: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}

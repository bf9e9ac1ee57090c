import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { VerificationJwk } from './jwk.ts';
import { metadataFolder, oldFolder, type KeyFolder, type StoredKey } from './key-folder.ts';
import { apiNameOf, isoDay } from './key-names.ts';
import { makeKey, type KeyRequest, type MadeKey } from './make-key.ts';
import { issuerIn, metadataFiles } from './metadata-files.ts';
import { placeFiles } from './place-files.ts';
import { reusableJwk } from './read/read-jwk.ts';

/** A rotation: the new key, and where the one before it now is. */
export interface Rotation {
  made: MadeKey;
  replaced: { kid: string; folder: string };
  issuer?: string;
}

/**
 * Makes a new key and keeps the one before it in a folder of its own, both in the keyset, so that tokens signed by either are
 * verified until OpenCX has changed over.
 * @param present the folder as read
 * @throws OpencxError KEYS_MISSING, KEYS_UNFIT, OUTPUT_REFUSED; the folder is then as it was
 */
export async function rotateKeys(
  present: KeyFolder,
  request: Omit<KeyRequest, 'beside'>,
  signal: AbortSignal,
): Promise<Rotation> {
  const current = currentJwk(present);
  const issuer = request.issuer ?? issuerIn(present.metadata);
  const beside = [current, ...oldJwks(present)];
  const asked = { ...request, beside, ...(issuer === undefined ? {} : { issuer }) };
  const made = await makeKey(asked, signal);
  const retire = `${oldFolder}/${freeName(present, `${isoDay(request.now)}-${apiNameOf(current.kid)}`)}`;
  await placeFiles(present.folder, made.files, retire);
  const replaced = { kid: current.kid, folder: join(present.folder, retire) };
  return { made, replaced, ...(issuer === undefined ? {} : { issuer }) };
}

/**
 * Takes the replaced keys away: out of the keyset first, then their files.
 * @returns the folders that are gone
 * @throws OpencxError KEYS_MISSING, KEYS_UNFIT, OUTPUT_REFUSED
 */
export async function removeOldKeys(present: KeyFolder): Promise<string[]> {
  const current = currentJwk(present);
  const leaving = `.leaving-${process.pid}`;
  const metadata = metadataFiles([current], issuerIn(present.metadata));
  const files = new Map([...metadata].map(([path, content]) => [`${metadataFolder}/${path}`, content] as const));
  const folders = present.old.map(({ folder }) => folder);
  try {
    await placeFiles(present.folder, files, leaving, [metadataFolder]);
    for (const folder of [...folders, join(present.folder, leaving)])
      await rm(folder, { recursive: true, force: true });
    await removeIfEmpty(join(present.folder, oldFolder));
  } catch (error) {
    if (error instanceof OpencxError) throw error;
    throw new OpencxError('OUTPUT_REFUSED', {
      message: `Old keys could not be removed: ${error instanceof Error ? error.message : String(error)}`,
      nextSteps: ['Check the permissions of the folder and run the command again.'],
      cause: error,
    });
  }
  return folders;
}

/** What else somebody keeps there stays. */
async function removeIfEmpty(folder: string): Promise<void> {
  if ((await readdir(folder)).length === 0) await rmdir(folder);
}

/** @throws OpencxError KEYS_MISSING, KEYS_UNFIT */
function currentJwk({ folder, current }: KeyFolder): VerificationJwk {
  if (current === undefined) {
    throw new OpencxError('KEYS_MISSING', {
      message: `${folder} holds no key that could be rotated.`,
      nextSteps: ['The first one: opencx-sf messaging keys generate.', 'Another folder: --out <folder>.'],
    });
  }
  const jwk = reusableJwk(current.texts.jwk);
  if (jwk !== undefined) return jwk;
  throw new OpencxError('KEYS_UNFIT', {
    message: `jwk.json of ${folder} is missing or not as it should be, so that its key could not stay in the keyset. Nothing was changed.`,
    nextSteps: [
      'opencx-sf messaging keys check tells what is wrong.',
      'A new pair elsewhere: opencx-sf messaging keys generate --out <folder>.',
    ],
  });
}

/** A replaced key whose JWK is gone cannot be named in the keyset; it is then left out. */
function oldJwks({ old }: KeyFolder): VerificationJwk[] {
  return old.flatMap(({ texts }: StoredKey) => reusableJwk(texts.jwk) ?? []);
}

function freeName({ old }: KeyFolder, name: string): string {
  const taken = new Set(old.map(({ folder }) => basename(folder)));
  if (!taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name}-${count}`)) count += 1;
  return `${name}-${count}`;
}

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { OpencxError } from '../../errors/opencx-error.ts';
import { isMissingFile } from '../../missing-file.ts';
import { artefacts, type Artefact } from './check/check-keys.ts';

/** Names of the files of a key in its folder. */
export const keyFiles = {
  privateKey: 'private-key.pem',
  publicKey: 'public-key.pem',
  certificate: 'certificate.pem',
  jwk: 'jwk.json',
} as const satisfies Record<Artefact, string>;

/** Folder of the metadata components, inside the folder of keys. */
export const metadataFolder = 'metadata';
/** Folder of the keys that were replaced, each in a folder of its own. */
export const oldFolder = 'old';

/** The files of one key, as found. */
export interface StoredKey {
  folder: string;
  texts: Partial<Record<Artefact, string>>;
  /** Permission bits of the private key's file. */
  privateKeyMode?: number;
}

/** What a folder of keys holds. */
export interface KeyFolder {
  folder: string;
  current?: StoredKey;
  /** Replaced ones, the newest first. */
  old: StoredKey[];
  /** Path inside {@link metadataFolder} to content. */
  metadata: Map<string, string>;
}

/** Reads a folder of keys, which may not exist. @throws OpencxError KEYS_MISSING if it cannot be read */
export async function readKeyFolder(folder: string): Promise<KeyFolder> {
  const current = await readKey(folder);
  const names = await namesIn(join(folder, oldFolder));
  const old = await Promise.all(
    names
      .sort()
      .reverse()
      .map((name) => readKey(join(folder, oldFolder, name))),
  );
  return {
    folder,
    ...(current === undefined ? {} : { current }),
    old: old.filter((key) => key !== undefined),
    metadata: await readMetadata(join(folder, metadataFolder)),
  };
}

async function readKey(folder: string): Promise<StoredKey | undefined> {
  const found = await Promise.all(
    artefacts.map(async (name) => [name, await readIfThere(join(folder, keyFiles[name]))] as const),
  );
  const texts = Object.fromEntries(found.filter(([, text]) => text !== undefined)) as StoredKey['texts'];
  if (Object.keys(texts).length === 0) return undefined;
  if (texts.privateKey === undefined) return { folder, texts };
  const { mode } = await stat(join(folder, keyFiles.privateKey));
  return { folder, texts, privateKeyMode: mode & 0o777 };
}

async function readMetadata(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const type of await namesIn(folder)) {
    for (const name of await namesIn(join(folder, type))) {
      const text = await readIfThere(join(folder, type, name));
      if (text !== undefined) files.set(`${type}/${name}`, text);
    }
  }
  return files;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw unreadable(folder, error);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): OpencxError {
  return new OpencxError('KEYS_MISSING', {
    message: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    nextSteps: ['Check who owns the folder and its files, and its permissions.'],
    cause: error,
  });
}

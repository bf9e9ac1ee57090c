import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { checkMetadata } from '../../../src/messaging/keys/check/check-metadata.ts';
import { readKeyFolder } from '../../../src/messaging/keys/key-folder.ts';
import { placeFiles } from '../../../src/messaging/keys/place-files.ts';
import { rotateKeys } from '../../../src/messaging/keys/rotate-keys.ts';
import { aKey, day, folderOfThisTest, never, now } from './key-stories.ts';

const keyset = 'metadata/PublicKeyCertificateSet/OpenCX_Keyset.PublicKeyCertificateSet-meta.xml';
const keyFile = (name: string) => `metadata/PublicKeyCertificate/${name}.PublicKeyCertificate-meta.xml`;

/** A folder whose key "first" was replaced by "second". */
async function rotatedFolder(issuer = 'https://opencx.example.com/?a=1&b="2"'): Promise<string> {
  const folder = await folderOfThisTest();
  await placeFiles(folder, (await aKey({ kid: 'first', issuer })).files);
  const second = { kid: 'second', bits: 2048, days: 365, now: now + day } as const;
  await rotateKeys(await readKeyFolder(folder), second, never);
  return folder;
}

async function edit(folder: string, path: string, change: (text: string) => string): Promise<void> {
  await writeFile(join(folder, path), change(await readFile(join(folder, path), 'utf8')));
}

/** What is found, as `status summary`, then whether nothing more is found once the repairs are written. */
async function found(folder: string): Promise<{ said: string[]; repaired: string[]; afterwards: string[] }> {
  const { findings, repaired } = checkMetadata(await readKeyFolder(folder));
  for (const [path, content] of repaired) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const again = checkMetadata(await readKeyFolder(folder)).findings;
  return {
    said: findings.map(({ status, summary }) => `${status} ${summary}`),
    repaired: [...repaired.keys()],
    afterwards: again.map(({ status }) => status),
  };
}

test('metadata of a rotated key is found to carry both keys', async () => {
  expect(await found(await rotatedFolder())).toEqual({
    said: ['pass metadata carries the same key.'],
    repaired: [],
    afterwards: ['pass'],
  });
});

test('a key without an issuer has no keyset, and none is missed', async () => {
  const folder = await folderOfThisTest();
  await placeFiles(folder, (await aKey({ kid: 'only' })).files);
  expect(await found(folder)).toMatchObject({ said: ['pass metadata carries the same key.'] });
});

test('metadata that was left behind by another key is named, and rewritten', async () => {
  const folder = await rotatedFolder();
  const stranger = await aKey({ kid: 'second' });
  await edit(folder, keyFile('second'), () => stranger.files.get(keyFile('second')) ?? '');
  expect(await found(folder)).toEqual({
    said: [`fail ${keyFile('second')} holds another JWK than that of the key second.`],
    repaired: [keyFile('second')],
    afterwards: ['pass'],
  });
});

test.each([
  ['not active', isInactive, /isActive/],
  ['no XML', async (folder: string) => await edit(folder, keyFile('second'), () => '<!DOCTYPE ['), /another JWK/],
  ['not JSON', async (folder: string) => await edit(folder, keyFile('second'), (text) => text.replace('{', '')), /JWK/],
])('a component of the present key that is %s fails, and is rewritten', async (_, damage, said) => {
  const folder = await rotatedFolder();
  await damage(folder);
  const result = await found(folder);
  expect(result.said[0]).toMatch(/^fail /);
  expect(result.said[0]).toMatch(said);
  expect(result.repaired).toContain(keyFile('second'));
  expect(result.afterwards).toEqual(['pass']);
});

async function isInactive(folder: string): Promise<void> {
  await edit(folder, keyFile('second'), (text) => text.replace('>true<', '>false<'));
}

test('whoever uploads jwk.json by hand and keeps no metadata is told, not failed', async () => {
  const folder = await rotatedFolder();
  await rm(join(folder, 'metadata'), { recursive: true });
  expect(await found(folder)).toEqual({
    said: [`warn ${keyFile('second')} is missing.`, `warn ${keyFile('first')} is missing.`],
    repaired: [keyFile('second'), keyFile('first')],
    afterwards: ['pass'],
  });
});

test('a component of a replaced key only warns', async () => {
  const folder = await rotatedFolder();
  await edit(folder, keyFile('first'), (text) => text.replace('{', ''));
  expect(await found(folder)).toEqual({
    said: [`warn ${keyFile('first')} holds another JWK than that of the key first.`],
    repaired: [keyFile('first')],
    afterwards: ['pass'],
  });
});

test('a keyset that does not name the present key is rewritten, its issuer kept', async () => {
  const folder = await rotatedFolder();
  const before = await readFile(join(folder, keyset), 'utf8');
  await edit(folder, keyset, (text) => text.replace(/<publicKeyCertificateSetKeys>\s*<[^>]+>second[^]*?Keys>/, ''));
  expect(await found(folder)).toEqual({
    said: [`fail ${keyset} does not name the key second.`],
    repaired: [keyset],
    afterwards: ['pass'],
  });
  expect(await readFile(join(folder, keyset), 'utf8')).toBe(before);
});

test('a keyset that names a key of somebody else is left to them', async () => {
  const folder = await rotatedFolder();
  await edit(folder, keyset, (text) => text.replace('>second<', '>Their_Key<'));
  const { said, repaired } = await found(folder);
  expect(said).toEqual([`fail ${keyset} does not name the key second.`]);
  expect(repaired).toEqual([]);
});

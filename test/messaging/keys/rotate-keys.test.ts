import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { MetadataResolver } from '@salesforce/source-deploy-retrieve';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';

import { readKeyFolder } from '../../../src/messaging/keys/key-folder.ts';
import type { KeyRequest } from '../../../src/messaging/keys/make-key.ts';
import { placeFiles } from '../../../src/messaging/keys/place-files.ts';
import { removeOldKeys, rotateKeys } from '../../../src/messaging/keys/rotate-keys.ts';
import { aKey, day, filesBelow, folderOfThisTest, never, now } from './key-stories.ts';

async function folderWithKey(request: Partial<KeyRequest> = {}): Promise<string> {
  const folder = await folderOfThisTest();
  await placeFiles(folder, (await aKey({ kid: 'first', ...request })).files);
  return folder;
}

async function rotate(folder: string, request: Partial<KeyRequest> = {}) {
  const asked = { bits: 2048, days: 365, now: now + day, ...request } as const;
  return await rotateKeys(await readKeyFolder(folder), asked, never);
}

/** The metadata of a folder, as an XML parser of others reads it. */
async function metadata(folder: string) {
  const { metadata: files } = await readKeyFolder(folder);
  const parser = new XMLParser({ isArray: (name) => name === 'publicKeyCertificateSetKeys' });
  return Object.fromEntries([...files].map(([path, text]) => [path, parser.parse(text)]));
}

const keyset = 'PublicKeyCertificateSet/OpenCX_Keyset.PublicKeyCertificateSet-meta.xml';
const keyFile = (name: string) => `PublicKeyCertificate/${name}.PublicKeyCertificate-meta.xml`;

describe('the metadata', () => {
  test('carries the JWK as it is in its file, and a keyset with the issuer', async () => {
    const issuer = 'https://opencx.example.com/?a=1&b="2"';
    const folder = await folderWithKey({ kid: 'acme.key-1', issuer });
    const read = await metadata(folder);
    expect(Object.keys(read)).toEqual([keyFile('acme_key_1'), keyset]);
    const { PublicKeyCertificate: key } = read[keyFile('acme_key_1')];
    expect(key).toMatchObject({ masterLabel: 'acme.key-1', isActive: true });
    const { current } = await readKeyFolder(folder);
    expect(JSON.parse(key.jsonWebKey)).toEqual(JSON.parse(current?.texts.jwk ?? ''));
    expect(read[keyset].PublicKeyCertificateSet).toMatchObject({
      type: 'JWKS',
      jwtIssuer: issuer,
      publicKeyCertificateSetKeys: [{ publicKeyCertificate: 'acme_key_1' }],
    });
  });

  test("is found by Salesforce's own tools where it lies", async () => {
    const folder = await folderWithKey({ issuer: 'opencx' });
    const found = new MetadataResolver().getComponentsFromPath(join(folder, 'metadata'));
    expect(found.map(({ type, fullName }) => `${type.name} ${fullName}`).sort()).toEqual([
      'PublicKeyCertificate first',
      'PublicKeyCertificateSet OpenCX_Keyset',
    ]);
  });

  test('has no keyset where the issuer is open', async () => {
    expect(Object.keys(await metadata(await folderWithKey()))).toEqual([keyFile('first')]);
  });
});

describe('a rotation', () => {
  test('puts the new key in the place of the one before, which is kept, with both in the keyset', async () => {
    const folder = await folderWithKey({ issuer: 'opencx' });
    const before = (await readKeyFolder(folder)).current;
    const { made, replaced, issuer } = await rotate(folder, { kid: 'second' });
    expect({ kid: made.jwk.kid, replaced: replaced.kid, issuer }).toEqual({
      kid: 'second',
      replaced: 'first',
      issuer: 'opencx',
    });
    const { current, old } = await readKeyFolder(folder);
    expect(current?.texts.privateKey).toBe(made.files.get('private-key.pem'));
    expect(old).toEqual([{ ...before, folder: join(folder, 'old', '2026-11-30-first') }]);
    const read = await metadata(folder);
    expect(Object.keys(read).sort()).toEqual([keyFile('first'), keyFile('second'), keyset]);
    expect(read[keyset].PublicKeyCertificateSet.publicKeyCertificateSetKeys).toEqual([
      { publicKeyCertificate: 'second' },
      { publicKeyCertificate: 'first' },
    ]);
  });

  test('can follow another on the same day', async () => {
    const folder = await folderWithKey();
    await rotate(folder);
    await rotate(folder);
    const { old } = await readKeyFolder(folder);
    expect(old).toHaveLength(2);
    expect(new Set((await filesBelow(folder)).map(({ mode }) => mode))).toEqual(new Set([0o600]));
  });

  test.each([
    ['the same', 'first', /which is its name/],
    ['one whose component would have the same name', '-first', /would have the same name, first/],
  ])('refuses a key id that is %s', async (_what, kid, message) => {
    const folder = await folderWithKey();
    const before = await filesBelow(folder);
    await expect(rotate(folder, { kid })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(message),
    });
    expect(await filesBelow(folder)).toEqual(before);
  });

  test('needs a key, whose JWK is as it should be', async () => {
    await expect(rotate(await folderOfThisTest())).rejects.toMatchObject({ code: 'KEYS_MISSING' });
    const folder = await folderWithKey();
    await writeFile(join(folder, 'jwk.json'), '{}');
    const before = await filesBelow(folder);
    await expect(rotate(folder)).rejects.toMatchObject({ code: 'KEYS_UNFIT' });
    expect(await filesBelow(folder)).toEqual(before);
  });

  test('that is interrupted writes nothing', async () => {
    const folder = await folderWithKey();
    const before = await filesBelow(folder);
    const asked = { bits: 2048, days: 365, now } as const;
    const rotation = rotateKeys(await readKeyFolder(folder), asked, AbortSignal.abort());
    await expect(rotation).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(await filesBelow(folder)).toEqual(before);
  });
});

describe('removing the old keys', () => {
  test('takes them out of the keyset and off the disk, and leaves the present one', async () => {
    const folder = await folderWithKey({ issuer: 'opencx' });
    const { made } = await rotate(folder, { kid: 'second' });
    expect(await removeOldKeys(await readKeyFolder(folder))).toEqual([join(folder, 'old', '2026-11-30-first')]);
    expect((await filesBelow(folder)).map(({ path }) => path)).toEqual([
      'certificate.pem',
      'jwk.json',
      `metadata/${keyFile('second')}`,
      `metadata/${keyset}`,
      'private-key.pem',
      'public-key.pem',
    ]);
    expect((await readKeyFolder(folder)).current?.texts.privateKey).toBe(made.files.get('private-key.pem'));
    const read = await metadata(folder);
    expect(read[keyset].PublicKeyCertificateSet).toMatchObject({
      jwtIssuer: 'opencx',
      publicKeyCertificateSetKeys: [{ publicKeyCertificate: 'second' }],
    });
  });

  test('keeps what else lies beside them', async () => {
    const folder = await folderWithKey();
    await rotate(folder, { kid: 'second' });
    await writeFile(join(folder, 'old', 'notes.txt'), 'mine');
    await removeOldKeys(await readKeyFolder(folder));
    expect((await filesBelow(join(folder, 'old'))).map(({ path }) => path)).toEqual(['notes.txt']);
  });

  test('does not happen where the present key has gone', async () => {
    const folder = await folderWithKey();
    await rotate(folder, { kid: 'second' });
    await rm(join(folder, 'jwk.json'));
    const before = await filesBelow(folder);
    await expect(removeOldKeys(await readKeyFolder(folder))).rejects.toMatchObject({ code: 'KEYS_UNFIT' });
    expect(await filesBelow(folder)).toEqual(before);
  });
});

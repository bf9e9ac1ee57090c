import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import { placeFiles } from '../../../src/messaging/keys/place-files.ts';
import { filesBelow, folderOfThisTest } from './key-stories.ts';

const key = (name: string) =>
  new Map([
    [keyFiles.privateKey, `private of ${name}`],
    [keyFiles.jwk, `jwk of ${name}`],
    ['metadata/PublicKeyCertificate/x', `metadata of ${name}`],
  ]);

async function contents(folder: string): Promise<Record<string, string>> {
  return Object.fromEntries((await filesBelow(folder)).map(({ path, text }) => [path, text]));
}

const first = {
  'private-key.pem': 'private of first',
  'jwk.json': 'jwk of first',
  'metadata/PublicKeyCertificate/x': 'metadata of first',
};

describe('the files of a key', () => {
  test('are written into a folder of their own, out of version control', async () => {
    const folder = join(await folderOfThisTest(), 'deep', 'keys');
    await placeFiles(folder, key('first'));
    expect(await contents(folder)).toEqual({ ...first, '.gitignore': '*\n' });
  });

  test('are written into a folder that is there, whose other files stay', async () => {
    const folder = await folderOfThisTest();
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await placeFiles(folder, key('first'));
    expect(await contents(folder)).toEqual({ ...first, 'notes.txt': 'mine' });
  });

  test('are for their owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    onTestFinished(() => {
      process.umask(before);
    });
    const folder = await folderOfThisTest();
    await placeFiles(folder, key('first'));
    await placeFiles(join(folder, 'new'), key('second'));
    expect(new Set((await filesBelow(folder)).map(({ mode }) => mode))).toEqual(new Set([0o600]));
  });

  test.each(Object.values(keyFiles))('are not written over a %s', async (name) => {
    const folder = await folderOfThisTest();
    await writeFile(join(folder, name), 'in use');
    await expect(placeFiles(folder, key('second'))).rejects.toMatchObject({
      code: 'OUTPUT_REFUSED',
      message: expect.stringContaining(`already holds ${name}`),
    });
    expect(await contents(folder)).toEqual({ [name]: 'in use' });
  });

  test('are put beside those before, which move as they are', async () => {
    const folder = await folderOfThisTest();
    await placeFiles(folder, key('first'));
    await placeFiles(folder, key('second'), 'old/first');
    expect(await contents(folder)).toEqual({
      'private-key.pem': 'private of second',
      'jwk.json': 'jwk of second',
      'metadata/PublicKeyCertificate/x': 'metadata of second',
      'old/first/private-key.pem': 'private of first',
      'old/first/jwk.json': 'jwk of first',
      'old/first/metadata/PublicKeyCertificate/x': 'metadata of first',
    });
  });
});

describe('where it cannot be done, nothing is half done:', () => {
  test('a file stands where the folder should be', async () => {
    const parent = await folderOfThisTest();
    await writeFile(join(parent, 'keys'), 'a file');
    await expect(placeFiles(join(parent, 'keys'), key('first'))).rejects.toMatchObject({ code: 'OUTPUT_REFUSED' });
    await expect(placeFiles(join(parent, 'keys', 'x'), key('first'))).rejects.toMatchObject({ code: 'OUTPUT_REFUSED' });
    expect(await contents(parent)).toEqual({ keys: 'a file' });
  });

  test('a file stands where replaced keys go', async () => {
    const folder = await folderOfThisTest();
    await placeFiles(folder, key('first'));
    await writeFile(join(folder, 'old'), 'a file');
    await expect(placeFiles(folder, key('second'), 'old/first')).rejects.toMatchObject({ code: 'OUTPUT_REFUSED' });
    expect(await contents(folder)).toEqual({ ...first, old: 'a file' });
  });

  test('the last of the files before cannot move, when others have moved already', async () => {
    const folder = await folderOfThisTest();
    await placeFiles(folder, key('first'));
    await mkdir(join(folder, 'old', 'first', 'metadata', 'somebody'), { recursive: true });
    await writeFile(join(folder, 'old', 'first', 'metadata', 'somebody', 'else'), 'kept');
    await expect(placeFiles(folder, key('second'), 'old/first')).rejects.toMatchObject({
      code: 'OUTPUT_REFUSED',
      message: expect.stringMatching(/ENOTEMPTY.*Nothing was changed/),
    });
    expect(await contents(folder)).toEqual({ ...first, 'old/first/metadata/somebody/else': 'kept' });
  });
});

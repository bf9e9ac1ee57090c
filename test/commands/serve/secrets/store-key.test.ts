import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import { keychainFor } from '../../../../src/commands/serve/secrets/keychain.ts';
import { storeKey } from '../../../../src/commands/serve/secrets/store-key.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'store-key-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A `secret-tool` or `security` that keeps secrets in a folder, and writes its arguments down. */
async function withTool(name: string, script: string): Promise<string> {
  const folder = await newFolder();
  const tool = join(folder, name);
  await writeFile(tool, `#!/bin/sh\nhere='${folder}'\necho "$*" >> "$here/arguments"\n${script}`);
  await chmod(tool, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}

const secretTool = `
case "$1" in
  store) cat > "$here/kept.$6" ;;
  lookup) cat "$here/kept.$5" 2>/dev/null || exit 1 ;;
esac
`;

/** As \`security -i\` reads a command from stdin. */
const security = `
if [ "$1" = -i ]; then
  read -r command options
  set -- $options
  [ "$command" = add-generic-password ] && printf %s "$7" > "$here/kept.$5"
else
  cat "$here/kept.$5" 2>/dev/null || { echo 'The specified item could not be found in the keychain.' >&2; exit 44; }
fi
`;

test('without a keychain the key is in a file that its owner alone reads, and stays the same', async () => {
  const file = join(await newFolder(), 'serve', 'key');
  const key = await storeKey(file, undefined);
  expect(key).toHaveLength(32);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await storeKey(file, undefined)).toEqual(key);
  expect((await readFile(file, 'utf8')).trim()).toBe(key.toString('base64url'));
});

test('processes that begin at the same moment have the same key', async () => {
  const file = join(await newFolder(), 'key');
  const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => storeKey(file, undefined)));
  for (const other of others) expect(other).toEqual(first);
});

test.each([
  ['linux', 'secret-tool', secretTool],
  ['darwin', 'security', security],
] as const)('with the keychain of %s the file only says where the key is', async (platform, name, script) => {
  const tool = await withTool(name, script);
  const file = join(await newFolder(), 'key');
  const keychain = keychainFor(platform);
  const key = await storeKey(file, keychain);
  const text = key.toString('base64url');
  expect((await readFile(file, 'utf8')).trim()).toMatch(/^keychain:store-[\da-f]{16}$/);
  expect(await storeKey(file, keychain)).toEqual(key);
  // Every user of the machine sees arguments.
  expect(await readFile(join(tool, 'arguments'), 'utf8')).not.toContain(text);
});

test('a keychain that takes a key and does not keep it is not used', async () => {
  await withTool('secret-tool', 'exit 0\n');
  const file = join(await newFolder(), 'key');
  const key = await storeKey(file, keychainFor('linux'));
  expect((await readFile(file, 'utf8')).trim()).toBe(key.toString('base64url'));
});

test('a keychain that is locked is told, and no other key is made in its place', async () => {
  await withTool('secret-tool', secretTool);
  const file = join(await newFolder(), 'key');
  await storeKey(file, keychainFor('linux'));
  const written = await readFile(file, 'utf8');
  await withTool('secret-tool', `echo 'Cannot autolaunch D-Bus' >&2; exit 1\n`);
  await expect(storeKey(file, keychainFor('linux'))).rejects.toThrow(/does not give it: Cannot autolaunch D-Bus/);
  await expect(storeKey(file, undefined)).rejects.toThrow(/does not give it: this system has none/);
  expect(await readFile(file, 'utf8')).toBe(written);
});

test('a file that holds something else is refused, and stays', async () => {
  const file = join(await newFolder(), 'key');
  await writeFile(file, 'not a key\n');
  await expect(storeKey(file, undefined)).rejects.toThrow(/holds no key of a store/);
  expect(await readFile(file, 'utf8')).toBe('not a key\n');
});

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { startInPty } from '../../pty/pty.ts';
import { temporaryFolder, type CliOptions } from '../cli.ts';
import { filesIn, keys, keysJson, usual } from './run-keys.ts';

const launcher = resolve(import.meta.dirname, '../../../bin/opencx-sf.js');
const passphrase = 'planted correct horse';

/** The secret numbers of a key in the forms they are written in, and the lines of its PEM. */
function secretsOf(key: KeyObject): string[] {
  const { d = '', p = '', q = '', dp = '', dq = '', qi = '' } = key.export({ format: 'jwk' });
  const numbers = [d, p, q, dp, dq, qi].map((text) => Buffer.from(text, 'base64url'));
  const written = numbers.flatMap((one) => [
    one.toString('base64url'),
    one.toString('base64'),
    one.toString('hex'),
    one.toString('latin1'),
  ]);
  const lines = key.export({ type: 'pkcs8', format: 'pem' }).toString().split('\n').slice(8, -2);
  return [...written, ...lines.filter((line) => line.length >= 16)];
}

/** Where any of the secrets stands. */
function places(texts: ReadonlyMap<string, string>, secrets: readonly string[]): string[] {
  return [...texts].filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([name]) => name);
}

test('the folder and the issuer that the configuration names are those of all key commands', async () => {
  const cwd = await temporaryFolder();
  const config = { messaging: { keysFolder: 'our-keys', issuer: 'https://opencx.example.com' } };
  await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify(config));
  const folder = join(cwd, 'our-keys');
  const made = await keysJson('generate', [], { cwd });
  expect(made).toMatchObject({ exitCode: 0, result: { folder, issuer: 'https://opencx.example.com' }, warnings: [] });
  for (const verb of ['rotate', 'show', 'check'] as const) {
    expect(await keysJson(verb, [], { cwd })).toMatchObject({ exitCode: 0, result: { folder } });
  }
  const elsewhere = await keysJson('generate', ['--out', 'other', '--issuer', 'x'], { cwd });
  expect(elsewhere.result).toMatchObject({ folder: join(cwd, 'other'), issuer: 'x' });
});

describe('messaging keys generate', () => {
  test('says of each file what it is for, and what is open', async () => {
    const cwd = await temporaryFolder();
    const run = await keys('generate', [], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(
      /^✓ opencx-\d{8}-[0-9a-f]{8}: RSA, 2048 bits, RS256, certificate until \d{4}-\d\d-\d\d\n/,
    );
    expect(run.stdout).toMatch(/private-key\.pem +OpenCX, field Auth Private Key: paste the whole file/);
    expect(run.stdout).toMatch(/public-key\.pem +OpenCX, field Auth Public Key/);
    expect(run.stdout).toMatch(/opencx-\d{8}-[0-9a-f]{8} +OpenCX, field Auth Key ID/);
    expect(run.stdout).toMatch(/jwk\.json +Salesforce, Setup → Enhanced Chat User Verification → New Key/);
    expect(run.stderr).toMatch(/^Warning The issuer is open/);
    const { mode } = await stat(join(cwd, usual, 'private-key.pem'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('takes what it is asked for', async () => {
    const cwd = await temporaryFolder();
    const asked = ['--bits', '3072', '--kid', 'acme-1', '--days', '30', '--issuer', 'opencx', '--out', 'keys'];
    const { result, warnings } = await keysJson('generate', asked, { cwd });
    expect(result).toMatchObject({
      folder: join(cwd, 'keys'),
      kid: 'acme-1',
      bits: 3072,
      issuer: 'opencx',
      encrypted: false,
    });
    expect(result.certificate.daysLeft).toBeGreaterThanOrEqual(29);
    expect(warnings).toEqual([expect.stringContaining('whether it takes a key of 3072 is not documented')]);
    const { kid } = JSON.parse(await readFile(join(cwd, 'keys', 'jwk.json'), 'utf8')) as { kid: string };
    expect(kid).toBe('acme-1');
  });

  test('refuses to replace a key, unless told to rotate', async () => {
    const cwd = await temporaryFolder();
    await keys('generate', [], { cwd });
    const before = await filesIn(cwd);
    const refused = await keysJson('generate', [], { cwd });
    expect(refused).toMatchObject({ exitCode: 2, error: { code: 'OUTPUT_REFUSED' } });
    expect(await filesIn(cwd)).toEqual(before);
    const rotated = await keysJson('generate', ['--rotate'], { cwd });
    expect(rotated.result.replaced.folder).toContain(join(usual, 'old'));
    expect([...(await filesIn(cwd)).values()]).toContain(before.get(join(cwd, usual, 'private-key.pem')));
  });

  test.each([
    ['a key id with a slash', ['--kid', '../x'], 'USAGE'],
    ['too few days', ['--days', '10'], 'USAGE'],
    ['days that are no number', ['--days', 'many'], 'USAGE'],
    ['another size', ['--bits', '1024'], 'USAGE'],
    ['an issuer with blanks around', ['--issuer', ' opencx'], 'USAGE'],
    ['two places for the passphrase', ['--passphrase-stdin', '--passphrase-file', 'x'], 'USAGE'],
    ['a file of a passphrase that is not there', ['--passphrase-file', 'none'], 'MISSING_INPUT'],
    ['no passphrase on stdin', ['--passphrase-stdin'], 'MISSING_INPUT'],
  ])('refuses %s, and writes nothing', async (_what, args, code) => {
    const cwd = await temporaryFolder();
    expect(await keysJson('generate', args, { cwd })).toMatchObject({ exitCode: 2, error: { code } });
    expect((await filesIn(cwd)).size).toBe(0);
  });

  test('refuses a short passphrase, and a folder that is a file', async () => {
    const cwd = await temporaryFolder();
    const short = await keysJson('generate', ['--passphrase-stdin'], { cwd, stdin: 'horse\n' });
    expect(short).toMatchObject({ exitCode: 2, error: { code: 'USAGE' } });
    await writeFile(join(cwd, 'file'), '');
    const file = await keysJson('generate', ['--out', 'file/keys'], { cwd });
    expect(file).toMatchObject({ exitCode: 2, error: { code: 'OUTPUT_REFUSED' } });
    expect([...(await filesIn(cwd)).keys()]).toEqual([join(cwd, 'file')]);
  });
});

describe('an encrypted key', () => {
  test.each<[string, string[], Partial<CliOptions>]>([
    ['stdin', ['--passphrase-stdin'], { stdin: `${passphrase}\n` }],
    ['a file', ['--passphrase-file', 'secret'], {}],
    ['the environment', [], { env: { OPENCX_SF_PRIVATE_KEY_PASSPHRASE: passphrase } }],
  ])('has its passphrase from %s', async (_what, args, options) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'secret'), `${passphrase}\n`);
    const made = await keysJson('generate', [...args, '--out', 'keys'], { cwd, ...options });
    expect(made.result.encrypted).toBe(true);
    expect(made.warnings).toContainEqual(expect.stringContaining('openssl pkey -in private-key.pem'));
    const pem = await readFile(join(cwd, 'keys', 'private-key.pem'), 'utf8');
    expect(createPrivateKey({ key: pem, passphrase }).asymmetricKeyType).toBe('rsa');
    expect(await keysJson('check', [...args, '--out', 'keys'], { cwd, ...options })).toMatchObject({ exitCode: 0 });
    const { result } = await keysJson('show', ['--out', 'keys'], { cwd });
    expect(result.keys).toMatchObject([{ state: 'current', encrypted: true }]);
  });

  test('cannot be checked without it, and is not followed by one in the open', async () => {
    const cwd = await temporaryFolder();
    await keys('generate', ['--passphrase-stdin'], { cwd, stdin: passphrase });
    const unread = await keysJson('check', [], { cwd });
    expect(unread).toMatchObject({ exitCode: 1, error: { code: 'KEYS_UNFIT' } });
    expect(unread.result.findings).toContainEqual({
      check: 'private-key',
      status: 'fail',
      summary: 'private-key.pem is encrypted, and no passphrase was given.',
      remedy: expect.stringContaining('--passphrase-file'),
    });
    const wrong = await keysJson('check', ['--passphrase-stdin'], { cwd, stdin: 'some other horse' });
    expect(wrong.result.findings).toContainEqual(
      expect.objectContaining({ summary: expect.stringContaining('passphrase is wrong') }),
    );
    expect(await keysJson('rotate', [], { cwd })).toMatchObject({ exitCode: 2, error: { code: 'MISSING_INPUT' } });
    expect(await keysJson('rotate', ['--passphrase-stdin'], { cwd, stdin: passphrase })).toMatchObject({ exitCode: 0 });
  });
});

describe('messaging keys show and check', () => {
  test('tell the same key, and nothing where there is none', async () => {
    const cwd = await temporaryFolder();
    const none = await keys('show', [], { cwd });
    expect(none).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('holds no keys') });
    expect(await keysJson('check', [], { cwd })).toMatchObject({ exitCode: 2, error: { code: 'KEYS_MISSING' } });
    const { result } = await keysJson('generate', [], { cwd });
    const shown = await keysJson('show', [], { cwd });
    const { kid, fingerprint, bits, certificate } = result;
    expect(shown.result.keys).toMatchObject([
      { kid, fingerprint, bits, certificate: { fingerprint: certificate.fingerprint } },
    ]);
    const checked = await keys('check', ['--auth-key-id', kid], { cwd });
    expect(checked).toMatchObject({ exitCode: 0, stderr: '' });
    expect(checked.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('✓'))).toEqual([]);
  });

  test('a PKCS#1 key with Windows line ends and open permissions is written as OpenCX asks for it', async () => {
    const cwd = await temporaryFolder();
    await keys('generate', [], { cwd });
    const path = join(cwd, usual, 'private-key.pem');
    const good = await readFile(path, 'utf8');
    const pkcs1 = createPrivateKey(good).export({ type: 'pkcs1', format: 'pem' }).toString();
    await writeFile(path, pkcs1.replaceAll('\n', '\r\n'));
    await chmod(path, 0o644);
    const found = await keys('check', [], { cwd });
    expect(found.exitCode).toBe(1);
    expect(found.stdout).toContain(
      '✗ private-key.pem has Windows line ends (CR LF); is PKCS#1 (BEGIN RSA PRIVATE KEY)',
    );
    expect(found.stdout).toContain('✗ private-key.pem can be read by others (mode 644)');
    const fixed = await keysJson('check', ['--fix'], { cwd });
    expect(fixed).toMatchObject({ exitCode: 0, result: { fixed: [path] } });
    expect(await readFile(path, 'utf8')).toBe(good);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('metadata that carries another key is seen before it is deployed, and written anew', async () => {
    const cwd = await temporaryFolder();
    await keys('generate', ['--kid', 'acme', '--issuer', 'opencx'], { cwd });
    await keys('generate', ['--kid', 'acme', '--out', 'other'], { cwd });
    const component = join('metadata', 'PublicKeyCertificate', 'acme.PublicKeyCertificate-meta.xml');
    const good = await readFile(join(cwd, usual, component), 'utf8');
    await writeFile(join(cwd, usual, component), await readFile(join(cwd, 'other', component)));
    const found = await keys('check', [], { cwd });
    expect(found.exitCode).toBe(1);
    expect(found.stdout).toContain(`✗ ${component} holds another JWK than that of the key acme.`);
    const fixed = await keysJson('check', ['--fix'], { cwd });
    expect(fixed).toMatchObject({ exitCode: 0, result: { fixed: [join(cwd, usual, component)] } });
    expect(await readFile(join(cwd, usual, component), 'utf8')).toBe(good);
  });

  test('what failed is the last thing on the screen, below what was found', async () => {
    const cwd = await temporaryFolder();
    await keys('generate', [], { cwd });
    await chmod(join(cwd, usual, 'private-key.pem'), 0o644);
    const command = [process.execPath, launcher, 'messaging', 'keys', 'check'];
    const session = await startInPty(command, { cwd, env: { HOME: cwd }, columns: 120, rows: 40 });
    expect(await session.ended()).toMatchObject({ exitCode: 1, sane: true });
    const screen = session.screen();
    expect(screen.indexOf('KEYS_UNFIT')).toBeGreaterThan(screen.indexOf('can be read by others'));
  });

  test('files that were made elsewhere are compared by name', async () => {
    const cwd = await temporaryFolder();
    const [mine, other] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey) as [
      KeyObject,
      KeyObject,
    ];
    await writeFile(join(cwd, 'server.key'), mine.export({ type: 'pkcs8', format: 'pem' }));
    await writeFile(join(cwd, 'mine.pem'), createPublicKey(mine).export({ type: 'spki', format: 'pem' }));
    await writeFile(join(cwd, 'other.pem'), createPublicKey(other).export({ type: 'spki', format: 'pem' }));
    const pair = (file: string) => ['--auth-private-key', 'server.key', '--auth-public-key', file];
    expect(await keysJson('check', pair('mine.pem'), { cwd })).toMatchObject({ exitCode: 0, result: { folder: null } });
    const mixed = await keys('check', pair('other.pem'), { cwd });
    expect(mixed).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('KEYS_UNFIT') });
    expect(mixed.stdout).toContain('✗ These are 2 different keys: server.key | other.pem.');
    const swapped = await keys('check', ['--auth-private-key', 'mine.pem'], { cwd });
    expect(swapped.stdout).toContain('✗ mine.pem is a public key; here the private key is needed.');
    const absent = await keysJson('check', ['--jwk', 'none.json'], { cwd });
    expect(absent).toMatchObject({ exitCode: 2, error: { code: 'MISSING_INPUT' } });
  });
});

test('private keys and passphrases stand nowhere but in their files', async () => {
  const cwd = await temporaryFolder();
  const temporary = join(cwd, 'tmp');
  await mkdir(temporary);
  const env = { TMPDIR: temporary };
  const plain = join(cwd, usual);
  const runs = [
    await keys('generate', ['--debug'], { cwd, env }),
    await keys('generate', ['--debug'], { cwd, env }),
    await keys('show', ['--json', '--debug'], { cwd, env }),
    await keys('check', ['--json', '--debug'], { cwd, env }),
    await keys('rotate', ['--json', '--debug', '--issuer', 'opencx'], { cwd, env }),
    await keys('generate', ['--out', 'hidden', '--passphrase-stdin', '--debug'], { cwd, env, stdin: passphrase }),
    await keys('check', ['--out', 'hidden', '--passphrase-stdin', '--debug'], { cwd, env, stdin: passphrase }),
    await keys('check', ['--auth-public-key', join(plain, 'private-key.pem'), '--debug'], { cwd, env }),
    await keys('check', ['--jwk', join(plain, 'private-key.pem'), '--debug', '--json'], { cwd, env }),
  ];
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 2, 0, 0, 0, 0, 0, 1, 1]);

  const files = await filesIn(cwd);
  const privateFiles = [...files.keys()].filter((path) => path.endsWith('private-key.pem')).sort();
  expect(privateFiles).toHaveLength(3);
  const texts = new Map([...files, ...runs.map((run, index) => [`run ${index}`, run.stdout + run.stderr] as const)]);
  const found = privateFiles.map((path) => {
    const key = createPrivateKey({ key: files.get(path) ?? '', passphrase });
    return places(texts, secretsOf(key));
  });
  // The encrypted one stands in the open nowhere at all.
  expect(found).toEqual(privateFiles.map((path) => (path.includes('hidden') ? [] : [path])));
  expect(places(texts, [passphrase])).toEqual([]);
  const modes = await Promise.all(privateFiles.map(async (path) => (await stat(path)).mode & 0o777));
  expect(modes).toEqual([0o600, 0o600, 0o600]);
});

import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { cli, temporaryFolder } from '../cli.ts';
import { filesBelow, huntFor } from './key-material.ts';
import { representative } from './messaging-desk.ts';
import { streaming } from '../ndjson.ts';

const issuer = 'https://opencx.example.com';
const privateKeyFile = join('.opencx-sf', 'messaging-keys', 'private-key.pem');
/** Any token of the three-part form. */
const jwt = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/;

test('the hunt finds a key in every form that is hunted', async () => {
  const cwd = await temporaryFolder();
  await cli(['messaging', 'keys', 'generate', '--issuer', issuer], { cwd });
  const pem = await readFile(join(cwd, privateKeyFile), 'utf8');
  const { foundIn } = huntFor(pem);
  expect(foundIn(Buffer.from(pem))).not.toEqual([]);
  expect(foundIn(Buffer.from(JSON.stringify({ key: `x${pem}` })))).not.toEqual([]);
  expect(foundIn(Buffer.from(pem.replaceAll(/-----[^-]+-----|\n/g, ''), 'base64'))).not.toEqual([]);
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\n/g, ''), 'base64');
  expect(foundIn(Buffer.from(der.toString('hex')))).not.toEqual([]);
  expect(foundIn(Buffer.from(der.toString('base64url')))).not.toEqual([]);
  expect(foundIn(Buffer.from(await readFile(join(cwd, '.opencx-sf', 'messaging-keys', 'jwk.json'))))).toEqual([]);
});

test('after a whole life of Live Messaging the private key is in its file and nowhere else', async () => {
  const cwd = await temporaryFolder();
  // What any library leaves behind ends in here too.
  const tmp = join(cwd, 'tmp');
  await mkdir(tmp);
  const env = { OPENCX_SF_ISSUER: issuer, TMPDIR: tmp };
  await writeFile(join(cwd, 'session.json'), JSON.stringify([{ role: 'contact', text: 'I want my money back.' }]));
  const outputs: string[] = [];
  const run = async (...args: string[]) => {
    const { stdout, stderr, exitCode } = await cli(args, { cwd, env });
    outputs.push(stdout, stderr);
    return { stdout, stderr, exitCode };
  };

  const org = streaming(['org', 'start', '--json'], { cwd, env });
  const { url } = await org.result(({ event }) => event === 'started');
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_local${path}`, {
      method,
      headers: { 'x-local-org-control': 'test', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    outputs.push(text);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };

  await run('messaging', 'keys', 'generate');
  const pem = await readFile(join(cwd, privateKeyFile), 'utf8');
  await run('messaging', 'keys', 'show', '--json');
  await run('messaging', 'keys', 'check', '--json', '--debug');
  // A key where none belongs.
  await run('messaging', 'keys', 'check', '--auth-public-key', privateKeyFile, '--debug');
  const registered = await run('messaging', 'register', '--target-org', 'local', '--create-deployment', '--yes');
  expect(registered.exitCode, registered.stdout + registered.stderr).toBe(0);
  await run('messaging', 'register', '--print');
  await run('messaging', 'settings', '--target-org', 'local', '--json');
  await run('messaging', 'token', '--target-org', 'local', '--json', '--debug');
  await run(
    'messaging',
    'token',
    '--target-org',
    'local',
    '--issuer',
    'https://other.example.com',
    '--json',
    '--debug',
  );
  await run('verify', 'messaging', '--target-org', 'local', '--yes', '--json', '--debug');

  await control('POST', '/messaging/agents', { username: 'rep@example.com', name: 'Rita Rep' });
  const chat = streaming(['messaging', 'chat', '--target-org', 'local', '--json', '--debug'], { cwd, env });
  chat.write('{"text":"Hello"}\n');
  const rep = representative(control);
  await rep.reply(await rep.accept(), 'Hello, I am Rita.');
  await chat.result(({ event, text }) => event === 'message' && text === 'Hello, I am Rita.');
  // Killed in the middle: nothing is tidied up.
  chat.signal('SIGKILL');
  const killed = await chat.end;
  const handoff = await run(
    'messaging',
    'handoff',
    '--transcript',
    'session.json',
    '--target-org',
    'local',
    '--no-wait',
    '--json',
    '--debug',
  );
  expect(handoff.exitCode, handoff.stderr).toBe(0);
  await control('GET', '/requests');
  await control('GET', '/messaging/conversations');
  org.signal('SIGINT');
  const served = await org.end;
  outputs.push(
    ...[...chat.documents, ...org.documents].map((one) => JSON.stringify(one)),
    killed.stderr,
    served.stderr,
  );

  const { foundIn } = huntFor(pem);
  expect(foundIn(Buffer.from(pem))).not.toEqual([]);
  const spilt = (await filesBelow(cwd)).flatMap(({ path, bytes }) => {
    const forms = foundIn(bytes);
    return forms.length === 0 ? [] : [path];
  });
  expect(spilt).toEqual([privateKeyFile]);
  expect((await stat(join(cwd, privateKeyFile))).mode & 0o777).toBe(0o600);
  const said = outputs.join('\n');
  expect(foundIn(Buffer.from(said))).toEqual([]);
  expect(jwt.exec(said)?.[0]).toBeUndefined();
  const names = (await filesBelow(cwd)).map(({ path }) => path);
  expect(names.filter((path) => /(?:^|\/)core(?:\.\d+)?$|\.heapsnapshot$|report\..*\.json$/.test(path))).toEqual([]);
}, 120_000);

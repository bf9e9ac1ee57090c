import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

/** A PostgreSQL server of its own, in a folder of its own, on loopback. */
export interface PostgresServer {
  readonly port: number;
  readonly password: string;
  /** Path of its certificate, which has issued itself; of one that speaks TLS. */
  readonly certificate: string;
  /** Makes a database. @param options of `CREATE DATABASE` @returns its URL, with user and password */
  newDatabase(options?: string): Promise<string>;
  /** Asks one statement as the superuser. @param database absent: the first one */
  ask(text: string, database?: string): Promise<Record<string, unknown>[]>;
  start(): Promise<void>;
  /** `SIGINT` ends it at once and in order, `SIGQUIT` as a crash would. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Ends it, and removes its folder. */
  remove(): Promise<void>;
}

export interface PostgresOptions {
  readonly tls?: boolean;
}

/** Where Debian, Red Hat and Homebrew put the programs of a server, besides PATH. */
const versionFolders = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt'];

/** @returns the folder with `initdb` and `postgres`; undefined if this machine has none */
export function postgresPrograms(): string | undefined {
  const ofVersions = versionFolders.flatMap((folder) => {
    const versions = namesIn(folder).sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
    return versions.map((version) => join(folder, version, 'bin'));
  });
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  return [...ofVersions, ...onPath].find((folder) =>
    ['initdb', 'postgres'].every((name) => isProgram(join(folder, name))),
  );
}

const certificateFile = 'certificate.pem';

/** Without waiting for the disk: what a server has committed outlives its processes, killed or not, as long as the machine runs. */
const quick = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/** @param options `tls`: it speaks TLS too @throws Error if this machine has none, or it does not start */
export async function startPostgres({ tls = false }: PostgresOptions = {}): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error('this machine has no PostgreSQL server');
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'opencx-postgres-'));
  const password = randomBytes(12).toString('hex');
  writeFileSync(join(folder, 'password'), password, { mode: 0o600 });
  const settings = tls ? [...quick, ...speakTls(folder)] : quick;
  if (user !== undefined) {
    for (const path of [folder, ...namesIn(folder).map((name) => join(folder, name))])
      chownSync(path, user.uid, user.gid);
  }
  const data = join(folder, 'data');
  execFileSync(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'tester',
      '-A',
      'scram-sha-256',
      `--pwfile=${join(folder, 'password')}`,
      '-E',
      'UTF8',
      '--no-sync',
    ],
    { ...user, cwd: folder, stdio: 'pipe', env: { ...process.env, LC_ALL: 'C' } },
  );
  const port = await freePort();
  let child: ChildProcess | undefined;
  let complaints = '';
  let databases = 0;

  async function ask(text: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: urlOf(database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  function urlOf(database: string): string {
    return `postgresql://tester:${password}@127.0.0.1:${port}/${database}`;
  }

  async function start(): Promise<void> {
    const args = [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      folder,
      '-h',
      '127.0.0.1',
      '-c',
      'max_connections=200',
      ...settings,
    ];
    const started = spawn(join(programs ?? '', 'postgres'), args, {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    started.stderr.setEncoding('utf8').on('data', (said: string) => {
      complaints = (complaints + said).slice(-4_000);
    });
    child = started;
    // It would outlive a run that ends without clearing up.
    process.once('exit', () => started.kill('SIGQUIT'));
    for (;;) {
      if (started.exitCode !== null) throw new Error(`PostgreSQL did not start: ${complaints}`);
      try {
        await ask('SELECT 1');
        return;
      } catch (error) {
        // Not yet: it does not listen, or is still putting itself in order.
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code !== 'ECONNREFUSED' && code !== '57P03') throw error;
        await delay(30);
      }
    }
  }

  async function stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    port,
    password,
    certificate: join(folder, certificateFile),
    async newDatabase(options = '') {
      databases += 1;
      const name = `test_${databases}`;
      await ask(`CREATE DATABASE ${name} ${options}`);
      return urlOf(name);
    },
    ask,
    start,
    stop,
    async remove() {
      // What it holds goes with it: nothing is to be put in order first.
      await stop('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a certificate and its key in the folder. @returns the settings that use them */
function speakTls(folder: string): string[] {
  const [cert, key] = [join(folder, certificateFile), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  ];
  execFileSync('openssl', request, { stdio: 'pipe' });
  chmodSync(key, 0o600);
  return ['-c', 'ssl=on', '-c', `ssl_cert_file=${cert}`, '-c', `ssl_key_file=${key}`];
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody']
    .map((name) => users.find(([user]) => user === name))
    .find((line) => line !== undefined);
  const [uid, gid] = [Number(found?.[2]), Number(found?.[3])];
  if (!Number.isInteger(uid) || !Number.isInteger(gid))
    throw new Error('there is no user that PostgreSQL could run as');
  return { uid, gid };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there on this system.
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

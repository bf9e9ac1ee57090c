import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { startScreen, type Screen } from './screen.ts';

export interface PtyOptions {
  cwd: string;
  /** Added to a small clean environment: nothing of this machine's set-up leaks in. */
  env?: Record<string, string>;
  columns?: number;
  rows?: number;
  /** stdout goes to a file, as with `command > file`, so that the screen shows stderr alone. */
  stdoutApart?: boolean;
}

/** What a program left behind. */
export interface PtyEnd {
  exitCode: number | null;
  /** With `stdoutApart`; otherwise it is on the screen. */
  stdout: string;
  /** Line by line input and echo are on again, and the cursor is visible. */
  sane: boolean;
}

const keys = {
  enter: '\r',
  escape: '\u001B',
  tab: '\t',
  'shift-tab': '\u001B[Z',
  space: ' ',
  backspace: '\u007F',
  up: '\u001B[A',
  down: '\u001B[B',
  right: '\u001B[C',
  left: '\u001B[D',
  'page-up': '\u001B[5~',
  'page-down': '\u001B[6~',
  'ctrl-c': '\u0003',
  'ctrl-d': '\u0004',
  'ctrl-u': '\u0015',
  'ctrl-z': '\u001A',
} as const;

/** A program in a terminal of its own, and the person in front of it. */
export interface PtySession extends Pick<Screen, 'screen' | 'everything' | 'raw'> {
  /** Waits until the screen shows it. @throws Error with the screen, if it does not within the time (milliseconds) */
  waitFor(text: RegExp | string | ((screen: string) => boolean), timeoutMs?: number): Promise<void>;
  type(text: string): void;
  press(key: keyof typeof keys): void;
  signal(name: NodeJS.Signals): Promise<void>;
  ended(): Promise<PtyEnd>;
}

/**
 * Starts a command in a pseudo-terminal. Its process is the leader there, as under a shell.
 * @param command the program and its arguments; `process.execPath` for a Node script
 */
export async function startInPty(command: readonly string[], options: PtyOptions): Promise<PtySession> {
  const { columns = 80, rows = 24 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-pty-'));
  const files = { pid: join(folder, 'pid'), stdout: join(folder, 'stdout'), modes: join(folder, 'modes') };
  // stty first, because a pseudo-terminal made without a terminal has neither a size nor echo; stty last to see what was left.
  const inner = `echo $$ > ${files.pid}; exec "$@"${options.stdoutApart === true ? ` > ${files.stdout}` : ''}`;
  const outer = `stty sane cols ${columns} rows ${rows}; sh -c '${inner}' sh ${command.map(quoted).join(' ')}; code=$?; stty -a > ${files.modes}; exit $code`;
  const child = await spawnInPty(outer, options);
  const screen = startScreen(columns, rows, (reply) => child.stdin.write(reply));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      screen.write(bytes);
    });
  }
  const closed = new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      done(code);
    });
  });
  // A story that fails before the end must not be failed twice. Its program meets the end of stdin when the story's process ends.
  closed.catch(() => {});

  return {
    screen: screen.screen,
    everything: screen.everything,
    raw: screen.raw,
    async waitFor(text, timeoutMs = 20_000) {
      const shows = () => {
        const now = screen.screen();
        if (typeof text === 'function') return text(now);
        return typeof text === 'string' ? now.includes(text) : text.test(now);
      };
      const end = Date.now() + timeoutMs;
      while (!shows()) {
        if (Date.now() > end) throw new Error(`The screen does not show ${String(text)}, but:\n${screen.screen()}`);
        await sleep(10);
      }
    },
    type(text) {
      child.stdin.write(text);
    },
    press(key) {
      child.stdin.write(keys[key]);
    },
    async signal(name) {
      process.kill(Number(await readFile(files.pid, 'utf8')), name);
    },
    async ended() {
      const exitCode = await closed;
      await screen.settled();
      const modes = await readFile(files.modes, 'utf8');
      const stdout = options.stdoutApart === true ? await readFile(files.stdout, 'utf8') : '';
      await rm(folder, { recursive: true, force: true });
      return { exitCode, stdout, sane: /\sicanon\b/.test(modes) && /\secho\b/.test(modes) && screen.cursorVisible() };
    },
  };
}

async function spawnInPty(line: string, options: PtyOptions): Promise<ChildProcessWithoutNullStreams> {
  const { PATH = '/usr/bin:/bin' } = process.env;
  const env = { PATH, HOME: options.cwd, LANG: 'C.UTF-8', TERM: 'xterm-256color', SHELL: '/bin/sh', ...options.env };
  const [program, ...args] = await pseudoTerminal();
  return spawn(program, [...args, line], { cwd: options.cwd, env, stdio: 'pipe' });
}

// util-linux's script is on every Debian; Python's pty module stands in elsewhere (the script of macOS takes other flags).
async function pseudoTerminal(): Promise<[string, ...string[]]> {
  const run = promisify(execFile);
  const version = await run('script', ['--version']).catch(() => undefined);
  if (version?.stdout.includes('util-linux') === true) return ['script', '-qfe', '/dev/null', '-c'];
  const python = await run('python3', ['-c', 'import pty']).catch(() => undefined);
  if (python === undefined)
    throw new Error('Tests in a terminal need `script` of util-linux, or python3; neither is here.');
  const spawned = "import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(['sh','-c',sys.argv[1]])))";
  return ['python3', '-c', spawned];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

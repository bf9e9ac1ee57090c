import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('./store-process.ts', import.meta.url));

export interface StoreChild {
  readonly process: ChildProcess;
  /** Resolves once it has said `word`. @throws Error if it ends before */
  says(word: string): Promise<void>;
  /** Waits for its end. @returns all that it said, by words */
  ended(): Promise<string[][]>;
}

/**
 * Starts `store-process.ts`.
 * @param limitKb no file may become larger, by `ulimit -f`: what a full disk is to a program
 */
export function startChild(args: readonly string[], limitKb?: number): StoreChild {
  // dash and bash count in blocks of 512 and of 1,024 bytes; POSIX mode makes it 512 in both.
  const child =
    limitKb === undefined
      ? spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
      : spawn('sh', ['-c', `ulimit -f ${limitKb * 2}; exec "$0" "$@"`, process.execPath, program, ...args], {
          stdio: ['pipe', 'pipe', 'pipe'],
        });
  let said = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  return {
    process: child,
    async says(word) {
      while (!said.split('\n').some((line) => line.startsWith(word))) {
        const ended = await Promise.race([once(child.stdout, 'data').then(() => false), closed.then(() => true)]);
        if (ended) throw new Error(`it ended before it said ${word}: ${complaints}`);
      }
    },
    async ended() {
      await closed;
      const killed = child.signalCode === 'SIGKILL';
      if (!killed && child.exitCode !== 0) throw new Error(`exit code ${child.exitCode}: ${complaints}`);
      // What is not ended by a line break was cut off.
      return said
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' '));
    },
  };
}

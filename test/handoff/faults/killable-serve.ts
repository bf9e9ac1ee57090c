import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

import { startCli, type Envelope } from '../../e2e/cli.ts';

/** How one `serve` is started. */
export interface ServeStart {
  /** Its tokens are kept there from run to run. */
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

/** The real binary, which may be killed at any moment. */
export interface KillableServe {
  /** Resolves once it listens, or was killed. @throws Error if it ends by itself before */
  readonly ready: Promise<void>;
  /** Where webhooks are posted to; undefined if it does not listen. */
  webhookUrl(): string | undefined;
  /** Deliveries in the store that are not done. @throws Error if it does not listen */
  waiting(): Promise<number>;
  /** `kill -9`; resolves once it is gone. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does. @returns its last line @throws Error if that was no regular end */
  stop(): Promise<Record<string, unknown>>;
}

export function startKillable({ cwd, args, env = {} }: ServeStart): KillableServe {
  const child = startCli(['serve', '--port', '0', '--json', ...args], { cwd, env });
  let complaints = '';
  let lastLine = '';
  let webhookUrl: string | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  // The last line of one that was killed may be cut off, so only those that are needed are read.
  const lines = createInterface({ input: child.stdout }).on('line', (line) => {
    lastLine = line;
  });
  const closed = once(child, 'close');
  child.on('close', () => {
    webhookUrl = undefined;
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });

  async function listens(): Promise<void> {
    const started = once(lines, 'line').then(() => true);
    if (await Promise.race([started, closed.then(() => false)])) {
      const url = (await readFile(join(cwd, '.opencx-sf/serve/webhook-url'), 'utf8')).trim();
      if (child.exitCode === null && child.signalCode === null) webhookUrl = url;
    } else if (child.signalCode !== 'SIGKILL') {
      throw new Error(`serve ended with ${child.exitCode}: ${complaints}${lastLine}`);
    }
  }

  return {
    ready: listens(),
    webhookUrl: () => webhookUrl,
    async waiting() {
      const metrics = await fetch(new URL('/metrics', webhookUrl)).then((response) => response.text());
      const counts = [...metrics.matchAll(/^opencx_sf_deliveries\{state="(?:pending|delivering)"\} (\d+)$/gm)];
      if (counts.length !== 2) throw new Error(`the deliveries that wait are not told: ${metrics}`);
      return counts.reduce((sum, [, count]) => sum + Number(count), 0);
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    async stop() {
      child.kill('SIGINT');
      await closed;
      if (child.exitCode !== 0) throw new Error(`serve ended with ${child.exitCode}: ${complaints}`);
      return (JSON.parse(lastLine) as Envelope).result as Record<string, unknown>;
    },
  };
}

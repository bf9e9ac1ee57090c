import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, onTestFinished } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { serveResultSchema } from '../../../src/commands/serve/result-schema.ts';
import { cli, type CliRun } from '../cli.ts';
import { streaming, type Streaming } from '../ndjson.ts';

/** The real binary that serves in a folder, at a free port. */
export interface ServeProcess extends Streaming {
  readonly cwd: string;
  readonly webhookUrl: string;
  /** First line of `--json`. */
  readonly started: Record<string, unknown>;
  /** `events …` in the same folder. */
  events(...args: string[]): Promise<CliRun>;
  /** Posts as Salesforce does. @param headers beside the content type */
  post(body: string | Uint8Array, headers?: Record<string, string>): Promise<Response>;
  /** A request to `/v1` with its token. */
  api(method: string, path: string, body?: unknown): Promise<Response>;
  /** Ends it as Ctrl-C does. @returns the last line */
  stop(): Promise<Record<string, unknown>>;
}

/** Target of what serve does with a webhook itself: its session. */
export const ownPlace = 'serve:session';

const lines = envelopeSchema(serveResultSchema);

export async function startServe(cwd: string, ...args: string[]): Promise<ServeProcess> {
  return await startServeWith({ cwd }, ...args);
}

/** @param options `stdin` is written and ended */
export async function startServeWith(
  { stdin, ...options }: { cwd: string; env?: Record<string, string>; stdin?: string },
  ...args: string[]
): Promise<ServeProcess> {
  const { cwd } = options;
  const running = streaming(['serve', '--port', '0', '--json', ...args], options);
  if (stdin !== undefined) {
    running.write(stdin);
    running.finish();
  }
  onTestFinished(async () => {
    running.signal('SIGINT');
    await running.end;
  });
  const started = await running.result(({ event }) => event === 'started');
  const webhookUrl = (await readFile(join(cwd, '.opencx-sf/serve/webhook-url'), 'utf8')).trim();
  return {
    ...running,
    cwd,
    webhookUrl,
    started,
    events: (...rest) => cli(['events', ...rest], options),
    post: (body, headers) =>
      fetch(webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
        body: Buffer.from(body),
      }),
    api: async (method, path, body) => {
      const { url, tokenFile } = (started as { api: { url: string; tokenFile: string } }).api;
      const authorization = `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}`;
      return await fetch(`${url}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    stop: async () => {
      running.signal('SIGINT');
      const end = await running.end;
      expect(end).toMatchObject({ exitCode: 0, stderr: '' });
      for (const document of running.documents) expect(lines.safeParse(document).error?.issues ?? []).toEqual([]);
      return running.documents.at(-1)?.result;
    },
  };
}

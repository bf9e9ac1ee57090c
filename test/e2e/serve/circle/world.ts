import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'vitest';

import type { SessionEvent } from '../../../../src/handoff/session/session-event.ts';
import type { OutboxMail } from '../../../../src/local-org/mail/outbox/outbox.ts';
import { openFarSide } from '../../../handoff/far-side.ts';
import { rawMail } from '../../../local-org/mail/mail-org.ts';
import { cli, temporaryFolder } from '../../cli.ts';
import { representative, soon, type Representative } from '../../messaging/messaging-desk.ts';
import { userOf, type OrgUser } from '../../story/org-user.ts';
import { startServe, type ServeProcess } from '../serve-process.ts';

export const local = ['--target-org', 'local'] as const;

/** What one machine holds: an org that was set up, a `serve` connected to it, and OpenCX's side of both. */
export interface World {
  readonly cwd: string;
  readonly serve: ServeProcess;
  /** The administrator, who is a person to our Apex. */
  readonly admin: OrgUser;
  readonly rep: Representative;
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Puts a mail of the customer where Email-to-Case finds it. */
  readonly mailIn: (mail: string) => Promise<{ outcome: string; caseId: string; emailMessageId: string }>;
  /** Mail that has left the org. */
  readonly outbox: () => Promise<OutboxMail[]>;
  /** A request to `/v1` with its token. */
  readonly api: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ status: number; body: Record<string, unknown> }>;
  /** The first callback of a name, from the beginning, that nobody has waited for yet. */
  readonly told: (event: SessionEvent['event']) => Promise<SessionEvent>;
  /** All callbacks so far. */
  readonly callbacks: () => SessionEvent[];
}

const environment = { OPENCX_SF_ISSUER: 'https://opencx.example.com' };

/** Sets up an org by `init` and starts `serve` on it, with a callback. @param channels `messaging` makes Live Messaging too */
export async function openWorld(channels: 'email' | 'messaging', ...flags: string[]): Promise<World> {
  const cwd = await temporaryFolder();
  const run = async (...args: string[]): Promise<void> => {
    const done = await cli(args, { cwd, env: environment });
    expect(done.exitCode, `${args.join(' ')}\n${done.stdout}${done.stderr}`).toBe(0);
  };
  // The two that the page leaves for later: without them nobody hears that a Case was closed, or that a mail came back.
  const config = { blueprint: { options: { caseClosed: true, bounce: true } } };
  await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify(config));
  await run('init', ...local, '--yes', '--no-tests');
  if (channels === 'messaging') {
    await run('messaging', 'keys', 'generate');
    await run('messaging', 'register', ...local, '--create-deployment', '--yes');
  }
  const callback = await openFarSide();
  const serve = await startServe(cwd, ...local, '--callback-url', callback.url, ...flags);
  const { url, accessToken } = JSON.parse(await readFile(join(cwd, '.opencx-sf/local-org/running.json'), 'utf8')) as {
    url: string;
    accessToken: string;
  };
  const started = serve.started as { api: { url: string; tokenFile: string } };
  const token = (await readFile(started.api.tokenFile, 'utf8')).trim();
  const callbacks = (): SessionEvent[] => callback.calls.map(({ body }) => JSON.parse(body.toString()) as SessionEvent);
  const seen = new Set<number>();
  const control: World['control'] = async (method, path, body) => {
    const isText = typeof body === 'string';
    const response = await fetch(`${url}/_local${path}`, {
      method,
      headers: {
        'x-local-org-control': 'test',
        'content-type': isText ? 'message/rfc822' : 'application/json',
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
    return response.status === 204 ? undefined : await response.json();
  };
  // The person who follows the link that Salesforce mails to the address.
  const { routingAddresses } = (await control('GET', '/mail/routing-addresses')) as {
    routingAddresses: { id: string }[];
  };
  for (const { id } of routingAddresses) await control('PATCH', `/mail/routing-addresses/${id}`, { isVerified: true });
  return {
    cwd,
    serve,
    admin: await userOf(url, accessToken),
    rep: representative(control),
    control,
    mailIn: async (mail) => (await control('POST', '/mail/receive', mail)) as Awaited<ReturnType<World['mailIn']>>,
    outbox: async () => {
      const { mail } = (await control('GET', '/mail')) as { mail: { id: string }[] };
      return await Promise.all(mail.map(async ({ id }) => (await control('GET', `/mail/${id}`)) as OutboxMail));
    },
    api: async (method, path, body) => {
      const response = await fetch(`${started.api.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    told: (event) =>
      soon(async () => {
        const all = callbacks();
        const nth = all.findIndex((told, index) => told.event === event && !seen.has(index));
        if (nth === -1) return undefined;
        seen.add(nth);
        return all[nth];
      }).catch((error: unknown) => {
        const came = callbacks().map((told) => `${told.event} ${told.state}`);
        throw new Error(`${event} was not told; what was: ${came.join(', ')}`, { cause: error });
      }),
    callbacks,
  };
}

/** A mail program's answer to a mail: the text quoted, the headers of the thread. */
export function answerTo(mail: OutboxMail, body: string): string {
  const quoted = (mail.text ?? '').split('\n').map((line) => `> ${line}`);
  return rawMail({
    to: mail.replyTo ?? '',
    subject: `Re: ${mail.subject}`,
    body: [body, '', ...quoted].join('\r\n'),
    headers: [`In-Reply-To: ${mail.messageId}`, `References: ${mail.references ?? ''} ${mail.messageId}`],
  });
}

export function newSessionId(): string {
  return randomUUID();
}

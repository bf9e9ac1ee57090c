import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import type { SessionEvent } from '../../src/handoff/session/session-event.ts';

const launcher = resolve('bin/opencx-sf.js');
const local = ['--target-org', 'local'];

/** Ids that are the same in every run. */
const handedOff = '5e5510a0-0000-4000-8000-000000000001';

/**
 * What happens in a support desk: a customer's mail is answered by OpenCX, answered by the customer and taken over by a person;
 * another session is handed off by OpenCX. One webhook finds a far side that wants it no more, and one call is refused.
 * @param cwd an empty folder; holds the org and the store of `serve` afterwards
 * @returns the session to look at
 */
export async function runSupportDay(cwd: string): Promise<{ sessionId: string }> {
  const config = { blueprint: { options: { caseClosed: true } } };
  await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify(config));
  await run(cwd, 'init', ...local, '--yes', '--no-tests');
  const far = await openFarSide();
  const forward = ['--forward-to', `${far.origin}/webhooks`, '--callback-url', `${far.origin}/callbacks`];
  const serve = spawn(process.execPath, [launcher, 'serve', ...local, '--port', '0', '--json', ...forward], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const started = await firstResult(serve.stdout);
    const token = (await readFile(started.api.tokenFile, 'utf8')).trim();
    const org = await orgOf(cwd);
    const api = (path: string, body: object) =>
      request(`${started.api.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });

    await org.verifyAddresses();
    await org.receive(rawMail('My order has not arrived', 'Two weeks ago I ordered a lamp. Where is it?'));
    const { sessionId, caseId = '' } = await far.told('session.started');
    await far.told('message.contact');
    await api(`/sessions/${sessionId}/messages`, {
      role: 'ai',
      name: 'OpenCX AI',
      text: 'Let me look that up for you.',
    });
    await far.told('message.delivered');
    await org.call('POST', 'sobjects/EmailMessage', {
      ParentId: caseId,
      Incoming: false,
      Status: '3',
      FromAddress: 'support@example.com',
      ToAddress: 'jane@customer.example',
      Subject: 'Re: My order has not arrived',
      TextBody: 'Hello Jane, it is on its way and will be there tomorrow.',
    });
    await far.told('message.agent');
    await org.call('PATCH', `sobjects/Case/${caseId}`, { Status: 'Closed' });
    await far.told('session.resolved');

    await api('/handoffs', {
      sessionId: handedOff,
      channel: 'email',
      contact: { name: 'Ada Lovelace', email: 'ada@customer.example' },
      subject: 'An engine that does not turn',
      summary: 'The customer asks for a mechanic. She has tried the manual.',
      transcript: [{ role: 'contact', text: 'It does not turn.' }],
    });
    const held = await far.told('session.handoff_completed');
    const me = await org.me();
    await org.call('PATCH', `sobjects/Case/${held.caseId}`, { OwnerId: me, Status: 'Working' });
    const webhookUrl = (await readFile(join(cwd, '.opencx-sf/serve/webhook-url'), 'utf8')).trim();
    await fetch(webhookUrl, {
      method: 'POST',
      body: '{"event":"case_created"}',
      headers: { 'content-type': 'application/json' },
    });
    return { sessionId };
  } finally {
    serve.kill('SIGINT');
    await once(serve, 'exit');
    far.close();
  }
}

async function run(cwd: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [launcher, ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`opencx-sf ${args.join(' ')} ended with ${code}`);
}

interface Started {
  readonly api: { readonly url: string; readonly tokenFile: string };
}

/** What `serve` says first. All of it is read: it ends once nobody reads what it writes. */
async function firstResult(stdout: Readable): Promise<Started> {
  const lines = createInterface(stdout);
  const [line] = (await once(lines, 'line')) as [string];
  return (JSON.parse(line) as { result: Started }).result;
}

/** A server in the place of OpenCX. */
async function openFarSide() {
  const told: SessionEvent[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (incoming.url === '/callbacks') told.push(JSON.parse(body) as SessionEvent);
      const isUnwanted = incoming.url === '/webhooks' && body.includes('case_owner_changed');
      const answer = isUnwanted ? { error: 'no route for case_owner_changed' } : { received: true };
      outgoing.writeHead(isUnwanted ? 410 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
    /** Waits for an event of a session. */
    told: async (event: SessionEvent['event']): Promise<SessionEvent> => {
      for (let look = 0; look < 600; look += 1) {
        const found = told.find((one) => one.event === event);
        if (found !== undefined) return found;
        await delay(100);
      }
      throw new Error(`${event} was not told within a minute; what was: ${told.map((one) => one.event).join(', ')}`);
    },
  };
}

async function orgOf(cwd: string) {
  const running = await readFile(join(cwd, '.opencx-sf/local-org/running.json'), 'utf8');
  const { url, accessToken } = JSON.parse(running) as { url: string; accessToken: string };
  const call = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> =>
    await request(`${url}/services/data/v66.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const control = async (method: string, path: string, body?: string, type = 'application/json') =>
    await request(`${url}/_local/${path}`, {
      method,
      headers: { 'x-local-org-control': 'pictures', 'content-type': type },
      ...(body === undefined ? {} : { body }),
    });
  return {
    call,
    me: async () => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return String((await request(`${url}/services/oauth2/userinfo`, { headers }))['user_id']);
    },
    /** What a person does by the link in a mail. */
    verifyAddresses: async () => {
      const { routingAddresses } = await control('GET', 'mail/routing-addresses');
      for (const { id } of routingAddresses as { id: string }[]) {
        await control('PATCH', `mail/routing-addresses/${id}`, JSON.stringify({ isVerified: true }));
      }
    },
    /** Puts a mail where Email-to-Case finds it. @throws Error if nothing comes of it */
    receive: async (raw: string) => {
      const received = await control('POST', 'mail/receive', raw, 'message/rfc822');
      if (received['outcome'] === 'ignored') throw new Error(`the mail was ignored: ${JSON.stringify(received)}`);
    },
  };
}

async function request(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function rawMail(subject: string, body: string): string {
  return [
    'From: Jane Doe <jane@customer.example>',
    'To: support@example.com',
    `Subject: ${subject}`,
    'Message-ID: <order-1@customer.example>',
    'Date: Thu, 15 Jan 2026 09:30:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
  ].join('\r\n');
}

// Those who take part in the demonstration beside the product itself: OpenCX, which hears and answers over HTTP; the customer, who
// writes mail; and the representative in Salesforce. None of them knows more than its own side.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What is told of a session, as the callback gets it. */
export interface Told {
  readonly event: string;
  readonly sessionId: string;
  readonly state: string;
  readonly caseId?: string;
  readonly conversationId?: string;
  readonly message?: { readonly id: string; readonly text: string };
}

export interface OpenCx {
  readonly callbackUrl: string;
  /** The next event of a name that nobody has waited for. @throws Error after 30 seconds */
  hears(event: string): Promise<Told>;
  close(): void;
}

/** OpenCX's backend, as far as `serve` sees it: a URL that events are posted to. */
export async function openOpenCx(): Promise<OpenCx> {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      told.push(JSON.parse(text) as Told);
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    callbackUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/opencx`,
    hears: (event) =>
      soon(`OpenCX hears ${event}`, async () => {
        const index = told.findIndex((one) => one.event === event);
        return index === -1 ? undefined : told.splice(index, 1)[0];
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** JSON over HTTP. @throws Error with what was answered if it is no success */
export async function call<T>(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: string | object,
): Promise<T> {
  const type = typeof body === 'string' ? 'message/rfc822' : 'application/json';
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname} was answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Looks again until something is there. @throws Error after 30 seconds */
export async function soon<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`this has not happened within 30 seconds: ${what}`);
    await delay(50);
  }
}

/** A mail as it comes in from outside. */
export function mail(subject: string, text: string, headers: readonly string[] = []): string {
  return [
    'From: Jane Doe <jane@customer.test>',
    'To: support@example.com',
    `Subject: ${subject}`,
    `Message-ID: <${Math.random().toString(36).slice(2)}@customer.test>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...headers,
    '',
    text,
    '',
  ].join('\r\n');
}

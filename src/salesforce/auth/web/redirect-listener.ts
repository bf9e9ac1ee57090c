import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { OpencxError } from '../../../errors/opencx-error.ts';
import { renderLoginPage, type LoginPage } from './login-page.ts';

/** What the browser brought back from Salesforce, the state already checked. */
export type Redirect = { code: string } | { error: string; description: string };

export interface RedirectListener {
  /** `http://localhost:<port>/OauthRedirect`; a callback URL of the app must be the same to the letter. */
  redirectUri: string;
  /** The first redirect that carries the right state. Others are answered and waited past: anybody on this machine can send one. */
  redirect: Promise<Redirect>;
  /** Answers the browser that brought the redirect. */
  answer(page: LoginPage): Promise<void>;
  close(): Promise<void>;
}

const path = '/OauthRedirect';

/**
 * Listens on the loopback for the browser's return.
 * @param port 0 takes a free one
 * @throws OpencxError AUTH_FAILED when the port is taken or may not be used
 */
export async function listenForRedirect(port: number, state: string): Promise<RedirectListener> {
  let browser: ServerResponse | undefined;
  const { promise: redirect, resolve } = Promise.withResolvers<Redirect>();
  const server = createServer((request, response) => {
    const received = readRedirect(request, localPort(server), state);
    if ('page' in received) {
      send(response, received.page);
      return;
    }
    if (browser !== undefined) {
      send(response, { status: 400, title: 'Already received', text: 'This login was already answered.' });
      return;
    }
    browser = response;
    resolve(received.redirect);
  });
  await listen(server, port);
  return {
    redirectUri: `http://localhost:${localPort(server)}${path}`,
    redirect,
    answer: async (page) => {
      if (browser === undefined || browser.writableEnded || browser.destroyed) return;
      const finished = Promise.race([once(browser, 'finish'), once(browser, 'close')]);
      send(browser, page);
      await finished;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function readRedirect(
  request: IncomingMessage,
  port: number,
  state: string,
): { redirect: Redirect } | { page: LoginPage } {
  const host = request.headers.host ?? '';
  const url = URL.canParse(request.url ?? '', 'http://localhost')
    ? new URL(request.url ?? '', 'http://localhost')
    : undefined;
  // A foreign host name that resolves to 127.0.0.1 is a page that tries to talk to programs of this machine.
  const isOurs = host === `localhost:${port}` || host === `127.0.0.1:${port}`;
  if (!isOurs || url?.pathname !== path) return { page: { status: 404, title: 'Not found', text: 'Nothing is here.' } };
  if (request.method !== 'GET') {
    return { page: { status: 405, title: 'Not allowed', text: 'Only a browser redirect is expected here.' } };
  }
  const code = url.searchParams.get('code');
  const error = url.searchParams.get('error');
  if (url.searchParams.get('state') !== state || (code === null && error === null)) {
    return {
      page: {
        status: 400,
        title: 'Not this login',
        text: 'The answer does not belong to the login that opencx-sf is waiting for. Use the newest link it shows.',
      },
    };
  }
  if (error !== null) {
    return { redirect: { error, description: url.searchParams.get('error_description') ?? '' } };
  }
  return { redirect: { code: code ?? '' } };
}

function send(response: ServerResponse, page: LoginPage): void {
  response.writeHead(page.status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(renderLoginPage(page));
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OpencxError('AUTH_FAILED', {
      message: `The web login cannot listen on 127.0.0.1:${port}: ${code === 'EADDRINUSE' ? 'the port is in use (EADDRINUSE)' : code}.`,
      details: { port, code },
      nextSteps: [
        'Another login may be waiting there (sf uses port 1717 too): end it, or wait.',
        'Or use another port (--oauth-port), after adding http://localhost:<port>/OauthRedirect to the callback URLs of your External Client App.',
      ],
      cause: error,
    });
  }
}

function localPort(server: Server): number {
  return (server.address() as AddressInfo).port;
}

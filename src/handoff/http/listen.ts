import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import { getRequestListener, type HttpBindings } from '@hono/node-server';

import { sleepUnlessAborted, systemClock, type Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { HttpLimits } from './http-limits.ts';

export interface ListenOptions {
  /** Undefined: 127.0.0.1 and ::1. */
  readonly host: string | undefined;
  /** 0 for a free one. */
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly limits: HttpLimits;
  readonly fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>;
}

export interface Listening {
  readonly origins: readonly string[];
  /** Takes no new connections; resolves once the requests under way are answered, or cut off after `graceMs` milliseconds. */
  close(clock: Clock, graceMs: number): Promise<void>;
}

/** Another process may have the port that was free at the first address at the second. */
const freePortTries = 20;

/** Connections that are open. */
const socketsOf = new WeakMap<Server, Set<Socket>>();

/** @throws OpencxError LISTEN_FAILED */
export async function listen(options: ListenOptions): Promise<Listening> {
  const scheme = options.tls === undefined ? 'http' : 'https';
  const servers =
    options.host === undefined
      ? await listenOnLoopback(options)
      : [await listenAt(options, options.host, options.port)];
  return {
    origins: servers.map((server) => `${scheme}://${hostOf(server, options.host)}:${portOf(server)}`),
    close: async (clock, graceMs) => {
      await Promise.all(servers.map((server) => closeServer(server, clock, graceMs)));
    },
  };
}

/** A client that resolves `localhost` gets ::1 or 127.0.0.1, so both answer. */
async function listenOnLoopback(options: ListenOptions): Promise<Server[]> {
  for (let tries = 1; ; tries += 1) {
    const first = await listenAt(options, '127.0.0.1', options.port);
    try {
      return [first, await listenAt(options, '::1', portOf(first))];
    } catch (error) {
      const code = codeOf(error);
      // This machine has no IPv6.
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return [first];
      await closeServer(first, systemClock, 0);
      if (code !== 'EADDRINUSE' || options.port !== 0 || tries >= freePortTries) throw error;
    }
  }
}

async function listenAt(options: ListenOptions, host: string, port: number): Promise<Server> {
  const server = createHttpServer(options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(listenFailed(host, port, cause));
    });
    server.listen({ host, port }, resolve);
  });
  server.removeAllListeners('error');
  return server;
}

function createHttpServer({ tls, limits, fetch }: ListenOptions): Server {
  const settings: ServerOptions = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    // Node looks for late requests every 30 seconds otherwise.
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
    // Longer than Salesforce is likely to leave a connection unused: whoever closes first makes the other one's request fail.
    keepAliveTimeout: 65_000,
    maxHeaderSize: limits.maxHeaderBytes,
    requireHostHeader: true,
  };
  const listener = getRequestListener((request, env) => fetch(request, env as HttpBindings), {
    overrideGlobalObjects: false,
    // Bodies are read from Node's own request, byte for byte.
    autoCleanupIncoming: false,
  });
  const onRequest = (incoming: IncomingMessage, outgoing: Parameters<typeof listener>[1]): void => {
    // A connection that is left without a request while the server is being closed would keep it open.
    outgoing.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    void listener(incoming, outgoing);
  };
  const server = tls === undefined ? createServer(settings, onRequest) : tlsServer({ ...settings, ...tls }, onRequest);
  server.maxConnections = limits.maxConnections;
  // Otherwise Node leaves fields out without a word; too many are refused.
  server.maxHeadersCount = 0;
  server.on('clientError', answerBrokenRequest);
  const sockets = new Set<Socket>();
  socketsOf.set(server, sockets);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return server;
}

function tlsServer(...made: Parameters<typeof createTlsServer>): Server {
  try {
    return createTlsServer(...made);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OpencxError('LISTEN_FAILED', {
      message: `The certificate or its key cannot be used: ${why}`,
      cause: error,
    });
  }
}

/** What breaks HTTP itself is answered and dropped. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket | NodeJS.WritableStream): void {
  if ('destroyed' in socket && socket.destroyed) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function closeServer(server: Server, clock: Clock, graceMs: number): Promise<void> {
  const closed = new AbortController();
  const closing = new Promise<void>((resolve) => {
    server.close(() => {
      closed.abort();
      resolve();
    });
  });
  server.closeIdleConnections();
  // Browsers connect ahead; Node takes a connection on which nothing was said for one with a request.
  for (const socket of socketsOf.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
  await sleepUnlessAborted(clock, graceMs, closed.signal);
  server.closeAllConnections();
  await closing;
}

function hostOf(server: Server, named: string | undefined): string {
  const host = named ?? addressOf(server).address;
  return host.includes(':') ? `[${host}]` : host;
}

function portOf(server: Server): number {
  return addressOf(server).port;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen at a port');
  return address;
}

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof OpencxError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}

function listenFailed(host: string, port: number, cause: NodeJS.ErrnoException): OpencxError {
  const taken = cause.code === 'EADDRINUSE';
  return new OpencxError('LISTEN_FAILED', {
    message: taken
      ? `Another process listens at port ${port} of ${host} already.`
      : `Nothing can listen at port ${port} of ${host}: ${cause.message}`,
    details: { host, port, ...(cause.code === undefined ? {} : { code: cause.code }) },
    nextSteps: taken ? ['Give another port with --port, or end the other process.'] : [],
    cause,
  });
}

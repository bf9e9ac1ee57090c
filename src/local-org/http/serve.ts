import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { getRequestListener } from '@hono/node-server';

import { cutOversizedBody } from './body-limit.ts';

export type FetchHandler = (request: Request, env: object) => Response | Promise<Response>;

export interface Serving {
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/**
 * Serves on 127.0.0.1 alone.
 * @param port 0 for a free one
 * @throws Error (EADDRINUSE) if the port is taken
 */
export async function serveOnLoopback(port: number, handler: FetchHandler): Promise<Serving> {
  const listener = getRequestListener((request, env) => handler(request, env), { overrideGlobalObjects: false });
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    incoming.url = requestTarget(incoming.url ?? '/');
    overrideMethod(incoming);
    cutOversizedBody(incoming);
    void listener(incoming, outgoing);
  });
  // A client that breaks HTTP itself is answered and dropped; it must not become an error of the process.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * The official CLI, logged in by access token, asks for `//services/…`: leading slashes are one here, as in Salesforce.
 * (`sf org login access-token` stores the URL with its slash and appends the path.) A slash at the path's end is dropped:
 * `…/query/?q=…` is `…/query?q=…`.
 */
function requestTarget(target: string): string {
  const single = target.startsWith('//') ? target.replace(/^\/+/, '/') : target;
  return single.replace(/(?<=[^/?])\/+(?=\?|$)/, '');
}

/** `POST …?_HTTP_METHOD=PATCH` stands for PATCH, for clients that cannot send it (REST API guide). */
function overrideMethod(incoming: IncomingMessage): void {
  if (incoming.method !== 'POST') return;
  const method = /[?&]_HTTP_METHOD=(PATCH|DELETE|PUT)(?:&|$)/i.exec(incoming.url ?? '')?.[1];
  if (method !== undefined) incoming.method = method.toUpperCase();
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

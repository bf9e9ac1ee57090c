import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** One request as it went over the wire. */
export interface TappedRequest {
  method: string;
  path: string;
  /** SOAP operation (`readMetadata`), where it is one. */
  operation: string | undefined;
}

export interface WireTap {
  url: string;
  requests: TappedRequest[];
  /** Called as the request of this number arrives, or once the org has answered it and nobody knows yet. */
  hook: { at: number; when: 'asked' | 'answered'; call: () => void } | undefined;
  /** A page of HTML that is answered in the org's place, with status 200, as a proxy does that wants a login. */
  page: string | undefined;
  /** Those that may have changed something. */
  writes(): string[];
}

/** Stands between client and org, passes everything on and notes what it was. */
export async function wireTap(target: string): Promise<WireTap> {
  const requests: TappedRequest[] = [];
  const tap: WireTap = {
    url: '',
    requests,
    hook: undefined,
    page: undefined,
    writes: () => requests.filter(isWrite).map(({ method, path, operation }) => `${method} ${path} ${operation ?? ''}`),
  };
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const { method = '', url = '', headers } = incoming;
      const operation = url.includes('/services/Soap/')
        ? /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body.toString('utf8'))?.[1]
        : undefined;
      const number = requests.push({ method, path: url, operation });
      const hooked = (when: 'asked' | 'answered'): boolean => {
        const { hook } = tap;
        if (hook?.at !== number || hook.when !== when) return false;
        hook.call();
        return true;
      };
      if (hooked('asked')) {
        // Of a request that has come whole, destroying it leaves its connection open.
        incoming.socket.destroy();
        return;
      }
      if (tap.page !== undefined) {
        outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(tap.page);
        return;
      }
      const forwarded = send(
        `${target}${url}`,
        { method, headers: { ...headers, host: new URL(target).host } },
        (answer) => {
          if (hooked('answered')) {
            answer.resume();
            outgoing.destroy();
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forwarded.on('error', () => outgoing.destroy());
      forwarded.end(body);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  tap.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return tap;
}

/** Reads are GETs, SOAP operations that read, and batches, which hold nothing but queries here. */
function isWrite({ method, path, operation }: TappedRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  if (operation !== undefined) return !/^(?:read|list|describe|check)/.test(operation);
  return !path.endsWith('/composite/batch');
}

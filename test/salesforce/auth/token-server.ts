import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One request as the server received it. */
export interface ReceivedRequest {
  method: string;
  /** The request target as sent: absolute when the server is used as a proxy. */
  target: string;
  contentType: string | undefined;
  form: URLSearchParams;
}

/** What the server answers; a string body is sent as it is, an object as JSON. `drop` cuts the connection. */
export type Reply =
  | { status: number; body: string | object; headers?: Record<string, string> }
  | { drop: true }
  | { hang: true };

export interface TokenServer {
  /** `http://127.0.0.1:<port>` */
  url: string;
  requests: ReceivedRequest[];
  close: () => Promise<void>;
}

/** A real HTTP server in the place of an org's token endpoint. `reply` sees each request and its number, from 1. */
export async function startTokenServer(
  reply: (request: ReceivedRequest, count: number, url: string) => Reply | Promise<Reply>,
): Promise<TokenServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const received: ReceivedRequest = {
        method: request.method ?? '',
        target: request.url ?? '',
        contentType: request.headers['content-type'],
        form: new URLSearchParams(await bodyOf(request)),
      };
      requests.push(received);
      const answer = await reply(received, requests.length, url);
      if ('hang' in answer) return;
      if ('drop' in answer) {
        request.socket.destroy();
        return;
      }
      const json = typeof answer.body !== 'string';
      response.writeHead(answer.status, {
        'content-type': json ? 'application/json;charset=UTF-8' : 'text/html',
        ...answer.headers,
      });
      response.end(json ? JSON.stringify(answer.body) : answer.body);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

export const orgId18 = '00D5g00000Ab1CdEAJ';

/** A token answer as Salesforce words it. */
export function granted(url: string, accessToken: string, more: Record<string, string> = {}): Reply {
  const body = {
    access_token: accessToken,
    instance_url: url,
    id: `https://login.salesforce.com/id/${orgId18}/0055g00000XyZabAAF`,
    token_type: 'Bearer',
    issued_at: '1795181303000',
    signature: 'c2lnbmF0dXJl',
    ...more,
  };
  return { status: 200, body };
}

/** A refusal as Salesforce words it. */
export function refused(error: string, description: string, status = 400): Reply {
  return { status, body: { error, error_description: description } };
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

export interface ScrtRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  /** The body, if it is JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** `drop` breaks the connection before anything is done, `lose` after. */
export type ScrtReply =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | { readonly drop: true }
  | { readonly lose: true }
  | { readonly hang: true };

export interface WireEntry {
  readonly identifier: string;
  readonly entryType: string;
  readonly transcriptedTimestamp: number;
  readonly entryPayload: object;
  readonly sender: { readonly role: string; readonly subject?: string };
  readonly senderDisplayName?: string;
}

/** A host that behaves as the Enhanced Chat API does until a test says otherwise. It knows one conversation. */
export interface ScriptedScrt {
  readonly url: string;
  readonly requests: readonly ScrtRequest[];
  /** Requests of one kind, e.g. `POST /iamessage/api/v2/conversation`. */
  received(methodAndPath: string | RegExp): readonly ScrtRequest[];
  /** Answers otherwise; undefined leaves a request to the host. */
  otherwise(reply: (request: ScrtRequest) => ScrtReply | undefined | Promise<ScrtReply | undefined>): void;
  /** What the conversation holds, in its order. */
  readonly entries: WireEntry[];
  /** Adds an entry, and sends it to the open streams. */
  add(entry: WireEntry): void;
  /** Writes to the open streams. */
  write(text: string | Uint8Array): void;
  /** Breaks the open streams. */
  cut(): void;
  readonly openStreams: () => number;
  /** Seconds that the next tokens hold. */
  lifetime: number;
  conversationId: string | undefined;
}

const v2 = '/iamessage/api/v2';
export const subjectOfJane = 'v2/iamessage/AUTH/OpenCX_Keyset/uid:jane';

/** An entry as the host keeps it. */
export function messageEntry(identifier: string, at: number, text: string, role = 'Agent'): WireEntry {
  return {
    identifier,
    entryType: 'Message',
    transcriptedTimestamp: at,
    entryPayload: {
      abstractMessage: {
        id: identifier,
        messageType: 'StaticContentMessage',
        staticContent: { formatType: 'Text', text },
      },
    },
    sender: { role },
    senderDisplayName: role === 'Agent' ? 'Rita Rep' : 'Jane',
  };
}

/** An event as it goes over the wire. */
export function eventText(
  conversationId: string,
  entry: WireEntry,
  id?: number | string,
  name = 'CONVERSATION_MESSAGE',
): string {
  const conversationEntry = { ...entry, entryPayload: JSON.stringify(entry.entryPayload) };
  const data = JSON.stringify({ channelType: 'embedded_messaging', conversationId, conversationEntry });
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;
}

export function accessToken(subject: string, lifetime: number, orgId = '00D5g00000Ab1Cd'): string {
  const iat = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ iat, exp: iat + lifetime, orgId, sub: subject, jti: Math.random() })}.c2lnbmVk`;
}

export async function startScrt(): Promise<ScriptedScrt> {
  const requests: ScrtRequest[] = [];
  const streams = new Set<ServerResponse>();
  const entries: WireEntry[] = [];
  let reply: Parameters<ScriptedScrt['otherwise']>[0] = () => undefined;
  let anonymous = 0;

  const usual = (request: ScrtRequest, response: ServerResponse): ScrtReply | undefined => {
    const { method, path, body, query } = request;
    if (path.endsWith('/access-token') && method === 'POST') {
      const verified = path.includes('/authenticated/');
      const subject = verified ? subjectOfJane : `v2/iamessage/ANON/${(anonymous += 1)}`;
      const configuration = {
        embeddedServiceConfig: {
          name: 'OpenCX',
          deploymentType: 'api',
          embeddedServiceMessagingChannel: { authMode: verified ? 'Auth' : 'UnAuth' },
        },
      };
      const context = { endUser: { subject }, configuration };
      return { status: 200, body: { accessToken: accessToken(subject, scrt.lifetime), lastEventId: '0', context } };
    }
    if (method === 'DELETE' && path.endsWith('/access-token')) return { status: 204 };
    if (path === '/eventrouter/v1/sse') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      streams.add(response);
      response.once('close', () => streams.delete(response));
      return undefined;
    }
    if (method === 'POST' && path === `${v2}/conversation`) {
      if (scrt.conversationId !== undefined) return { status: 409, body: { error: 'CONFLICT', message: 'It exists.' } };
      scrt.conversationId = String(body['conversationId']);
      return { status: 201 };
    }
    if (path === `${v2}/conversation/list`) {
      const conversations = scrt.conversationId === undefined ? [] : [{ conversationId: scrt.conversationId }];
      return { status: 200, body: { openConversationsFound: conversations.length, conversations } };
    }
    if (!path.startsWith(`${v2}/conversation/${scrt.conversationId ?? '-'}`)) {
      return { status: 404, body: { error: 'NOT_FOUND', message: 'There is no such conversation.' } };
    }
    if (path.endsWith('/entries')) {
      const from = Number(query.get('startTimestamp') ?? 0);
      const page = entries.filter(({ transcriptedTimestamp: at }) => at >= from);
      return { status: 200, body: { conversationEntries: page.slice(0, Number(query.get('limit'))) } };
    }
    if (path.endsWith('/message')) {
      const message = body['message'] as { id: string; staticContent: { text: string } };
      scrt.add(messageEntry(message.id, Date.now(), message.staticContent.text, 'EndUser'));
      return { status: 202, body: { conversationEntries: [{ id: message.id, clientTimestamp: Date.now() }] } };
    }
    return { status: 200, body: {} };
  };

  const server = createServer((request, response) => {
    void (async () => {
      const received = await receive(request);
      requests.push(received);
      const wanted = await reply(received);
      if (wanted !== undefined && 'hang' in wanted) return;
      if (wanted !== undefined && 'drop' in wanted) return void request.socket.destroy();
      const answer = wanted === undefined || 'lose' in wanted ? usual(received, response) : wanted;
      if (wanted !== undefined && 'lose' in wanted) return void request.socket.destroy();
      if (answer === undefined || !('status' in answer)) return;
      const json = typeof answer.body !== 'string';
      response.writeHead(answer.status, {
        'content-type': json ? 'application/json' : 'text/plain',
        ...answer.headers,
      });
      response.end(answer.body === undefined ? '' : json ? JSON.stringify(answer.body) : answer.body);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  const scrt: ScriptedScrt = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    received: (meant) =>
      requests.filter(({ method, path }) => {
        const one = `${method} ${path}`;
        return typeof meant === 'string' ? one === meant : meant.test(one);
      }),
    otherwise: (next) => {
      reply = next;
    },
    entries,
    add: (entry) => {
      entries.push(entry);
      scrt.write(eventText(scrt.conversationId ?? '', entry, entries.length));
    },
    write: (text) => {
      for (const stream of streams) stream.write(text);
    },
    cut: () => {
      for (const stream of streams) stream.destroy();
    },
    openStreams: () => streams.size,
    lifetime: 3600,
    conversationId: undefined,
  };
  return scrt;
}

async function receive(request: IncomingMessage): Promise<ScrtRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const json = request.headers['content-type'] === 'application/json';
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    headers: request.headers,
    bytes,
    body: json ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {},
  };
}

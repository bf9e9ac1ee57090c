import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

export interface ReceivedCall {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** `drop` breaks the connection without an answer, `hang` never answers. */
export type FarAnswer =
  | { readonly status: number; readonly body?: string | Buffer; readonly headers?: Record<string, string> }
  | { readonly drop: true }
  | { readonly hang: true };

/** A server in OpenCX's place. */
export interface FarSide {
  readonly url: string;
  readonly port: number;
  readonly calls: readonly ReceivedCall[];
  /** How calls are answered from now on; 200 at first. May wait. */
  answer(how: (call: ReceivedCall, nth: number) => FarAnswer | Promise<FarAnswer>): void;
  /** Stops listening; its port can be taken again by {@link openFarSide}. */
  close(): Promise<void>;
}

/**
 * Ports below those that a system gives to whoever asks for any (32768 on Linux, 49152 elsewhere): one that is closed is free for
 * who opens it again, whatever else listens meanwhile.
 */
const [firstPort, ports] = [20_000, 10_000];

async function listen(server: Server, wanted: number | undefined): Promise<void> {
  for (;;) {
    const port = wanted ?? randomInt(firstPort, firstPort + ports);
    try {
      await once(server.listen(port, '127.0.0.1'), 'listening');
      return;
    } catch (error) {
      if (wanted !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

/** @param port absent: one that is free */
export async function openFarSide(port?: number): Promise<FarSide> {
  const calls: ReceivedCall[] = [];
  let how: Parameters<FarSide['answer']>[0] = () => ({ status: 200 });
  const server = createServer((incoming, outgoing) => {
    void take(incoming, outgoing);
  });

  async function take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers, rawHeaders } = incoming;
    const call = { at: Date.now(), method, path: url, headers, rawHeaders, body: Buffer.concat(chunks) };
    calls.push(call);
    const answer = await how(call, calls.length);
    if ('drop' in answer) incoming.socket.destroy();
    if ('status' in answer) outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  await listen(server, port);
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  onTestFinished(close);
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${taken}/hook`,
    port: taken,
    calls,
    answer: (next) => {
      how = next;
    },
    close,
  };
}

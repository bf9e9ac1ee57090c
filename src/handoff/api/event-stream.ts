import type { ServerResponse } from 'node:http';

import { sleepUnlessAborted } from '../../clock.ts';
import type { ApiPorts } from './api-ports.ts';
import type { ToldItem } from './schema/told-event.ts';
import { readTold, type ToldWish } from './told-events.ts';

/** Another process that shares the store says nothing to this one: it is looked after so often. */
const pollMs = 1000;
/** After so long something is said all the same, so that a connection that is gone is noticed. */
const heartbeatMs = 15_000;
const chunkEvents = 100;

/**
 * Server-sent events: what was told after a sequence, then what is told, each once and in order, until the reader goes or the
 * server ends. The store is read when the reader has room: a slow one falls behind, and takes no memory.
 * @param outgoing tells when the reader is gone, also before the stream has begun
 */
export function eventStream(
  { store, health, clock, news, signal }: ApiPorts,
  wish: Omit<ToldWish, 'limit'>,
  outgoing: Pick<ServerResponse, 'once'>,
): Response {
  const left = new AbortController();
  outgoing.once('close', () => left.abort());
  const over = AbortSignal.any([left.signal, signal]);
  const encoder = new TextEncoder();
  let { after } = wish;
  let saidAt = clock.now();

  async function nextText(): Promise<string | undefined> {
    while (!over.aborted) {
      const heard = new AbortController();
      const wake = (): void => heard.abort();
      // Before the store is read: what is told in between is heard.
      const leave = news(wake);
      over.addEventListener('abort', wake);
      try {
        const page = await health.tried('read', () => readTold(store, { ...wish, after, limit: chunkEvents }));
        after = page?.after ?? after;
        if (page !== undefined && page.events.length > 0) return page.events.map(eventText).join('');
        if (page?.more === true) continue;
        if (clock.now() - saidAt >= heartbeatMs) return ': nothing new\n\n';
        await sleepUnlessAborted(clock, pollMs, heard.signal);
      } finally {
        leave();
        over.removeEventListener('abort', wake);
      }
    }
    return undefined;
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(': open\n\n'));
      },
      async pull(controller) {
        const text = await nextText();
        saidAt = clock.now();
        if (left.signal.aborted) return;
        if (text === undefined) controller.close();
        else controller.enqueue(encoder.encode(text));
      },
      cancel() {
        left.abort();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
}

function eventText({ sequence, data }: ToldItem): string {
  return `id: ${sequence}\nevent: ${data.event}\ndata: ${JSON.stringify(data)}\n\n`;
}

import type { ServerResponse } from 'node:http';

import type { ServeNews } from './serve-news.ts';

/**
 * Server-sent events, one for each change, until the reader goes or the server ends. They say only what has changed: the page asks
 * for it, so that a slow one is never behind.
 * @param outgoing tells when the reader is gone, also before the stream has begun
 * @returns undefined if too many read already
 */
export function liveStream(news: ServeNews, outgoing: Pick<ServerResponse, 'once'>): Response | undefined {
  const follower = news.follow();
  if (follower === undefined) return undefined;
  let isLeft = false;
  outgoing.once('close', () => {
    isLeft = true;
    follower.leave();
  });
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(': open\n\n'));
    },
    async pull(controller) {
      const change = await follower.next();
      if (isLeft) return;
      if (change === undefined) controller.close();
      else controller.enqueue(encoder.encode(`data: ${JSON.stringify(change)}\n\n`));
    },
  });
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
}

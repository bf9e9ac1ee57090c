import type { Context } from 'hono';

import type { LocalOrgEnv } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { hubOf } from '../stream/stream-hub.ts';
import type { Listener } from '../stream/stream-hub.ts';
import { entryView } from './agent-view.ts';

/** All entries of all conversations as they come about (`text/event-stream`), typing and places in queues included. */
export function liveEvents(c: Context<LocalOrgEnv>, org: OrgState): Response {
  const { listeners } = hubOf(org);
  const encoder = new TextEncoder();
  let listener: Listener | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      // Something to read at once: the answer's head is sent with it.
      controller.enqueue(encoder.encode(': open\n\n'));
      listener = ({ id }, entry) => {
        const data = JSON.stringify({ conversationId: id, entry: entryView(entry) });
        controller.enqueue(encoder.encode(`id: ${entry.serial}\nevent: entry\ndata: ${data}\n\n`));
      };
      listeners.add(listener);
    },
    cancel() {
      if (listener !== undefined) listeners.delete(listener);
    },
  });
  return c.body(stream, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
}

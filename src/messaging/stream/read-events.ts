import { createParser } from 'eventsource-parser';

import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { Reply } from '../api/request.ts';
import { withDeadline } from './deadline.ts';

/** One event of the stream, or what it says of itself. */
export type ReadEvent =
  | { readonly type: 'event'; readonly name: string; readonly data: string; readonly id: string | undefined }
  /** The server asks to wait so long before the next connection, in milliseconds. */
  | { readonly type: 'retry'; readonly ms: number };

/** No event comes near this; without a limit a line that never ends would fill the memory. */
const longestEvent = 8_000_000;

/**
 * The events of one connection, until the server ends it. An event that is cut off is no event: its id does not count either.
 * @param heartbeatMs a silence as long as this is the end: a lost connection is not always told
 * @throws OpencxError NETWORK
 */
export async function* readEvents(reply: Reply, clock: Clock, heartbeatMs: number): AsyncGenerator<ReadEvent, void> {
  if (reply.body === null) return;
  const read: ReadEvent[] = [];
  let overflow = false;
  const parser = createParser({
    onEvent: ({ event, data, id }) => read.push({ type: 'event', name: event ?? 'message', data, id }),
    onRetry: (ms) => read.push({ type: 'retry', ms }),
    // Its other errors are fields that the standard says to leave out.
    onError: ({ type }) => {
      overflow ||= type === 'max-buffer-size-exceeded';
    },
    maxBufferSize: longestEvent,
  });
  const decoder = new TextDecoder();
  const reader = reply.body.getReader();
  for (;;) {
    const chunk = await withDeadline(
      clock,
      heartbeatMs,
      nextChunk(reader),
      `nothing was heard for ${heartbeatMs / 1000} s`,
    );
    if (chunk === undefined) return;
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* read.splice(0);
    if (overflow) throw new OpencxError('NETWORK', { message: `an event is longer than ${longestEvent} characters` });
  }
}

async function nextChunk(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    const { value } = await reader.read();
    return value;
  } catch (error) {
    throw new OpencxError('NETWORK', { message: 'the connection broke', cause: error });
  }
}

import type { Clock } from '../../clock.ts';
import { pause } from '../api/attempts.ts';
import type { MessagingApi } from '../api/messaging-api.ts';
import { withDeadline } from './deadline.ts';
import { readEvents, type ReadEvent } from './read-events.ts';
import type { Connect, StreamPace } from './stream-events.ts';

/**
 * Connects to the event stream of a token (`/eventrouter/v1/sse`). Whether the org sends again what was missed is not confirmed,
 * sources differ; so what fills the gap runs once the stream is open, and before anything is read of it.
 * @param fillGap if it fails, so has the connection
 */
export function streamConnection(
  api: MessagingApi,
  clock: Clock,
  pace: StreamPace,
  fillGap: () => Promise<void>,
): Connect {
  return async ({ token, facts }, lastEventId, signal) => {
    // The org compares X-Org-Id with the token, so the token's own form of it is sent.
    const opening = api.openStream(token, facts.orgId, lastEventId ?? facts.lastEventId, signal);
    const reply = await withDeadline(clock, pace.connectMs, opening, `no answer for ${pace.connectMs / 1000} s`);
    await fillGap();
    return readEvents(reply, clock, pace.heartbeatMs);
  };
}

/**
 * In the place of a stream, where something between swallows it: asks for what is new every `pollMs` milliseconds. Typing,
 * receipts and places in the queue are not seen that way.
 */
export function pollingConnection(clock: Clock, pollMs: number, fillGap: () => Promise<void>): Connect {
  return async (_access, _lastEventId, signal) => {
    await fillGap();
    return poll(signal);
  };

  async function* poll(signal: AbortSignal): AsyncGenerator<ReadEvent, void> {
    for (;;) {
      await pause(clock, pollMs, signal);
      await fillGap();
      yield { type: 'event', name: 'ping', data: '', id: undefined };
    }
  }
}

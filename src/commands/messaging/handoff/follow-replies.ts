import { sleepUnlessAborted, type Clock } from '../../../clock.ts';
import type { ConversationEvent, TranscriptEntry } from '../../../messaging/conversation/conversation-event.ts';
import type { Conversation } from '../../../messaging/conversation/conversation.ts';
import { openBackground } from '../conversation/background.ts';
import type { HandoffEndJson } from './result-schema.ts';

export interface FollowOptions {
  readonly clock: Clock;
  /** Milliseconds; undefined follows until `leave`. */
  readonly waitMs: number | undefined;
  readonly leave: AbortSignal;
  readonly onEvent: (event: ConversationEvent) => void;
}

/** How the replies ended, and what there was to see. */
export interface Followed {
  readonly why: HandoffEndJson['why'];
  readonly replies: number;
  /** Why the org could not route the session, where no person took it all the same. */
  readonly unrouted: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Step seven: what the other side says, until the time is over, the person leaves, or the session ends. Whatever the end, the
 * conversation in the org stays: the representative goes on with it.
 * @throws OpencxError of a conversation that can be followed no longer
 */
export async function followReplies(conversation: Conversation, options: FollowOptions): Promise<Followed> {
  const { clock, waitMs, leave, onEvent } = options;
  const over = new AbortController();
  const stop = AbortSignal.any([leave, over.signal]);
  const receipts = openBackground();
  const seen = {
    replies: 0,
    unrouted: undefined as string | undefined,
    ended: undefined as Followed['why'] | undefined,
  };
  const timer = waitMs === undefined ? undefined : overAfter(clock, waitMs, over);
  const stopped = whenAborted(stop, () => conversation.dispose());
  try {
    for await (const event of conversation) {
      onEvent(event);
      if (event.type === 'message' && !event.own) {
        seen.replies++;
        if (!event.history) {
          receipts.run('A reply could not be acknowledged.', () =>
            conversation.acknowledge('Delivery', [event.entryId]),
          );
        }
      }
      if (event.type === 'routing-result') seen.unrouted = event.ok ? undefined : unroutedText(event);
      if (event.type === 'participant-joined' && event.participant.role === 'Agent') seen.unrouted = undefined;
      if (event.type === 'closed') seen.ended = 'closed';
      if (event.type === 'session-ended' && isOver(conversation.transcript())) seen.ended = 'session-ended';
      if (seen.ended !== undefined) break;
    }
    const why = seen.ended ?? (leave.aborted ? 'interrupted' : 'wait-over');
    return { why, replies: seen.replies, unrouted: seen.unrouted, warnings: await receipts.settled() };
  } finally {
    over.abort();
    await conversation.dispose();
    await Promise.all([timer, stopped]);
  }
}

/** A session that ended in a former run may have been followed by another one. */
function isOver(entries: readonly TranscriptEntry[]): boolean {
  return (
    entries.findLast(({ type }) => type === 'session-status' || type === 'session-ended')?.type === 'session-ended'
  );
}

function unroutedText(event: Extract<ConversationEvent, { type: 'routing-result' | 'transfer' }>): string {
  return [event.failureType, event.failureReason, ...event.errorMessages]
    .filter((part) => part !== undefined)
    .join(': ');
}

async function overAfter(clock: Clock, waitMs: number, over: AbortController): Promise<void> {
  await sleepUnlessAborted(clock, waitMs, over.signal);
  over.abort();
}

async function whenAborted(signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  if (!signal.aborted) {
    await new Promise<void>((done) => {
      signal.addEventListener('abort', () => done(), { once: true });
    });
  }
  await act();
}

import type { AccessKeeper } from '../access/keep-access.ts';
import { httpStatusOf } from '../api/api-error.ts';
import { withAttempts, type Attempts } from '../api/attempts.ts';
import type { MessagingApi } from '../api/messaging-api.ts';
import { pollingConnection, streamConnection } from '../stream/connect.ts';
import { streamEvents, type StreamEvent } from '../stream/stream-events.ts';
import type { ConversationPace } from './conversation.ts';
import type { ConversationEvent } from './conversation-event.ts';
import type { Incoming } from './entries/incoming.ts';
import type { Life } from './life.ts';

export interface FollowOptions {
  readonly api: MessagingApi;
  readonly access: AccessKeeper;
  readonly attempts: Attempts;
  readonly pace: ConversationPace;
  readonly transport: 'stream' | 'poll';
  readonly incoming: Incoming;
  readonly emit: (event: ConversationEvent) => void;
  readonly life: Life;
}

/** What brings in the events of a conversation, in the background. */
export interface Following {
  /** Resolves with the first connection, or when there will be none; then the life says why. */
  readonly opened: Promise<void>;
  /**
   * The conversation is there: from now on gaps are filled, and events are taken; unless it turns out to be closed.
   * @param history whether it has entries from before
   * @throws OpencxError as reading entries does
   */
  begin(history: boolean): Promise<void>;
  /** It was closed: reads what came last, tells it, and ends. @throws OpencxError as reading entries does */
  finish(closedAt: number): Promise<void>;
  /** Resolves when nothing runs any more. */
  readonly ended: Promise<void>;
}

/** Begins at once to follow the events of a token, of which those of the one conversation are told. */
export function follow(options: FollowOptions): Following {
  const { api, access, attempts, pace, incoming, emit, life } = options;
  const { clock } = attempts;
  const opened = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let hasBegun = false;
  let hasGap = false;
  let missed = 0;
  let finishing: Promise<void> | undefined;

  const fillGap = async (): Promise<void> => {
    if (hasBegun) missed = await incoming.sync();
    else hasGap = true;
  };
  const connect =
    options.transport === 'poll'
      ? pollingConnection(clock, pace.pollMs, fillGap)
      : streamConnection(api, clock, pace, fillGap);

  const take = async (event: StreamEvent): Promise<void> => {
    if (event.type === 'open') {
      opened.resolve();
      // Until the first event there is nothing that a gap could hold: the conversation is made afterwards.
      if (event.lostAt === undefined) hasGap = false;
      else emit({ type: 'connection-resumed', at: clock.now(), lostAt: event.lostAt, missed });
    } else if (event.type === 'lost') {
      emit({ type: 'connection-lost', at: event.at, reason: event.reason, retryInMs: event.retryInMs });
    } else if (event.type === 'event') {
      await begun.promise;
      await incoming.fromStream(event.name, event.data);
    }
  };
  const run = async (): Promise<void> => {
    try {
      for await (const event of streamEvents({ connect, access, clock, pace, signal: life.signal })) {
        await take(event);
        const closedAt = incoming.closedAt();
        if (closedAt !== undefined) return await finish(closedAt);
      }
    } catch (error) {
      life.fail(error);
    } finally {
      opened.resolve();
    }
  };
  const finish = async (closedAt: number): Promise<void> => {
    finishing ??= (async () => {
      incoming.closed(closedAt);
      try {
        await withAttempts(() => incoming.sync(), attempts);
      } catch (error) {
        // Whether the org still lists the entries of a closed conversation is not documented.
        if (!isRefusal(error)) throw error;
      }
      emit({ type: 'closed', at: closedAt });
      life.end();
    })();
    return finishing;
  };
  // Those who wait for the conversation to begin must not wait for ever when it has ended before.
  life.signal.addEventListener('abort', () => begun.resolve(), { once: true });

  return {
    opened: opened.promise,
    begin: async (history) => {
      // A connection may be lost while entries are read, too.
      for (let old = history; old || hasGap; old = false) {
        hasGap = false;
        await withAttempts(() => incoming.sync(old), attempts);
      }
      hasBegun = true;
      begun.resolve();
      const closedAt = incoming.closedAt();
      if (closedAt !== undefined) await finish(closedAt);
    },
    finish,
    ended: run(),
  };
}

function isRefusal(error: unknown): boolean {
  const status = httpStatusOf(error);
  return status !== undefined && status >= 400 && status < 500 && status !== 401 && status !== 429;
}

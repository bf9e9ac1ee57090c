import { onTestFinished } from 'vitest';

import { systemClock, type Clock } from '../../../src/clock.ts';
import type { Identity } from '../../../src/messaging/access/access.ts';
import { keepAccess } from '../../../src/messaging/access/keep-access.ts';
import { obtainAccess } from '../../../src/messaging/access/obtain-access.ts';
import { streamConnection } from '../../../src/messaging/stream/connect.ts';
import { defaultStreamPace, streamEvents, type StreamEvent } from '../../../src/messaging/stream/stream-events.ts';
import { apiOf, quick } from '../live-messaging.ts';
import type { ScriptedScrt, ScrtReply, ScrtRequest } from '../scripted-scrt.ts';

const jane: Identity = { kind: 'verified', sign: async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };
export const sse = 'GET /eventrouter/v1/sse';

/** A stream that is followed until the test ends. */
export interface Following {
  readonly events: StreamEvent[];
  /** Resolves with the error that ended it. */
  readonly ended: Promise<unknown>;
  until(isMeant: (events: readonly StreamEvent[]) => boolean): Promise<void>;
  readonly stop: () => void;
}

interface Options {
  readonly pace?: Partial<typeof defaultStreamPace>;
  readonly identity?: Identity;
  readonly clock?: Clock;
  readonly fillGap?: () => Promise<void>;
}

export async function followStream(scrt: ScriptedScrt, options: Options = {}): Promise<Following> {
  const { identity = jane, clock = systemClock, fillGap = async () => undefined } = options;
  const api = await apiOf(scrt.url);
  const stop = new AbortController();
  const pace = { ...defaultStreamPace, ...quick, ...options.pace };
  const access = keepAccess({
    identity,
    first: await obtainAccess(identity, { api, clock: systemClock }),
    api,
    clock,
    pace: { attempts: 3, firstPauseMs: 1, longestWaitMs: 1000 },
    signal: stop.signal,
    onRenewed: () => undefined,
    onEnding: () => undefined,
  });
  const events: StreamEvent[] = [];
  let wake = Promise.withResolvers<void>();
  const connect = streamConnection(api, clock, pace, fillGap);
  const read = async (): Promise<unknown> => {
    try {
      for await (const event of streamEvents({ connect, access, clock, pace, signal: stop.signal })) {
        events.push(event);
        wake.resolve();
        wake = Promise.withResolvers();
      }
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const ended = read();
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return {
    events,
    ended,
    stop: () => stop.abort(),
    until: async (isMeant) => {
      while (!isMeant(events)) {
        const failure = await Promise.race([wake.promise, ended]);
        if (failure !== undefined) throw failure;
      }
    },
  };
}

export const has =
  (type: StreamEvent['type'], times = 1) =>
  (events: readonly StreamEvent[]) =>
    events.filter((event) => event.type === type).length >= times;
export const dataOf = (events: readonly StreamEvent[]) =>
  events.flatMap((event) => (event.type === 'event' ? event.data : []));

/** Answers the streams one after another; the last answer stays. */
export function streamsAnswer(scrt: ScriptedScrt, ...replies: (ScrtReply | undefined)[]): void {
  let count = 0;
  scrt.otherwise(({ path }: ScrtRequest) => {
    if (path !== '/eventrouter/v1/sse') return undefined;
    count += 1;
    return replies[Math.min(count, replies.length) - 1];
  });
}

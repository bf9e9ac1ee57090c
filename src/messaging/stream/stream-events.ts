import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { Access } from '../access/access.ts';
import type { AccessKeeper } from '../access/keep-access.ts';
import { askedWaitMs, httpStatusOf } from '../api/api-error.ts';
import { pause } from '../api/attempts.ts';
import type { ReadEvent } from './read-events.ts';

/** How a stream is held. Times in milliseconds; the defaults are those of Salesforce's sample app. */
export interface StreamPace {
  /** A silence this long is a lost connection; default 90,000. */
  heartbeatMs: number;
  /** Until the first answer; default 30,000. */
  connectMs: number;
  /** Connections in a row that come to nothing before it is given up; default 60. Fewer before the first that opens: 3. */
  streamAttempts: number;
  /** Before the second connection, then times 1.5; default 1,000. The server's `retry` replaces it. */
  firstDelayMs: number;
  /** Default 30,000. */
  longestDelayMs: number;
}

export const defaultStreamPace: StreamPace = {
  heartbeatMs: 90_000,
  connectMs: 30_000,
  streamAttempts: 60,
  firstDelayMs: 1000,
  longestDelayMs: 30_000,
};

const firstConnections = 3;
const growth = 1.5;

/** What happens on a stream. Times in milliseconds since 1970. */
export type StreamEvent =
  /** `lostAt` is when the last connection was lost; undefined for the first. */
  | { readonly type: 'open'; readonly lostAt: number | undefined }
  | { readonly type: 'lost'; readonly at: number; readonly reason: string; readonly retryInMs: number }
  | { readonly type: 'event'; readonly name: string; readonly data: string }
  /** The connection lives. */
  | { readonly type: 'ping' };

/** One connection: how it is opened, and what is read of it. */
export type Connect = (
  access: Access,
  /** Undefined before the first event. */
  lastEventId: string | undefined,
  /** Ends the connection. */
  signal: AbortSignal,
) => Promise<AsyncIterable<ReadEvent>>;

export interface StreamPorts {
  readonly connect: Connect;
  readonly access: AccessKeeper;
  readonly clock: Clock;
  readonly pace: StreamPace;
  readonly signal: AbortSignal;
}

/**
 * The events of a token, connected again and again: with the id of the last event, ever later, at once after a new token.
 * @throws OpencxError of the last connection: at once for 400, 403, 404 and the like and for a second 401, else when all attempts
 *   are used up; INTERRUPTED once the signal aborts
 */
export async function* streamEvents(ports: StreamPorts): AsyncGenerator<StreamEvent, void> {
  const { access, clock, pace, signal } = ports;
  let lastEventId: string | undefined;
  let firstDelayMs = pace.firstDelayMs;
  let failures = 0;
  let opened = false;
  let lostAt: number | undefined;
  let refused: Access | undefined;

  for (;;) {
    const used = access.current();
    const connection = new AbortController();
    let failure: OpencxError;
    try {
      const events = await ports.connect(used, lastEventId, AbortSignal.any([signal, connection.signal]));
      yield { type: 'open', lostAt };
      opened = true;
      lostAt = undefined;
      refused = undefined;
      for await (const read of events) {
        if (read.type === 'retry') firstDelayMs = read.ms;
        else {
          // Only a connection that brings something is a good one: a server that accepts and hangs up is not.
          failures = 0;
          if (read.id !== undefined) lastEventId = read.id;
          yield read.name === 'ping' ? { type: 'ping' } : { type: 'event', name: read.name, data: read.data };
        }
      }
      failure = new OpencxError('NETWORK', { message: 'the server ended the stream' });
    } catch (error) {
      failure = expected(error, signal);
    } finally {
      connection.abort();
    }

    if (httpStatusOf(failure) === 401 && refused !== used) {
      try {
        refused = await access.renew(used);
        continue;
      } catch (error) {
        failure = expected(error, signal);
      }
    }
    failures += 1;
    if (isFinal(failure) || failures >= (opened ? pace.streamAttempts : firstConnections)) throw failure;
    const growing = Math.min(pace.longestDelayMs, firstDelayMs * growth ** (failures - 1)) * (0.5 + clock.random() / 2);
    const retryInMs = Math.ceil(askedWaitMs(failure) ?? growing);
    const at = clock.now();
    if (opened) lostAt ??= at;
    yield { type: 'lost', at, reason: failure.message, retryInMs };
    await pause(clock, retryInMs, signal);
  }
}

/** What a connection may fail with; a mistake of ours is not among it. */
function expected(error: unknown, signal: AbortSignal): OpencxError {
  if (signal.aborted) return new OpencxError('INTERRUPTED', { message: 'The event stream was stopped.', cause: error });
  if (error instanceof OpencxError) return error;
  throw error;
}

/** Asking again helps against the network, the server's own failures and limits; never against a refusal. */
function isFinal(failure: OpencxError): boolean {
  const status = httpStatusOf(failure);
  if (status === undefined) return failure.code !== 'NETWORK';
  return status !== 429 && status !== 408 && status < 500;
}

import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { httpStatusOf, isAnswerLost } from '../api/api-error.ts';
import { pause, withAttempts, type AttemptPace } from '../api/attempts.ts';
import type { Bearer, MessagingApi } from '../api/messaging-api.ts';
import type { Access, AccessFacts, Identity } from './access.ts';
import { obtainAccess } from './obtain-access.ts';

export interface KeepAccessOptions {
  readonly identity: Identity;
  readonly first: Access;
  readonly api: MessagingApi;
  readonly clock: Clock;
  readonly pace: AttemptPace;
  /** Ends a renewal under way. */
  readonly signal: AbortSignal;
  readonly onRenewed: (facts: AccessFacts) => void;
  /** An anonymous token that will soon end. */
  readonly onEnding: (facts: AccessFacts) => void;
}

/** The one token of one conversation. */
export interface AccessKeeper {
  current(): Access;
  /** Makes a call with the token; if the org says 401, once more with a new one. @throws as the call and {@link AccessKeeper.renew} do */
  use<T>(call: (bearer: Bearer) => Promise<T>): Promise<T>;
  /**
   * The token that replaces one the org no longer takes. Callers at the same time share one exchange.
   * @throws OpencxError MESSAGING_ACCESS_ENDED for an anonymous contact, MESSAGING_NOT_VERIFIED, and what the exchange throws
   */
  renew(used: Access): Promise<Access>;
  /** Renews before the end, or tells of an end that cannot be put off. Runs until the signal aborts. @throws as renew does */
  watch(): Promise<void>;
}

/** So much before the end a token is renewed: a tenth of its life, five minutes at most. Milliseconds. */
const margin = (lifetimeMs: number): number => Math.min(300_000, lifetimeMs / 10);
/** Looked at anew this often, as a machine that slept wakes up with another time. */
const longestSleepMs = 60_000;
const retryMs = 30_000;
/** Tokens that hold no longer than this must not be asked for without a pause. */
const shortestLifeMs = 1000;

/**
 * Keeps a conversation's token. The same `sub` gives the same subject and with it the same conversation; an anonymous exchange
 * would give another subject, for which the conversation answers 403 (third-party notes).
 */
export function keepAccess(options: KeepAccessOptions): AccessKeeper {
  const { identity, api, clock, signal } = options;
  let current = options.first;
  let renewal: Promise<Access> | undefined;

  const exchange = async (): Promise<Access> => {
    if (identity.kind === 'anonymous') throw accessEnded(current.facts);
    const next = await withAttempts(() => obtainAccess(identity, { api, clock }, signal), { ...options });
    if (next.facts.subject !== current.facts.subject) throw otherSubject(current.facts, next.facts);
    current = next;
    options.onRenewed(next.facts);
    return next;
  };
  const renew = async (used: Access): Promise<Access> => {
    if (used !== current) return current;
    renewal ??= exchange().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  return {
    current: () => current,
    renew,
    use: async (call) => {
      const used = current;
      try {
        return await call(used.token);
      } catch (error) {
        if (httpStatusOf(error) !== 401) throw error;
        return call((await renew(used)).token);
      }
    },
    watch: async () => {
      let told: Access | undefined;
      for (;;) {
        const { expiresAt, lifetimeMs = 0 } = current.facts;
        // A token that does not tell its end is renewed when the org says 401.
        const left = expiresAt === undefined ? longestSleepMs : expiresAt - margin(lifetimeMs) - clock.now();
        if (left > 0 || told === current) {
          await pause(clock, Math.min(left > 0 ? left : longestSleepMs, longestSleepMs), signal);
        } else if (identity.kind === 'anonymous') {
          told = current;
          options.onEnding(current.facts);
        } else {
          await renewOrWait(() => renew(current), clock, signal);
        }
      }
    },
  };
}

/** A network that is down just now is no reason to give up: the token still holds, and the next 401 would ask again anyway. */
async function renewOrWait(renew: () => Promise<Access>, clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    await renew();
    await pause(clock, shortestLifeMs, signal);
  } catch (error) {
    if (!isAnswerLost(error) && httpStatusOf(error) !== 429) throw error;
    await pause(clock, retryMs, signal);
  }
}

function accessEnded(facts: AccessFacts): OpencxError {
  return new OpencxError('MESSAGING_ACCESS_ENDED', {
    message: 'The token of the anonymous contact has ended, and with it the access to the conversation.',
    details: { subject: facts.subject, expiresAt: facts.expiresAt },
    nextSteps: ['Use user verification for conversations that last longer than a token.'],
  });
}

function otherSubject(before: AccessFacts, after: AccessFacts): OpencxError {
  return new OpencxError('AUTH_FAILED', {
    message: `The new token is of another subject: ${after.subject ?? '(none)'} and no longer ${before.subject ?? '(none)'}.`,
    nextSteps: ['Identity tokens of one conversation have to carry the same "sub".'],
  });
}

import type { VerificationKey } from '../blueprint/messaging/render-verification-keys.ts';
import type { Config } from '../config/config-schema.ts';
import { withBatchedQueries } from '../salesforce/batched-queries.ts';
import type { Org } from '../salesforce/org.ts';
import type { SetupWish } from '../provision/setup/wish/setup-wish.ts';
import { draw } from './drawn.ts';
import type { Reading } from './readings/reading.ts';

/** What a person has said of what is expected, beside the configuration. */
export interface Expectations {
  /** The first 12 hexadecimal digits of the SHA-256 of the webhook URL, where only that is known. */
  webhookFingerprint?: string;
}

/** Keys of Live Messaging on this machine: what is public of them. */
export interface LocalKeys {
  folder: string;
  /** Present key first; none where the folder holds none. */
  keys: readonly VerificationKey[];
  /** What the keyset beside them names; undefined where there is none. */
  issuer: string | undefined;
  /** Why they cannot be used; undefined where they can. */
  problem?: string;
}

/** Everything a check may look at. */
export interface CheckContext {
  /** Its queries travel in batches. */
  org: Org;
  /** Id of the user this session is. */
  userId: string;
  config: Config;
  /** The configuration rendered; what it leaves open are stand-ins in here, good for names alone. */
  drawn: SetupWish;
  expectations: Expectations;
  /** Undefined where Live Messaging is not wanted. */
  localKeys: LocalKeys | undefined;
  /** Host of Live Messaging where it cannot be derived from that of the org: of a local org. */
  scrtUrl: string | undefined;
  /** Hosts outside are reached by a proxy, as the environment says. */
  behindProxy: boolean;
  signal: AbortSignal | undefined;
  /** Now, in milliseconds since 1970, by the clock of this machine. */
  now: number;
  /** Takes a reading, or hands out what was read before. @throws what the reading threw */
  read: <T>(reading: Reading<T>) => Promise<T>;
}

export interface CheckContextOptions {
  expectations?: Expectations;
  localKeys?: LocalKeys;
  scrtUrl?: string;
  behindProxy?: boolean;
  signal?: AbortSignal;
}

/**
 * One look at one org. Nothing is read yet but who the session is.
 * @throws OpencxError BLUEPRINT_INVALID, and as that request does
 */
export async function openCheckContext(
  org: Org,
  config: Config,
  { expectations = {}, localKeys, scrtUrl, behindProxy = false, signal }: CheckContextOptions = {},
): Promise<CheckContext> {
  // Rendered before anything is asked: readings that need names must not wait while others are on their way already.
  const drawn = await draw(config);
  const taken = new Map<Reading<unknown>, Promise<unknown>>();
  const context: CheckContext = {
    org: withBatchedQueries(org),
    userId: await org.userId(),
    config,
    drawn,
    expectations,
    localKeys,
    scrtUrl,
    behindProxy,
    signal,
    now: org.clock.now(),
    read: async <T>(reading: Reading<T>): Promise<T> => {
      const before = taken.get(reading) as Promise<T> | undefined;
      if (before !== undefined) return await before;
      const reads = reading.read(context);
      taken.set(reading, reads);
      return await reads;
    },
  };
  return context;
}

import { OpencxError } from '../../errors/opencx-error.ts';
import { probeAuthorize, type AuthorizeProbe } from '../../salesforce/auth/probe-authorize.ts';
import type { Org } from '../../salesforce/org.ts';

export interface ActivationOptions {
  /** Consumer key. */
  key: string;
  callbackUrl: string;
  /** Where OpenCX will log in, without a trailing slash; by default the org's own URL. */
  loginUrl?: string;
  /** How long to wait, in milliseconds; 0 looks once. */
  waitMs: number;
  signal?: AbortSignal;
}

/** `unknown`: the endpoint gave no answer that tells. */
export type Activation = 'active' | 'still-activating' | 'redirect-uri-mismatch' | 'unknown';

export interface ActivationEvent {
  kind: 'still-activating';
  elapsedMs: number;
}

const pauseMs = 5000;

const outcomes: Record<AuthorizeProbe['kind'], Activation> = {
  known: 'active',
  'unknown-client': 'still-activating',
  'redirect-uri-mismatch': 'redirect-uri-mismatch',
  unclear: 'unknown',
};

/**
 * Waits until a new External Client App can be logged in by, which takes Salesforce 2 to 10 minutes: asks the authorize
 * endpoint every five seconds whether it knows the consumer key. Time is that of the org's clock.
 * @returns what the last look told
 * @throws OpencxError INTERRUPTED; the app goes on activating
 */
export async function* waitForActivation(
  org: Org,
  { key, callbackUrl, loginUrl = org.identity.instanceUrl, waitMs, signal }: ActivationOptions,
): AsyncGenerator<ActivationEvent, Activation> {
  const { clock } = org;
  const start = clock.now();
  for (;;) {
    const probe = await probeAuthorize(loginUrl, { key, callbackUrl }, signal === undefined ? {} : { signal });
    const outcome = outcomes[probe.kind];
    const elapsedMs = clock.now() - start;
    if (outcome === 'active' || outcome === 'redirect-uri-mismatch' || elapsedMs >= waitMs) return outcome;
    if (outcome === 'still-activating') yield { kind: 'still-activating', elapsedMs };
    await pause(org, Math.min(pauseMs, waitMs - elapsedMs), signal);
  }
}

async function pause({ clock }: Org, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new OpencxError('INTERRUPTED', { message: 'Stopped waiting for the app; it goes on activating.' });
  }
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { signatureHeader } from '../../blueprint/webhook-signature.ts';
import type { Clock } from '../../clock.ts';
import { oneHeader } from '../http/answer.ts';
import type { RawHeaders } from '../store/handoff-store.ts';

/** How far the clocks of the org and this machine may be apart, and how long a call may be on its way; in seconds. */
const toleranceSeconds = 300;
/** A sender that changes its secret may sign with both; more is nobody's need. */
const largestSignatures = 4;

export interface WebhookSignature {
  /** @returns why the call is not taken, for whoever set it up; undefined if its signature fits */
  problem(headers: RawHeaders, body: Uint8Array): string | undefined;
}

/**
 * Checks signatures in a time that tells nothing of what they should be.
 * @param secrets any of them may have signed: the new one and the one before, while the org is being changed
 */
export function webhookSignature(secrets: readonly string[], clock: Clock): WebhookSignature {
  return {
    problem: (headers, body) => {
      const field = oneHeader(headers, signatureHeader.toLowerCase());
      if (field === undefined) return `The call is not signed: it has no ${signatureHeader}, or several.`;
      const read = readField(field);
      if (read === undefined) return `The signature in ${signatureHeader} cannot be read.`;
      const wanted = secrets.map((secret) =>
        createHmac('sha256', secret).update(`${read.seconds}.`).update(body).digest('hex'),
      );
      // All are compared, whichever fits.
      const fitting = wanted.flatMap((one) => read.signatures.filter((given) => isSame(one, given)));
      if (fitting.length === 0)
        return 'The signature does not fit: the secret of the org is another one, or the body was changed.';
      const apartSeconds = Math.abs(clock.now() / 1000 - Number(read.seconds));
      if (apartSeconds <= toleranceSeconds) return undefined;
      return `The signature is of another time: ${Math.round(apartSeconds)} seconds apart from the clock of this machine.`;
    },
  };
}

function readField(field: string): { seconds: string; signatures: string[] } | undefined {
  const parts = field.split(',').map((part) => part.trim());
  const times = parts.flatMap((part) => /^t=(\d{1,12})$/.exec(part)?.[1] ?? []);
  // Other versions than this one may stand beside it.
  const signatures = parts.flatMap((part) => /^v1=([\da-f]{64})$/.exec(part)?.[1] ?? []);
  const [seconds] = times;
  if (seconds === undefined || times.length !== 1) return undefined;
  return signatures.length === 0 || signatures.length > largestSignatures ? undefined : { seconds, signatures };
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

import { OpencxError } from '../../errors/opencx-error.ts';
import { orgFailure } from '../../salesforce/org-errors.ts';
import type { Org } from '../../salesforce/org.ts';
import { isTransient } from '../../salesforce/retry.ts';
import {
  lookForMail,
  type ConfirmationMail,
  type Look,
  type ProviderMail,
  type WantedProvider,
} from './look-for-mail.ts';

/** A mail, and how long ago it came, in milliseconds. */
export interface AgedMail {
  mail: ConfirmationMail;
  ageMs: number;
}

/** What is seen while a mail is waited for. */
export type FindCodeEvent =
  /** There is one, which came before it was asked for. */
  | ({ kind: 'older' } & AgedMail)
  /** One has come that says nothing. */
  | { kind: 'unreadable'; mail: ProviderMail }
  | { kind: 'waiting'; leftMs: number }
  /** The org could not be asked this time. */
  | { kind: 'trouble'; message: string };

/** How the search ended. */
export type FindCodeOutcome =
  | ({ kind: 'found' } & AgedMail)
  /** Nobody waits, and there is nothing. */
  | { kind: 'none'; unreadable: ProviderMail | undefined }
  | { kind: 'wait-over'; older: AgedMail | undefined }
  | { kind: 'interrupted' };

export interface FindCodeOptions {
  provider: WantedProvider;
  /** How long to wait for a mail that is newer than the request, in milliseconds; 0 takes the newest there is. */
  waitMs: number;
  /** When the code was asked for, by this machine's clock, in milliseconds since 1970. */
  requestedAt: number;
  /** Aborted by Ctrl-C: the waiting ends; the mail comes all the same. */
  signal?: AbortSignal;
}

/** Between two looks, in milliseconds. */
const pauseMs = 5000;

/** The `Date` of an answer has seconds, and the answer takes its time: what is less than this is no wrong clock. */
const clockTolerance = 5000;

/**
 * Finds the newest mail by which a provider lets mail be forwarded to this org, or waits for one that is newer than the
 * request, looking every five seconds.
 * @throws OpencxError as the first look does; later ones sit out what passes
 */
export async function* findForwardingCode(
  org: Org,
  { provider, waitMs, requestedAt, signal }: FindCodeOptions,
): AsyncGenerator<FindCodeEvent, FindCodeOutcome> {
  const { clock } = org;
  const aged = (mail: ConfirmationMail): AgedMail => {
    return { mail, ageMs: Math.max(0, clock.now() - clockError(org) - mail.receivedAt) };
  };
  let look = await lookForMail(org, provider);
  const [older] = look.confirmations;
  if (waitMs === 0) {
    return older === undefined ? { kind: 'none', unreadable: look.unreadable[0] } : { kind: 'found', ...aged(older) };
  }
  const deadline = clock.now() + waitMs;
  const isNew = newnessOf(look, requestedAt - clockError(org));
  const firstTime = notSeenBefore();
  if (older !== undefined && !isNew(older)) yield { kind: 'older', ...aged(older) };
  for (;;) {
    const mail = look.confirmations.find(isNew);
    if (mail !== undefined) return { kind: 'found', ...aged(mail) };
    for (const unreadable of look.unreadable.filter(isNew).filter(firstTime)) {
      yield { kind: 'unreadable', mail: unreadable };
    }
    const leftMs = deadline - clock.now();
    if (leftMs <= 0) return { kind: 'wait-over', older: older === undefined ? undefined : aged(older) };
    yield { kind: 'waiting', leftMs };
    if (!(await slept(org, Math.min(pauseMs, leftMs), signal))) return { kind: 'interrupted' };
    try {
      look = await lookForMail(org, provider);
    } catch (error) {
      if (isAborted(signal)) return { kind: 'interrupted' };
      if (!passes(error)) throw error;
      yield { kind: 'trouble', message: error.message };
    }
  }
}

/** How far this machine's clock is ahead of the org's, in milliseconds: 0 unless one of them is really wrong. */
function clockError(org: Org): number {
  const ahead = org.clockAhead() ?? 0;
  return Math.abs(ahead) > clockTolerance ? ahead : 0;
}

/** A mail is new if it came after the request, or was not there at the first look, which knows no clock. */
function newnessOf({ confirmations, unreadable }: Look, requestedAt: number): (mail: ProviderMail) => boolean {
  const first = [...confirmations, ...unreadable];
  const seen = new Set(first.map(({ messageId }) => messageId));
  const newest = Math.max(Number.NEGATIVE_INFINITY, ...first.map(({ receivedAt }) => receivedAt));
  return ({ messageId, receivedAt }) => receivedAt >= requestedAt || (!seen.has(messageId) && receivedAt >= newest);
}

function notSeenBefore(): (mail: ProviderMail) => boolean {
  const seen = new Set<string>();
  return ({ messageId }) => {
    const isFirst = !seen.has(messageId);
    seen.add(messageId);
    return isFirst;
  };
}

function passes(error: unknown): error is OpencxError {
  return error instanceof OpencxError && isTransient(orgFailure(error.cause ?? error));
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** @returns false if the wait was ended by the signal */
async function slept({ clock }: Org, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (isAborted(signal)) return false;
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (isAborted(signal)) return false;
    throw error;
  }
}

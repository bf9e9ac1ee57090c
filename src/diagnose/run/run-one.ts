import { OpencxError } from '../../errors/opencx-error.ts';
import type { Check } from '../check.ts';
import type { CheckContext } from '../check-context.ts';
import { fail, skip, warn, type Finding, type Verdict } from '../finding.ts';
import { findingOf } from './finding-of.ts';

/**
 * Runs one check; whatever happens in it becomes a finding. Trouble on the way to the org warns, since it says nothing about
 * the org; a refusal fails; an error of ours is a crash.
 * @param timeoutMs milliseconds until a check that does not answer is given up
 * @throws OpencxError INTERRUPTED
 */
export async function runOne(check: Check, context: CheckContext, timeoutMs: number): Promise<Finding> {
  return findingOf(check, await verdictOf(check, context, timeoutMs));
}

async function verdictOf(check: Check, context: CheckContext, timeoutMs: number): Promise<Verdict> {
  const notHere = check.appliesTo?.(context);
  if (notHere !== undefined) return skip(notHere);
  try {
    return await inTime(check, context, timeoutMs);
  } catch (error) {
    return verdictOnError(error);
  }
}

async function inTime(check: Check, context: CheckContext, timeoutMs: number): Promise<Verdict> {
  const over = new AbortController();
  const late = async (): Promise<Verdict> => {
    await context.org.clock.sleep(timeoutMs, over.signal);
    return warn(`No answer within ${Math.round(timeoutMs / 1000)} seconds; nothing is known.`, {
      data: { timeoutMs },
      remedy: [{ text: 'Run it again; if it stays so, look at https://status.salesforce.com.' }],
    });
  };
  const timer = late();
  // Ending the timer rejects it, which is what was meant.
  timer.catch(() => undefined);
  try {
    return await Promise.race([Promise.resolve(check.run(context)), timer]);
  } finally {
    over.abort();
  }
}

/** Codes of errors that are about the way to the org, not about the org. */
const onTheWay: ReadonlySet<string> = new Set(['NETWORK', 'ORG_UNEXPECTED_ANSWER']);
/** Salesforce's codes for an object or field that an org does not have, or keeps from everybody: nothing to judge. */
const notShown: ReadonlySet<unknown> = new Set(['INVALID_TYPE', 'INVALID_FIELD', 'NOT_FOUND']);
/** Codes by which an org refuses. */
const refused: ReadonlySet<string> = new Set(['AUTH_FAILED', 'PERMISSION_DENIED', 'ORG_REFUSED']);

function verdictOnError(error: unknown): Verdict {
  const remedy = error instanceof OpencxError ? error.nextSteps.map((text) => ({ text })) : [];
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof OpencxError) {
    if (error.code === 'INTERRUPTED') throw error;
    const data = { code: error.code, ...error.details };
    if (onTheWay.has(error.code))
      return warn('Not known: the org could not be asked.', { evidence: [message], remedy, data });
    if (notShown.has(error.details?.['salesforceErrorCode'])) {
      return warn('Not known: this org does not show it.', { evidence: [message], data });
    }
    if (refused.has(error.code))
      return fail('The org does not let this user look.', { evidence: [message], remedy, data });
  }
  return {
    status: 'crash',
    summary: 'The check itself broke; this is a bug in opencx-sf.',
    evidence: [message],
    remedy: [{ text: 'Run with --debug and report what it prints.' }],
    data: { stack: error instanceof Error ? (error.stack ?? '') : '' },
  };
}

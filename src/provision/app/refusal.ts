import { OpencxError } from '../../errors/opencx-error.ts';
import { orgFailure } from '../../salesforce/org-errors.ts';
import { isTransient } from '../../salesforce/retry.ts';

/**
 * What an org said when it refused for good: a feature that is off, an edition without it, a permission that is missing.
 * @returns undefined for every other error: trouble on the way, an ended session, a bug
 */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof OpencxError)) return undefined;
  if (error.code !== 'ORG_REFUSED' && error.code !== 'PERMISSION_DENIED') return undefined;
  return isPassing(error) ? undefined : error.message;
}

/** Whether the same request may be answered in a moment. */
export function isPassing(error: unknown): boolean {
  return isTransient(orgFailure(error instanceof OpencxError ? (error.cause ?? error) : error));
}

import { DatabaseError } from 'pg';

import { OpencxError } from '../../../../errors/opencx-error.ts';

/** Classes of SQLSTATE (postgresql.org, Appendix A) that tell of the database's condition and not of what was asked. */
const conditionClasses = new Set(['08', '53', '57', '58', 'XX']);
/** In words, where the server's own may be hard to read. */
const conditions: Readonly<Record<string, string>> = {
  '53100': 'the disk is full',
  '55P03': 'another process held it for too long',
  '25P03': 'it waited for this process for too long',
  '25006': 'it can only be read, as a standby or by its settings',
};
const serialization = '40001';
const deadlock = '40P01';
/** Who or what is not known or not allowed: it will not go away by itself. */
const refusedClasses = new Set(['28', '3D', '42']);

/** An answer of the server, after which the connection may still be used. */
export function isServerError(error: unknown): error is DatabaseError & { code: string } {
  return error instanceof DatabaseError && error.code !== undefined;
}

/** Two transactions were in each other's way; one of them is to begin again. */
export function isConflict(error: unknown): boolean {
  return isServerError(error) && (error.code === serialization || error.code === deadlock);
}

/**
 * What an error means for the store. Errors that only a bug can bring about are handed back as they are, and conflicts too.
 * Connections that break tell it in many ways: whatever is not the server's own answer is taken for one.
 * @param place named in the message
 */
export function explainedError(place: string, error: unknown): unknown {
  if (!isServerError(error)) return storeFailed(place, wordsOf(error), error);
  const words = conditions[error.code];
  if (words !== undefined) return storeFailed(place, words, error);
  if (error.code.startsWith('28') || error.code.startsWith('3D')) return refused(place, error);
  return conditionClasses.has(error.code.slice(0, 2)) ? storeFailed(place, error.message, error) : error;
}

/** What an error means for one who opens the store: what the server does not allow then will not change by itself. */
export function openingError(place: string, error: unknown): unknown {
  if (error instanceof OpencxError) return error;
  return isServerError(error) && refusedClasses.has(error.code.slice(0, 2))
    ? refused(place, error)
    : explainedError(place, error);
}

export function storeFailed(place: string, reason: string, cause: unknown): OpencxError {
  return new OpencxError('STORE_FAILED', {
    message: `The store in ${place} could not be used: ${reason}.`,
    details: { place },
    cause,
  });
}

export function storeUnusable(place: string, reason: string, nextSteps: string[], cause?: unknown): OpencxError {
  return new OpencxError('STORE_UNUSABLE', {
    message: `The store in ${place} cannot be opened: ${reason}.`,
    details: { place },
    nextSteps,
    ...(cause !== undefined && { cause }),
  });
}

function refused(place: string, error: DatabaseError): OpencxError {
  const nextSteps = ['Check user, password, database and its rights, e.g. with psql and the same URL.'];
  return storeUnusable(place, error.message, nextSteps, error);
}

/** Node tells of several addresses that all refuse without a word of its own. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return [...new Set(error.errors.map(wordsOf))].join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}

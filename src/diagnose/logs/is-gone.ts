import { OpencxError } from '../../errors/opencx-error.ts';

const codes = new Set<unknown>(['NOT_FOUND', 'ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

/** Whether an error says that the record asked for is no longer there. */
export function isGone(error: unknown): boolean {
  return error instanceof OpencxError && codes.has(error.details?.['salesforceErrorCode']);
}

import { SaveAborted } from './save-error.ts';
import type { SaveError } from './save-error.ts';

/** What became of one record of a save. */
export interface SaveResult {
  readonly id: string | undefined;
  readonly success: boolean;
  readonly errors: readonly SaveError[];
}

export function saved(id: string | undefined): SaveResult {
  return { id, success: true, errors: [] };
}

export function refused(errors: readonly SaveError[]): SaveResult {
  return { id: undefined, success: false, errors };
}

export const rolledBackCode = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

/** The result of a record that was fine, and was taken back because another was not. */
export const rolledBack: SaveResult = refused([
  {
    statusCode: rolledBackCode,
    message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
    fields: [],
  },
]);

/** The results of a save that kept nothing: records that have no error of their own were rolled back. */
export function takenBack(count: number, results: readonly (SaveResult | undefined)[]): SaveResult[] {
  return Array.from({ length: count }, (_, index) => {
    const result = results[index];
    return result?.success === false ? result : rolledBack;
  });
}

/** The results of a save that failed as a whole. @throws error if it is not of that kind */
export function abortedResults(count: number, error: unknown): SaveResult[] {
  if (!(error instanceof SaveAborted)) throw error;
  return Array.from({ length: count }, () => refused([error.error]));
}

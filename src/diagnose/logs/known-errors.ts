import { calloutErrors } from './errors/callout-errors.ts';
import type { KnownError } from './errors/known-error.ts';
import { mailErrors } from './errors/mail-errors.ts';
import { recordErrors } from './errors/record-errors.ts';

export type { KnownError } from './errors/known-error.ts';

/** Every error that Salesforce's mail, saving of records and callouts are known to give to this integration. */
export const knownErrors: readonly KnownError[] = [...mailErrors, ...recordErrors, ...calloutErrors];

/**
 * The known errors that a text names, each once, in the order of the text.
 * @param text a line of a log, a message of an exception, the failure of a test
 */
export function explainErrors(text: string): KnownError[] {
  return knownErrors
    .map((error) => ({ error, at: text.search(error.pattern) }))
    .filter(({ at }) => at !== -1)
    .sort((one, other) => one.at - other.at)
    .map(({ error }) => error);
}

/** An error that Salesforce gives to this integration, in words that lead to its end. */
export interface KnownError {
  /** Salesforce's own code, or its own words where it has none; ours for answers of the webhook. Unique in the table. */
  code: string;
  /** What it looks like in a log, a message or a test failure. */
  pattern: RegExp;
  /** One sentence. */
  meaning: string;
  /** One or two sentences: the place in Setup, or the command. */
  mend: string;
  /** Page of Setup where it is mended, e.g. `OrgEmailSettings/home`. */
  setupPage?: string;
}

/** A row of which Salesforce's code is all there is to look for. */
type CodeRow = Omit<KnownError, 'code' | 'pattern'>;

/**
 * Rows by their codes. A code is only met as a whole word: `LIMIT_EXCEEDED` is not met in `STORAGE_LIMIT_EXCEEDED`.
 * @param rows codes in capitals and underscores, to what is said of them
 */
export function byCode(rows: Readonly<Record<string, CodeRow>>): KnownError[] {
  return Object.entries(rows).map(([code, row]) => ({ code, pattern: new RegExp(String.raw`\b${code}\b`), ...row }));
}

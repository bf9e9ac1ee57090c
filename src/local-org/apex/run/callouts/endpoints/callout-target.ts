import type { HeaderLine } from '../callouts.ts';

/** Where a callout goes, and what a named credential adds to it. */
export interface CalloutTarget {
  /** Absolute http or https URL. */
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  /** `{!$Credential.…}` is replaced in what the request carries. */
  readonly mergesHeaders: boolean;
  readonly mergesBody: boolean;
}

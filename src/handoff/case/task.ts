import type { Happening } from '../session/happening.ts';
import type { CaseOrg } from './case-org.ts';

/** What one event is brought to Salesforce with. */
export interface CaseTask {
  readonly sessionId: string;
  /** @param signal ends it; its reason is thrown @returns what is shown of it, and what has happened with it @throws OpencxError, Unfit */
  readonly work: (
    org: CaseOrg,
    signal: AbortSignal,
  ) => Promise<{ readonly shown: object; readonly happening: Happening }>;
  /** What has happened if it never arrives. */
  readonly dead: (reason: string) => Happening;
}

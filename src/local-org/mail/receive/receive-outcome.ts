import type { SaveError } from '../../records/save/save-error.ts';
import type { ThreadedBy } from './find-thread.ts';

/** Why a mail left no trace in the org. The platform drops such mail silently; here at least the caller is told. */
export type IgnoredBecause =
  | 'email-to-case-off'
  | 'too-large'
  | 'no-routing-address'
  | 'not-verified'
  | 'unauthorized-sender'
  | 'own-routing-address'
  | 'auto-response'
  | 'duplicate';

export type ReceiveOutcome =
  | {
      readonly outcome: 'created' | 'threaded';
      /** What led to the case; undefined for a new one. */
      readonly by: ThreadedBy | undefined;
      readonly caseId: string;
      readonly caseNumber: string;
      readonly emailMessageId: string;
      /** ContentDocuments of the attachments. */
      readonly fileIds: readonly string[];
    }
  | { readonly outcome: 'ignored'; readonly reason: IgnoredBecause; readonly detail: string }
  /** Refused while it was saved, by a trigger for instance: nothing of it is left. */
  | { readonly outcome: 'failed'; readonly errors: readonly SaveError[] };

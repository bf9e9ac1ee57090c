import type { Org } from '../../../salesforce/org.ts';
import type { DeployApexEvent } from '../../deploy/deploy-outcome.ts';
import type { RivalWishes } from '../../plan/rivals.ts';
import type { SetupJournal } from '../journal/setup-journal.ts';
import type { SetupWish } from '../wish/setup-wish.ts';

/** What is told while a change is carried out. */
export type ChangeEvent = DeployApexEvent | { kind: 'doing'; text: string };

/** Consumer key and secret, to be handed over once. */
export interface Credentials {
  key: string;
  secret: string;
}

/** Everything that carrying out a change may touch. */
export interface ChangeContext {
  org: Org;
  wish: SetupWish;
  stateFolder: string;
  journal: SetupJournal;
  /** Writes the journal to its file. */
  keepJournal: () => Promise<void>;
  deploy: {
    waitMs: number;
    tests: { level?: 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg'; none: boolean };
    rivals: RivalWishes;
    yes: boolean;
    confirmOrg?: string;
  };
  /** Takes consumer key and secret, which must not travel by events. */
  onCredentials: (credentials: Credentials) => void;
  /** Told when they cannot be read: where they stand in Setup, and why. */
  onCredentialsUnavailable: (unavailable: { why: string; setupUrl: string }) => void;
  signal?: AbortSignal;
}

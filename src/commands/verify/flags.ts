import type { CommonFlags } from '../common-options.ts';
import type { ConsentFlags } from '../consent.ts';
import type { TargetFlags } from '../target/target-options.ts';

export interface VerifyFlags extends CommonFlags, TargetFlags, ConsentFlags {
  /** The arguments: ids and groups. */
  checks?: string[];
  only?: string[];
  skip?: string[];
  symptom?: string;
  list?: boolean;
  all?: boolean;
  strict?: boolean;
  fix?: boolean;
  keep?: string[];
  acceptPermanent?: 'email-to-case';
  tests: boolean;
  watch?: boolean;
  interval: string;
  webhook?: string;
  replyTo?: string;
  integrationUser?: string;
  webhookUrl?: string;
  orgWideEmail?: string;
  webhookFingerprint?: string;
  junit?: string;
  sarif?: string;
  markdown?: string;
  report?: string;
  sessionId?: string;
  caseId?: string;
  description?: string;
}

import type { CommonFlags } from '../common-options.ts';
import type { ConsentFlags } from '../consent.ts';
import type { TargetFlags } from '../target/target-options.ts';

export type WebhookFlags = CommonFlags & TargetFlags;

export interface WebhookSetFlags extends WebhookFlags, ConsentFlags {
  /** The argument: a URL, or `-` for stdin. */
  url?: string;
}

export interface WebhookSecretFlags extends WebhookFlags, ConsentFlags {
  /** The argument: a file, or `-` for stdin. */
  file?: string;
}

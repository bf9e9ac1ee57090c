import type { CommonFlags } from '../../common-options.ts';
import type { FlagMapping } from '../../load-settings.ts';
import { targetFlags } from '../../target/target-flags.ts';
import type { TargetFlags } from '../../target/target-options.ts';
import type { PassphraseFlags } from '../keys/flags.ts';

/** Which deployment, and how identity tokens for it are signed. */
export interface MessagingFlags extends CommonFlags, TargetFlags, PassphraseFlags {
  esDeveloperName?: string;
  scrtUrl?: string;
  orgId?: string;
  issuer?: string;
  keys?: string;
}

/** Those that are properties of the configuration too, the target's among them. */
export const messagingFlags: readonly FlagMapping[] = [
  ...targetFlags,
  { flag: 'esDeveloperName', path: ['messaging', 'deployment'] },
  { flag: 'scrtUrl', path: ['messaging', 'scrtUrl'] },
  { flag: 'orgId', path: ['messaging', 'orgId'] },
  { flag: 'issuer', path: ['messaging', 'issuer'] },
  { flag: 'keys', path: ['messaging', 'keysFolder'] },
];

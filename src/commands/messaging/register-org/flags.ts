import type { FlagMapping } from '../../load-settings.ts';
import type { SetupWriteFlags } from '../../setup/setup-flags.ts';
import { targetFlags } from '../../target/target-flags.ts';

export interface MessagingRegisterFlags extends SetupWriteFlags {
  esDeveloperName?: string;
  issuer?: string;
  keys?: string;
  createDeployment?: boolean;
  queueMember?: string[];
  /** Tell the way by hand; no org is changed. */
  print?: boolean;
}

/** Flags that are properties of the configuration. */
export const registerFlags: readonly FlagMapping[] = [
  ...targetFlags,
  { flag: 'esDeveloperName', path: ['messaging', 'deployment'] },
  { flag: 'issuer', path: ['messaging', 'issuer'] },
  { flag: 'keys', path: ['messaging', 'keysFolder'] },
  { flag: 'createDeployment', path: ['messaging', 'createDeployment'] },
  { flag: 'queueMember', path: ['messaging', 'queueMembers'] },
];

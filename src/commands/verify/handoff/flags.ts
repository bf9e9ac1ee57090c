import type { CommonFlags } from '../../common-options.ts';
import type { ConsentFlags } from '../../consent.ts';
import type { TargetFlags } from '../../target/target-options.ts';

export interface VerifyHandoffFlags extends CommonFlags, TargetFlags, ConsentFlags {
  channel: string;
  integrationUser?: string;
  keep?: boolean;
  to?: string;
  wait?: string;
}

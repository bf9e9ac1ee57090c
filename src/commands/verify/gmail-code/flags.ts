import type { CommonFlags } from '../../common-options.ts';
import type { TargetFlags } from '../../target/target-options.ts';

export const providerChoices = ['gmail', 'outlook', 'fastmail', 'any'] as const;

export interface GmailCodeFlags extends CommonFlags, TargetFlags {
  /** `10m`, `90s`, `1h`, or a number of minutes. */
  wait?: string;
  provider: (typeof providerChoices)[number];
  copy?: boolean;
}

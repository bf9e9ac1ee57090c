import type { CommonFlags } from '../common-options.ts';
import type { TargetFlags } from '../target/target-options.ts';

export interface LogsFlags extends CommonFlags, TargetFlags {
  tail?: boolean;
  /** A duration. */
  since: string;
  /** A regular expression. */
  grep?: string;
  all?: boolean;
  /** Username. */
  user?: string;
  /** Minutes to trace; false for `--no-trace`. */
  trace?: string | false;
}

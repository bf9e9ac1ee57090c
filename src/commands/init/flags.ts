import type { SetupWriteFlags } from '../setup/setup-flags.ts';

export interface InitFlags extends SetupWriteFlags {
  /** Forget the answers of a wizard that was left. */
  fresh?: boolean;
}

import type { SetupFlags } from '../setup/setup-flags.ts';
import type { ConsentFlags } from '../consent.ts';

export interface DestroyFlags extends SetupFlags, ConsentFlags {
  dryRun?: boolean;
  disable?: boolean;
  remove?: string[];
}

import type { SetupFlags } from '../setup/setup-flags.ts';

export interface DestroyFlags extends SetupFlags {
  dryRun?: boolean;
  disable?: boolean;
  remove?: string[];
  yes?: boolean;
  confirmOrg?: string;
}

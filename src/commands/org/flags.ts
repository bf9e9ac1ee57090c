import type { CommonFlags } from '../common-options.ts';

export interface OrgStartFlags extends CommonFlags {
  port?: string;
  scrtPort?: string;
  dataDir?: string;
  kind?: 'developer' | 'sandbox' | 'production';
}

export interface OrgFlags extends CommonFlags {
  dataDir?: string;
  yes?: boolean;
}

import type { CommonFlags } from '../../common-options.ts';

export interface OrgMailFlags extends CommonFlags {
  dataDir?: string;
}

export interface OrgMailShowFlags extends OrgMailFlags {
  /** The argument. */
  id: string;
  eml?: boolean;
}

export interface OrgMailReceiveFlags extends OrgMailFlags {
  /** The argument; `-` is stdin. */
  file: string;
}

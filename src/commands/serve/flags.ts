import type { CommonFlags } from '../common-options.ts';

export interface ServeFlags extends CommonFlags {
  forwardTo?: string;
  /** Each `event=URL`. */
  forward?: string[];
  port: string;
  host?: string;
  tokenFile?: string;
  store?: string;
  giveUpAfter: string;
  maxAge: string;
  maxSize: string;
}

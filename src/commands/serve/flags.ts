import type { CommonFlags } from '../common-options.ts';
import type { ConsentFlags } from '../consent.ts';
import type { PassphraseFlags } from '../messaging/keys/flags.ts';
import type { TargetFlags } from '../target/target-options.ts';

/** Where events are kept. */
export interface StoreFlags {
  store?: string;
  databaseUrl?: string;
}

export interface ServeFlags extends CommonFlags, TargetFlags, ConsentFlags, PassphraseFlags, StoreFlags {
  forwardTo?: string;
  /** Each `event=URL`. */
  forward?: string[];
  callbackUrl?: string;
  giveUpAfter: string;
  publicUrl?: string;
  readOnly?: boolean;
  record?: boolean;
  sessions: boolean;
  restore?: boolean;
  port: string;
  host?: string;
  tokenFile?: string;
  apiTokenFile?: string;
  tlsCert?: string;
  tlsKey?: string;
  webhookSecretFile?: string;
  /** Each an address or a CIDR. */
  allowIp?: string[];
  trustProxy?: string[];
  opencxApiKeyFile?: string;
  opencxUrl?: string;
  maxAge: string;
  maxSize: string;
}

import type { CommonFlags } from '../../common-options.ts';

export interface KeysFlags extends CommonFlags {
  out?: string;
}

export interface PassphraseFlags {
  passphraseFile?: string;
  passphraseStdin?: boolean;
}

/** What a new key is made from. */
export interface NewKeyFlags extends KeysFlags, PassphraseFlags {
  bits?: '2048' | '3072' | '4096';
  kid?: string;
  days: string;
  issuer?: string;
}

export interface KeysGenerateFlags extends NewKeyFlags {
  rotate?: boolean;
}

export interface KeysRotateFlags extends NewKeyFlags {
  removeOld?: boolean;
  yes?: boolean;
}

export interface KeysCheckFlags extends KeysFlags, PassphraseFlags {
  authPrivateKey?: string;
  authPublicKey?: string;
  certificate?: string;
  jwk?: string;
  authKeyId?: string;
  fix?: boolean;
}

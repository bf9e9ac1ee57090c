import { join } from 'node:path';

import { artefacts, checkKeys } from '../../../messaging/keys/check/check-keys.ts';
import type { KeyFinding } from '../../../messaging/keys/check/key-finding.ts';
import { keyFiles, type KeyFolder } from '../../../messaging/keys/key-folder.ts';
import { readJwk } from '../../../messaging/keys/read/read-jwk.ts';
import { isEncrypted } from '../../../messaging/keys/read/read-key.ts';
import type { SettingJson } from './result-schema.ts';

const publicKey = { id: 'auth-public-key', name: 'Auth Public Key', inOpencx: true } as const;
const privateKey = { id: 'auth-private-key', name: 'Auth Private Key', inOpencx: true } as const;
const keyId = { id: 'auth-key-id', name: 'Auth Key ID', inOpencx: true } as const;

/**
 * The three fields of the key. Of the key files the paths are told, never what is in them.
 * @param now milliseconds since 1970
 */
export function keySettings(present: KeyFolder, passphrase: string | undefined, now: number): SettingJson[] {
  const { current, folder } = present;
  if (current === undefined) {
    const missing = {
      value: null,
      status: 'fail',
      detail: `${folder} holds no key`,
      remedy: 'opencx-sf messaging keys generate',
    } as const;
    return [publicKey, privateKey, keyId].map((base) => ({ ...base, ...missing }));
  }
  const mode =
    current.privateKeyMode === undefined || process.platform === 'win32'
      ? {}
      : { privateKeyMode: current.privateKeyMode };
  const { findings } = checkKeys({
    texts: current.texts,
    names: keyFiles,
    expected: artefacts,
    now,
    ...mode,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  const path = (file: keyof typeof keyFiles) =>
    current.texts[file] === undefined ? null : join(folder, keyFiles[file]);
  const jwk = readJwk(current.texts.jwk ?? '');
  const paste = 'paste the whole file';
  return [
    { ...publicKey, value: path('publicKey'), ...verdict(findings.filter(isOf('public')), paste) },
    {
      ...privateKey,
      value: path('privateKey'),
      ...asOpencxTakesIt(verdict(findings.filter(isOf('private')), paste), isEncrypted(current.texts.privateKey ?? '')),
    },
    {
      ...keyId,
      value: jwk.problem === undefined ? (jwk.kid ?? null) : null,
      ...verdict(findings.filter(isOf('id')), `the kid of ${keyFiles.jwk}, letter by letter`),
    },
  ];
}

/** Which field a finding speaks of: what concerns all of the key stands at the private one. */
function isOf(field: 'public' | 'private' | 'id') {
  return ({ check }: KeyFinding) => {
    if (check.startsWith('public-key')) return field === 'public';
    if (/^(?:jwk|certificate|validity|same-certificate)/.test(check)) return field === 'id';
    return field === 'private';
  };
}

type Verdict = Pick<SettingJson, 'status' | 'detail' | 'remedy'>;

/** A key that can be read here with its passphrase is not what the tab asks for. */
function asOpencxTakesIt(found: Verdict, encrypted: boolean): Verdict {
  if (found.status === 'fail' || !encrypted) return found;
  return {
    status: 'warn',
    detail: 'is encrypted, while OpenCX asks for BEGIN PRIVATE KEY',
    remedy: `paste what openssl pkey -in ${keyFiles.privateKey} prints, and keep that in no file`,
  };
}

function verdict(findings: readonly KeyFinding[], good: string): Verdict {
  const worst = findings.find(({ status }) => status === 'fail') ?? findings.find(({ status }) => status === 'warn');
  if (worst === undefined) return { status: 'pass', detail: good };
  return {
    status: worst.status,
    detail: worst.summary.replace(/\.$/, ''),
    ...(worst.remedy === undefined ? {} : { remedy: worst.remedy }),
  };
}

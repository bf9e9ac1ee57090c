import type { KeyObject, X509Certificate } from 'node:crypto';

import { daysLeft } from './certificate.ts';
import { keyFingerprint } from './fingerprint.ts';
import { keyFiles, type StoredKey } from './key-folder.ts';
import { bitsOf, isEncrypted, readCertificate, readPublicKey } from './read/read-key.ts';
import { readJwk } from './read/read-jwk.ts';

/** What can be told of a key without its private part. */
export interface KeyDescription {
  folder: string;
  kid?: string;
  algorithm?: string;
  bits?: number;
  /** SHA-256 of the public key. */
  fingerprint?: string;
  certificate?: {
    /** SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` prints it. */
    fingerprint: string;
    notBefore: string;
    notAfter: string;
    daysLeft: number;
  };
  /** Absent where there is no private key. */
  encrypted?: boolean;
  /** Why a file told nothing. */
  unread: string[];
}

/** Describes a key by its public files. @param now milliseconds since 1970 */
export function describeKey({ folder, texts }: StoredKey, now: number): KeyDescription {
  const unread: string[] = [];
  const jwk = texts.jwk === undefined ? undefined : noted(keyFiles.jwk, readJwk(texts.jwk));
  const publicKey =
    texts.publicKey === undefined ? undefined : noted(keyFiles.publicKey, readPublicKey(texts.publicKey));
  const own =
    texts.certificate === undefined ? undefined : noted(keyFiles.certificate, readCertificate(texts.certificate));
  const certificate = own?.certificate ?? jwk?.certificate;
  const key = publicKey?.key ?? jwk?.key ?? certificate?.publicKey;
  return {
    folder,
    ...(jwk?.kid === undefined ? {} : { kid: jwk.kid }),
    ...(jwk?.alg === undefined ? {} : { algorithm: jwk.alg }),
    ...(key === undefined ? {} : describePublicKey(key)),
    ...(certificate === undefined ? {} : { certificate: describeCertificate(certificate, now) }),
    ...(texts.privateKey === undefined ? {} : { encrypted: isEncrypted(texts.privateKey) }),
    unread,
  };

  function noted<T>(name: string, reading: { problem: string } | ({ problem?: never } & T)): T | undefined {
    if (reading.problem === undefined) return reading;
    unread.push(`${name} ${reading.problem}`);
    return undefined;
  }
}

function describePublicKey(key: KeyObject): { bits: number; fingerprint: string } {
  return { bits: bitsOf(key), fingerprint: keyFingerprint(key) };
}

/** Dates and fingerprint of a certificate. */
export function describeCertificate(
  certificate: X509Certificate,
  now: number,
): NonNullable<KeyDescription['certificate']> {
  return {
    fingerprint: certificate.fingerprint256,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    daysLeft: daysLeft(certificate, now),
  };
}

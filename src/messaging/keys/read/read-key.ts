import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

import { privateKeyPem, publicKeyPem } from '../generate-key-pair.ts';
import type { PemRemark } from './pem-repairs.ts';
import { readPem, type PemBlock, type Reading } from './read-pem.ts';

/** OpenCX and Salesforce ask for this many bits at least. */
export const leastBits = 2048;

export interface ReadKey {
  key: KeyObject;
  remarks: readonly PemRemark[];
  /** The file as OpenCX takes it: PKCS#8 or SPKI, its lines as they should be; encrypted if it was. */
  pem: string;
  /** OpenSSL does not read the file as it is, or its kind of PEM is not the one that OpenCX asks for. */
  mustChange: boolean;
}

export interface ReadPrivateKey extends ReadKey {
  encrypted: boolean;
}

/** Whether the text of a private key says that it is encrypted. */
export function isEncrypted(text: string): boolean {
  return /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text);
}

/**
 * Reads a private key; PKCS#1 is converted to PKCS#8 and said so.
 * @param passphrase of an encrypted key
 */
export function readPrivateKey(text: string, passphrase?: string): Reading<ReadPrivateKey> {
  const block = readPem(text, 'private');
  if (block.problem !== undefined) return block;
  const encrypted = isEncrypted(block.pem);
  if (encrypted && passphrase === undefined) return { problem: 'is encrypted, and no passphrase was given.' };
  const secret = encrypted && passphrase !== undefined ? { passphrase } : {};
  const key = attempt(() => createPrivateKey({ key: block.pem, ...secret }));
  if (key === undefined) {
    return {
      problem: encrypted ? 'cannot be decrypted: the passphrase is wrong.' : 'cannot be read as a private key.',
    };
  }
  const unfit = unfitness(key);
  if (unfit !== undefined) return { problem: unfit };
  const asIs = isFine(block) && attempt(() => createPrivateKey({ key: text, ...secret })) !== undefined;
  if (block.label !== 'RSA PRIVATE KEY')
    return { key, encrypted, remarks: block.remarks, pem: block.pem, mustChange: !asIs };
  return {
    key,
    encrypted,
    remarks: [...block.remarks, converted('PKCS#1 (BEGIN RSA PRIVATE KEY)', 'PKCS#8 (BEGIN PRIVATE KEY)')],
    pem: privateKeyPem(key, secret.passphrase),
    mustChange: true,
  };
}

/** Reads a public key; PKCS#1 is converted to SPKI and said so. */
export function readPublicKey(text: string): Reading<ReadKey> {
  const block = readPem(text, 'public');
  if (block.problem !== undefined) return block;
  const key = attempt(() => createPublicKey(block.pem));
  if (key === undefined) return { problem: 'cannot be read as a public key.' };
  const unfit = unfitness(key);
  if (unfit !== undefined) return { problem: unfit };
  const asIs = isFine(block) && attempt(() => createPublicKey(text)) !== undefined;
  if (block.label === 'PUBLIC KEY') return { key, remarks: block.remarks, pem: block.pem, mustChange: !asIs };
  const remarks = [...block.remarks, converted('PKCS#1 (BEGIN RSA PUBLIC KEY)', 'SPKI (BEGIN PUBLIC KEY)')];
  return { key, remarks, pem: publicKeyPem(key), mustChange: true };
}

/** Reads a certificate of an RSA key. */
export function readCertificate(
  text: string,
): Reading<Pick<PemBlock, 'pem' | 'remarks'> & { certificate: X509Certificate }> {
  const block = readPem(text, 'certificate');
  if (block.problem !== undefined) return block;
  const certificate = attempt(() => new X509Certificate(block.pem));
  if (certificate === undefined) return { problem: 'cannot be read as a certificate.' };
  const unfit = unfitness(certificate.publicKey);
  return unfit === undefined ? { certificate, pem: block.pem, remarks: block.remarks } : { problem: unfit };
}

function isFine({ remarks }: PemBlock): boolean {
  return !remarks.some(({ grave }) => grave === true);
}

function converted(from: string, to: string): PemRemark {
  return { id: 'pkcs1', text: `is ${from}, while OpenCX asks for ${to}` };
}

function unfitness(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType !== 'rsa') {
    return `is of type ${key.asymmetricKeyType ?? 'unknown'}; Salesforce verifies RS256, which needs a plain RSA key.`;
  }
  const bits = bitsOf(key);
  return bits < leastBits ? `has ${bits} bits; ${leastBits} is the least.` : undefined;
}

/** Size of the modulus. */
export function bitsOf(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

/** OpenSSL's own words are left out: they tell nothing a person could act on. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

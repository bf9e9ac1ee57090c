import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Sizes offered, in bits. OpenCX asks for 2,048 or more, and the examples of Salesforce's own key generator have 2,048; that
 * Salesforce takes larger keys is not documented.
 */
export const keySizes = [2048, 3072, 4096] as const;
export type KeySize = (typeof keySizes)[number];

export interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/**
 * One RSA key pair, public exponent 65,537. Node cannot stop a search for primes: a signal is looked at by the caller afterwards.
 * @param bits size of the modulus
 */
export async function generateRsaKeyPair(bits: KeySize): Promise<KeyPair> {
  return await promisify(generateKeyPair)('rsa', { modulusLength: bits, publicExponent: 0x1_00_01 });
}

/**
 * The private key as PKCS#8 PEM, which is the form OpenCX takes.
 * @param passphrase encrypts it (PBES2, AES-256); the header is then `BEGIN ENCRYPTED PRIVATE KEY`
 */
export function privateKeyPem(key: KeyObject, passphrase?: string): string {
  const cipher = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return key.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString();
}

/** The public key as SPKI PEM, `BEGIN PUBLIC KEY`. */
export function publicKeyPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { apexError } from '../../../values/exception.ts';
import { hashOf } from './algorithms.ts';

/**
 * A signature: RSA with PKCS#1 v1.5 padding, or ECDSA in DER.
 * @param privateKey PKCS#8 in DER
 * @throws ApexThrown System.InvalidParameterValueException for the algorithm, System.SecurityException for the key
 */
export function signData(algorithm: string, data: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const hash = hashOf('signature', algorithm);
  const key = readKey(algorithm, () =>
    createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }),
  );
  return sign(hash, data, key);
}

/**
 * Whether a signature is right.
 * @param publicKey X.509 SubjectPublicKeyInfo in DER
 * @throws as `signData`
 */
export function verifySignature(
  algorithm: string,
  data: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const hash = hashOf('signature', algorithm);
  const key = readKey(algorithm, () => createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' }));
  return verify(hash, data, key, signature);
}

function readKey(algorithm: string, read: () => KeyObject): KeyObject {
  const wanted = algorithm.toLowerCase().startsWith('ecdsa') ? 'ec' : 'rsa';
  let key: KeyObject;
  try {
    key = read();
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw apexError('System.SecurityException', 'Invalid key format');
    throw error;
  }
  if (key.asymmetricKeyType !== wanted) throw apexError('System.SecurityException', 'Invalid key type');
  return key;
}

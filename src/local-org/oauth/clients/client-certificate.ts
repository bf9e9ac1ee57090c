import { createPublicKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** RS256 (RFC 7518, section 3.3) takes no shorter key, in bits. */
const SHORTEST_KEY = 2048;

/**
 * The key that verifies a client's assertions, from a certificate or a public key in PEM.
 * @throws Error saying what is wrong with the text
 */
export function certificateKey(pem: string): KeyObject {
  const key = readKey(pem);
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < SHORTEST_KEY) {
    throw new Error(`holds no RSA key of at least ${SHORTEST_KEY} bits`);
  }
  return key;
}

function readKey(pem: string): KeyObject {
  if (pem.includes('-----BEGIN CERTIFICATE-----')) {
    try {
      return new X509Certificate(pem).publicKey;
    } catch (error) {
      throw new Error('is no readable certificate', { cause: error });
    }
  }
  // Without this a private key would pass: its public half can be made from it.
  if (!/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) throw new Error('is neither a certificate nor a public key');
  try {
    return createPublicKey(pem);
  } catch (error) {
    throw new Error('is no readable public key', { cause: error });
  }
}

import { createHash, type KeyObject } from 'node:crypto';

/**
 * SHA-256 of a public key's SPKI in DER, 64 hexadecimal digits: the same for the PEM, the JWK and the certificate of one key.
 * By hand: `openssl pkey -pubin -in public-key.pem -outform der | openssl sha256`.
 */
export function keyFingerprint(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

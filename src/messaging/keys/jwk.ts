import type { KeyObject, X509Certificate } from 'node:crypto';

/**
 * Members of the upload that mean nothing for an RSA key. Salesforce's own key generator writes them with these very texts, and
 * so does its sample of the metadata type PublicKeyCertificate; whether an upload without them is refused is not documented.
 * `d` is the name of the private exponent: what stands here is the letter, and {@link jwkText} lets nothing else through.
 * @see https://github.com/Salesforce-Async-Messaging/key-command-line-utility
 */
export const placeholders = { y: 'y', crv: 'crv', d: 'd', k: 'k' } as const;

/** Members of a JWK that are private in any kind of key (RFC 7518, 6.2.2, 6.3.2, 6.4), the placeholders' names aside. */
export const privateMembers = ['p', 'q', 'dp', 'dq', 'qi', 'oth'] as const;

/** The algorithms that Salesforce verifies tokens with. */
export const algorithms = ['RS256', 'RS512'] as const;

/** The key as it is uploaded to Salesforce: one object, its members in the order of Salesforce's own generator. */
export interface VerificationJwk {
  /** What OpenCX calls the Auth Key ID. */
  kid: string;
  alg: (typeof algorithms)[number];
  use: 'sig';
  kty: 'RSA';
  /** One element: the certificate, DER in standard base64 (not base64url, RFC 7517, 4.7). */
  x5c: [string];
  y: 'y';
  /** Modulus, base64url. */
  n: string;
  /** Public exponent, base64url. */
  e: string;
  crv: 'crv';
  d: 'd';
  k: 'k';
}

/** The JWK of a public key and its certificate. */
export function verificationJwk(kid: string, publicKey: KeyObject, certificate: X509Certificate): VerificationJwk {
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const { y, crv, d, k } = placeholders;
  const x5c: [string] = [certificate.raw.toString('base64')];
  return { kid, alg: 'RS256', use: 'sig', kty: 'RSA', x5c, y, n, e, crv, d, k };
}

/** Which members of an object are, or could be, private key material; the harmless placeholders are not. */
export function privateMembersIn(jwk: Readonly<Record<string, unknown>>): string[] {
  const exposed = privateMembers.filter((name) => Object.hasOwn(jwk, name));
  const filled = (['d', 'k'] as const).filter((name) => Object.hasOwn(jwk, name) && jwk[name] !== placeholders[name]);
  return [...filled, ...exposed];
}

/**
 * The JWK as the text of a file; the only way a JWK is written.
 * @throws Error if it holds anything private: a bug that must not reach a disk
 */
export function jwkText(jwk: VerificationJwk): string {
  const found = privateMembersIn({ ...jwk });
  if (found.length > 0) throw new Error(`a JWK with private members is never written: ${found.join(', ')}`);
  return `${JSON.stringify(jwk, null, 2)}\n`;
}

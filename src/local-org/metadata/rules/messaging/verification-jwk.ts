import { X509Certificate } from 'node:crypto';

/** Algorithms that identity tokens are checked with (help, "Set Up Token-Based User Verification"). */
const ALGORITHMS: ReadonlySet<string> = new Set(['RS256', 'RS512']);

/** Bits of the modulus that RS256 and RS512 need at least (RFC 7518, 3.3). */
const LEAST_BITS = 2048;

/** Members of a JWK that are private in any kind of key (RFC 7518, 6.2.2, 6.3.2, 6.4). */
const PRIVATE = ['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];

/** Salesforce's own key generator writes these two members with their name as value: nothing private is in them. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['d', 'k']);

/** An uploaded key, read. */
export interface VerificationJwk {
  readonly kid: string;
  readonly alg: string;
  readonly certificate: X509Certificate;
}

/**
 * Reads the `jsonWebKey` of a key: one JWK with `kty`, `kid`, `alg` and `x5c`, no list or set of them (help, "Troubleshoot User
 * Verification"). The wording of what is wrong is ours, and names members, never their values.
 */
export function readVerificationJwk(text: string): { readonly jwk: VerificationJwk } | { readonly problem: string } {
  const members = jsonObject(text);
  if (members === undefined) return { problem: 'The JSON web key is not a JSON object.' };
  if ('keys' in members) return { problem: 'The JSON web key must be one key, not a set with "keys".' };
  const missing = ['kty', 'kid', 'alg', 'x5c'].filter((name) => members[name] === undefined);
  if (missing.length > 0) return { problem: `The JSON web key lacks ${missing.join(', ')}.` };
  const secret = PRIVATE.find((name) => name in members && !(PLACEHOLDERS.has(name) && members[name] === name));
  if (secret !== undefined) return { problem: `The JSON web key holds a private member: ${secret}.` };
  const { kty, kid, alg } = members;
  if (kty !== 'RSA') return { problem: 'The JSON web key must have the kty RSA.' };
  if (typeof kid !== 'string' || kid === '') return { problem: 'The kid of the JSON web key must be text.' };
  if (typeof alg !== 'string' || !ALGORITHMS.has(alg)) {
    return { problem: `The alg of the JSON web key must be ${[...ALGORITHMS].join(' or ')}.` };
  }
  return withCertificate(members, kid, alg);
}

function withCertificate(
  members: Readonly<Record<string, unknown>>,
  kid: string,
  alg: string,
): { readonly jwk: VerificationJwk } | { readonly problem: string } {
  const certificate = certificateIn(members['x5c']);
  if (certificate === undefined) return { problem: 'The x5c of the JSON web key holds no X.509 certificate.' };
  const { publicKey } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') return { problem: 'The certificate in x5c is not of an RSA key.' };
  if ((publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS) {
    return { problem: `The key must have ${LEAST_BITS} bits or more.` };
  }
  const { n, e } = publicKey.export({ format: 'jwk' });
  const given: [string, string | undefined][] = [
    ['n', n],
    ['e', e],
  ];
  const other = given.find(([name, value]) => members[name] !== undefined && members[name] !== value);
  if (other !== undefined) return { problem: `The ${other[0]} of the JSON web key is not that of its certificate.` };
  return { jwk: { kid, alg, certificate } };
}

/** `x5c[0]`: the certificate as DER in standard base64, not base64url (RFC 7517, 4.7). */
function certificateIn(x5c: unknown): X509Certificate | undefined {
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  if (typeof first !== 'string' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(first)) return undefined;
  try {
    return new X509Certificate(Buffer.from(first, 'base64'));
  } catch {
    // node:crypto tells what is no certificate by an error alone.
    return undefined;
  }
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

import { X509Certificate, createPublicKey, type KeyObject } from 'node:crypto';

import { algorithms, privateMembersIn, type VerificationJwk } from '../jwk.ts';
import type { Reading } from './read-pem.ts';

/** A JWK as it was found in a file. */
export interface ReadJwk {
  /** What Salesforce would not take, each reading after the file's name; empty for a JWK that is as it should be. */
  problems: string[];
  /** Members that hold the private key, or may. */
  exposed: string[];
  kid?: string;
  alg?: string;
  /** Of `n` and `e`. */
  key?: KeyObject;
  /** Of the first element of `x5c`. */
  certificate?: X509Certificate;
}

/**
 * Reads a JWK and tells all that is wrong with it for an upload to Salesforce.
 * @see https://help.salesforce.com/s/articleView?id=service.user_verification_troubleshooting
 */
export function readJwk(text: string): Reading<ReadJwk> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'is not JSON.' };
  }
  if (Array.isArray(value))
    return { problem: 'is a list of keys; Salesforce takes one key as one JSON object a file.' };
  if (typeof value !== 'object' || value === null) return { problem: 'is no JSON object.' };
  if ('keys' in value)
    return { problem: 'is a key set ({"keys": […]}); Salesforce takes one key as one JSON object a file.' };
  return readMembers(value as Record<string, unknown>);
}

function readMembers(jwk: Record<string, unknown>): ReadJwk {
  const { kty, alg, use, kid, x5c, n, e } = jwk;
  const x5cRead = readX5c(x5c);
  const key = publicKeyOf(n, e);
  const problems = [
    ...(kty === 'RSA' ? [] : ['has not "kty": "RSA".']),
    ...(algorithms.some((known) => known === alg) ? [] : [`has not "alg": "${algorithms.join('" or "')}".`]),
    ...(use === undefined || use === 'sig' ? [] : ['has a "use" other than "sig".']),
    ...(typeof kid === 'string' && kid.trim() !== '' ? [] : ['has no "kid", which is the Auth Key ID.']),
    ...(x5cRead.problem === undefined ? [] : [x5cRead.problem]),
    ...(key === undefined ? ['has no RSA key in "n" and "e" (base64url without "=").'] : []),
  ];
  return {
    problems,
    exposed: privateMembersIn(jwk),
    ...(typeof kid === 'string' ? { kid } : {}),
    ...(typeof alg === 'string' ? { alg } : {}),
    ...(key === undefined ? {} : { key }),
    ...(x5cRead.problem === undefined ? { certificate: x5cRead.certificate } : {}),
  };
}

function readX5c(x5c: unknown): Reading<{ certificate: X509Certificate }> {
  if (!Array.isArray(x5c) || x5c.length !== 1) return { problem: 'has not exactly one certificate in the list "x5c".' };
  const [element] = x5c as unknown[];
  if (typeof element !== 'string') return { problem: 'has something other than text in "x5c".' };
  if (element.includes('-----'))
    return { problem: 'has PEM in "x5c", which takes the base64 between its header lines.' };
  if (/\s/.test(element)) return { problem: 'has blanks or line ends inside "x5c".' };
  if (/[-_]/.test(element)) return { problem: 'has base64url in "x5c", which takes standard base64 ("+" and "/").' };
  try {
    return { certificate: new X509Certificate(Buffer.from(element, 'base64')) };
  } catch {
    return { problem: 'has no certificate (base64 of DER) in "x5c".' };
  }
}

function publicKeyOf(n: unknown, e: unknown): KeyObject | undefined {
  if (![n, e].every((part) => typeof part === 'string' && /^[A-Za-z0-9_-]+$/.test(part))) return undefined;
  try {
    return createPublicKey({ key: { kty: 'RSA', n: n as string, e: e as string }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** A JWK that may be written again, as metadata of a key set. @returns undefined for one that is not as it should be */
export function reusableJwk(text: string | undefined): VerificationJwk | undefined {
  if (text === undefined) return undefined;
  const read = readJwk(text);
  if (read.problem !== undefined || read.problems.length > 0 || read.exposed.length > 0) return undefined;
  return JSON.parse(text.replace(/^\uFEFF/, '')) as VerificationJwk;
}

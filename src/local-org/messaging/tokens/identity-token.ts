import type { JWTPayload } from 'jose';

import { notImplemented } from '../../http/rest-error.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { MessagingChannel, VerificationKey } from '../deployment/messaging-deployment.ts';
import { verificationKeyset } from '../deployment/verification-keyset.ts';
import { verifiedSubject } from './subject.ts';

/** Algorithms of user verification (help, "Token-Based User Verification"). */
const ALGORITHMS: ReadonlySet<string | undefined> = new Set(['RS256', 'RS512']);

/** Who an identity token says the user is, or why it is not believed. */
export type Identity = { readonly subject: string } | { readonly problem: string };

/**
 * Checks a customer identity token against the keysets that the channel has enabled: `kid`, algorithm, signature by the
 * registered certificate, `iss` of the keyset, `exp`, `sub`.
 * @throws RestError 501 if only keys behind a URL could know the token's
 */
export async function identityOf(org: OrgState, channel: MessagingChannel, token: string): Promise<Identity> {
  const { decodeProtectedHeader } = await import('jose');
  let header: { kid?: string | undefined; alg?: string | undefined };
  try {
    header = decodeProtectedHeader(token);
  } catch {
    return { problem: 'it is no JWT' };
  }
  if (!ALGORITHMS.has(header.alg)) return { problem: `its alg is ${header.alg}, not RS256 or RS512` };
  const keysets = channel.keysets.flatMap((name) => verificationKeyset(org, name) ?? []);
  for (const { issuer, keys, name } of keysets) {
    const key = keys.find(({ kid }) => kid === header.kid);
    if (key === undefined) continue;
    const verdict = await verify(org, token, key, issuer);
    if ('problem' in verdict) return verdict;
    const { sub } = verdict.payload;
    return sub === undefined || sub === '' ? { problem: 'it has no sub' } : { subject: verifiedSubject(name, sub) };
  }
  if (keysets.some(({ jwksUrl }) => jwksUrl !== undefined)) throw notImplemented('keysets of the type JWKS_URL');
  return { problem: `no active key of an enabled keyset has the kid ${header.kid}` };
}

async function verify(
  org: OrgState,
  token: string,
  key: VerificationKey,
  issuer: string,
): Promise<{ readonly payload: JWTPayload } | { readonly problem: string }> {
  const { errors, importX509, jwtVerify } = await import('jose');
  try {
    return await jwtVerify(token, await importX509(key.certificate, key.alg), {
      algorithms: [key.alg],
      issuer,
      requiredClaims: ['exp'],
      currentDate: org.now(),
    });
  } catch (error) {
    if (error instanceof errors.JOSEError) return { problem: error.message };
    throw error;
  }
}

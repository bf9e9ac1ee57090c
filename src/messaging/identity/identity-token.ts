import type { KeyObject } from 'node:crypto';

import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';

export interface IdentityTokenRequest {
  /** RSA; the one whose public half is registered under `kid`. */
  readonly privateKey: KeyObject;
  /** What the registered JWK calls itself. */
  readonly kid: string;
  readonly alg: 'RS256' | 'RS512';
  /** `iss`: the issuer of the keyset. */
  readonly issuer: string;
  /** `sub`: the contact. The same one finds the same conversations again. */
  readonly subject: string;
  /** Further claims. They cannot replace `iss`, `sub`, `iat` and `exp`. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Milliseconds, counted in whole seconds. */
  readonly lifetimeMs: number;
}

const ownClaims = ['iss', 'sub', 'iat', 'exp'];

/**
 * Signs an identity token as Salesforce's own key utility does: `alg` and `kid` in the header, `iss`, `sub`, `iat`, `exp`; no `aud`
 * and no `nbf` unless they are asked for (a third party says `aud` is needed; not confirmed).
 * @returns a secret: whoever has it is the contact until it ends
 * @throws OpencxError USAGE for claims that would replace one of the four, an empty subject, or a lifetime below a second
 */
export async function signIdentityToken(request: IdentityTokenRequest, clock: Pick<Clock, 'now'>): Promise<string> {
  const { privateKey, kid, alg, issuer, subject, claims = {}, lifetimeMs } = request;
  const taken = ownClaims.filter((name) => Object.hasOwn(claims, name));
  if (taken.length > 0) {
    throw new OpencxError('USAGE', {
      message: `Further claims may not give ${taken.join(', ')}: these come from issuer, subject and lifetime.`,
    });
  }
  if (subject === '') throw new OpencxError('USAGE', { message: 'The "sub" of an identity token cannot be empty.' });
  const lifetime = Math.floor(lifetimeMs / 1000);
  if (lifetime < 1) throw new OpencxError('USAGE', { message: 'An identity token has to live for a second at least.' });
  const { SignJWT } = await import('jose');
  const now = Math.floor(clock.now() / 1000);
  return new SignJWT({ ...claims, iss: issuer, sub: subject, iat: now, exp: now + lifetime })
    .setProtectedHeader({ alg, kid })
    .sign(privateKey);
}

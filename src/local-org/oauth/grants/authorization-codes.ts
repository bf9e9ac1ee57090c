import { createHash } from 'node:crypto';

import type { OrgState } from '../../state/org-state.ts';
import { purgeExpired } from '../expired-documents.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashOf, randomSecret } from '../secrets.ts';

const KIND = 'oauth-code';
/** An authorization code lives fifteen minutes and is good for one exchange. */
const LIFETIME_MS = 15 * 60 * 1000;

/** What a user said yes to. */
export interface CodeGrant {
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly codeChallenge?: string | undefined;
  readonly challengeMethod: string;
  readonly scope: string;
}

/** Makes an authorization code for a user who said yes. */
export function issueCode(org: OrgState, grant: CodeGrant): string {
  purgeExpired(org, KIND);
  const code = `aPrx${randomSecret(48)}`;
  const expiresAt = new Date(org.now().getTime() + LIFETIME_MS).toISOString();
  org.documents.put(KIND, hashOf(code), { ...grant, expiresAt });
  return code;
}

/** What a code is exchanged with. */
export interface CodeExchange {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

/** Takes a code in; right or wrong, it is used up. @throws OAuthError invalid_grant, invalid_request, redirect_uri_mismatch */
export function redeemCode(org: OrgState, exchange: CodeExchange): CodeGrant {
  const key = hashOf(exchange.code);
  const code = org.documents.get(KIND, key) as (CodeGrant & { expiresAt: string }) | undefined;
  if (code === undefined) throw new OAuthError('invalid_grant', 'invalid authorization code');
  org.documents.delete(KIND, key);
  if (code.expiresAt <= org.now().toISOString()) throw new OAuthError('invalid_grant', 'expired authorization code');
  if (code.clientId !== exchange.clientId) throw new OAuthError('invalid_grant', 'invalid authorization code');
  if (code.redirectUri !== exchange.redirectUri) {
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  checkVerifier(code, exchange.verifier);
  return code;
}

/** PKCE (RFC 7636). The official CLI sends no method, and means S256. */
function checkVerifier(code: CodeGrant, verifier: string | undefined): void {
  if (code.codeChallenge === undefined) {
    // A verifier for a code that was asked for without a challenge proves nothing (RFC 9700, section 2.1.1).
    if (verifier !== undefined) throw new OAuthError('invalid_grant', 'invalid code verifier');
    return;
  }
  if (verifier === undefined) throw new OAuthError('invalid_request', 'code verifier required');
  const challenge =
    code.challengeMethod === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (challenge !== code.codeChallenge) throw new OAuthError('invalid_grant', 'invalid code verifier');
}

import { createHash } from 'node:crypto';

import type { OrgState } from '../state/org-state.ts';
import { oauthClient } from './clients.ts';
import type { OAuthClient } from './clients.ts';
import { assertionUser } from './jwt-assertion.ts';
import { OAuthError } from './oauth-error.ts';
import { hashOf, randomSecret } from './sessions.ts';

/** Parameters of a token request: a form's fields. */
export type TokenRequest = Readonly<Record<string, string | undefined>>;

/** Who is let in by a grant, and whether they may come again by a refresh token. */
export interface Granted {
  readonly userId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly refreshToken?: string;
}

interface StoredCode {
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly challengeMethod: string;
  readonly scope: string;
  readonly expiresAt: string;
}

interface StoredRefreshToken {
  readonly clientId: string;
  readonly userId: string;
  readonly scope: string;
}

const CODE_KIND = 'oauth-code';
const REFRESH_KIND = 'oauth-refresh-token';
/** An authorization code lives fifteen minutes and is good for one exchange. */
const CODE_LIFETIME_MS = 15 * 60 * 1000;

type Grant = (org: OrgState, request: TokenRequest) => Granted | Promise<Granted>;

/** The flows of the token endpoint, by `grant_type`. */
export const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: codeGrant,
  refresh_token: refreshGrant,
  client_credentials: clientCredentialsGrant,
  'urn:ietf:params:oauth:grant-type:jwt-bearer': jwtGrant,
  // Orgs made since Summer '23 block this flow by default, with the answer of a wrong password.
  password: () => {
    throw new OAuthError('invalid_grant', 'authentication failure');
  },
};

/** Makes an authorization code for a user who said yes. */
export function issueCode(org: OrgState, init: Omit<StoredCode, 'expiresAt'>): string {
  const code = `aPrx${randomSecret(48)}`;
  const expiresAt = new Date(org.now().getTime() + CODE_LIFETIME_MS).toISOString();
  org.documents.put(CODE_KIND, hashOf(code), { ...init, expiresAt });
  return code;
}

/** Forgets a refresh token; false if there was none. */
export function revokeRefreshToken(org: OrgState, token: string): boolean {
  return org.documents.delete(REFRESH_KIND, hashOf(token));
}

function codeGrant(org: OrgState, request: TokenRequest): Granted {
  const client = authenticatedClient(org, request, 'public-allowed');
  const key = hashOf(request['code'] ?? '');
  const code = org.documents.get(CODE_KIND, key) as StoredCode | undefined;
  if (code === undefined) throw new OAuthError('invalid_grant', 'invalid authorization code');
  org.documents.delete(CODE_KIND, key);
  if (code.expiresAt <= org.now().toISOString()) throw new OAuthError('invalid_grant', 'expired authorization code');
  if (code.clientId !== client.clientId) throw new OAuthError('invalid_grant', 'invalid authorization code');
  if (code.redirectUri !== request['redirect_uri']) {
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  checkVerifier(code, request['code_verifier']);
  const { userId, clientId, scope } = code;
  return { userId, clientId, scope, refreshToken: issueRefreshToken(org, { userId, clientId, scope }) };
}

/** PKCE (RFC 7636). The official CLI sends no method, and means S256. */
function checkVerifier(code: StoredCode, verifier: string | undefined): void {
  if (code.codeChallenge === undefined) return;
  if (verifier === undefined) throw new OAuthError('invalid_request', 'code verifier required');
  const challenge =
    code.challengeMethod === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (challenge !== code.codeChallenge) throw new OAuthError('invalid_grant', 'invalid code verifier');
}

function issueRefreshToken(org: OrgState, stored: StoredRefreshToken): string {
  const token = `5Aep${randomSecret(48)}`;
  org.documents.put(REFRESH_KIND, hashOf(token), stored);
  return token;
}

function refreshGrant(org: OrgState, request: TokenRequest): Granted {
  const client = authenticatedClient(org, request, 'public-allowed');
  const stored = org.documents.get(REFRESH_KIND, hashOf(request['refresh_token'] ?? '')) as
    | StoredRefreshToken
    | undefined;
  if (stored === undefined || stored.clientId !== client.clientId) {
    throw new OAuthError('invalid_grant', 'expired access/refresh token');
  }
  return { userId: stored.userId, clientId: stored.clientId, scope: stored.scope };
}

function clientCredentialsGrant(org: OrgState, request: TokenRequest): Granted {
  const client = authenticatedClient(org, request, 'secret-required');
  if (client.runAsUserId === undefined) {
    throw new OAuthError('invalid_grant', 'no client credentials user enabled');
  }
  return { userId: client.runAsUserId, clientId: client.clientId, scope: 'api' };
}

async function jwtGrant(org: OrgState, request: TokenRequest): Promise<Granted> {
  const { userId, clientId } = await assertionUser(org, request['assertion'] ?? '');
  return { userId, clientId, scope: 'web api' };
}

function authenticatedClient(
  org: OrgState,
  request: TokenRequest,
  rule: 'public-allowed' | 'secret-required',
): OAuthClient {
  const client = oauthClient(org, request['client_id'] ?? '');
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const secret = request['client_secret'];
  const wrong = secret !== undefined && client.secretHash !== undefined && hashOf(secret) !== client.secretHash;
  const missing = secret === undefined && (rule === 'secret-required' || client.secretHash !== undefined);
  // A client with PKCE may be public even if it has a secret: the verifier proves it (web server flow with PKCE).
  const proves = rule === 'public-allowed' && (request['code_verifier'] ?? request['refresh_token']) !== undefined;
  if (wrong || (missing && !proves)) throw new OAuthError('invalid_client', 'invalid client credentials');
  return client;
}

import { randomBytes, randomUUID } from 'node:crypto';

import { purgeExpired } from '../../oauth/expired-documents.ts';
import type { OrgState } from '../../state/org-state.ts';
import { GatewayRefusal } from '../http/scrt-error.ts';

const SECRET_KIND = 'messaging-token-secret';
const TOKEN_KIND = 'messaging-token';

/** Whom an access token speaks for, and until when. */
export interface Bearer {
  readonly subject: string;
  /** Another one for each token: a browser tab has one of its own. */
  readonly clientId: string;
  /** ES Developer Name. */
  readonly deployment: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  /** Names the token among those of the org. */
  readonly tokenId: string;
}

interface StoredToken {
  readonly state: 'live' | 'revoked' | 'expired';
  readonly expiresAt: string;
}

/** Signs an access token; the org remembers that it gave it out, not the token. */
export async function issueAccessToken(org: OrgState, init: Omit<Bearer, 'tokenId' | 'clientId'>): Promise<string> {
  purgeExpired(org, TOKEN_KIND);
  const { SignJWT } = await import('jose');
  const tokenId = randomUUID();
  const stored: StoredToken = { state: 'live', expiresAt: new Date(init.expiresAt * 1000).toISOString() };
  org.documents.put(TOKEN_KIND, tokenId, stored);
  return await new SignJWT({ orgId: shortOrgId(org), clientId: randomUUID(), deployment: init.deployment })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setJti(tokenId)
    .setSubject(init.subject)
    .setIssuedAt(Math.floor(org.now().getTime() / 1000))
    .setExpirationTime(init.expiresAt)
    .sign(secretOf(org));
}

/**
 * Whom a token speaks for.
 * @throws GatewayRefusal for a token that is missing, forged, revoked or expired
 */
export async function bearerOf(org: OrgState, token: string | undefined): Promise<Bearer> {
  if (token === undefined) throw new GatewayRefusal('Jwt is missing');
  const { payload } = await verified(org, token);
  const { sub = '', exp = 0, jti = '', clientId, deployment } = payload;
  if (typeof clientId !== 'string' || typeof deployment !== 'string')
    throw new GatewayRefusal('Jwt verification fails');
  const stored = org.documents.get(TOKEN_KIND, jti) as StoredToken | undefined;
  if (stored?.state === 'expired') throw new GatewayRefusal('Jwt is expired');
  if (stored?.state !== 'live') throw new GatewayRefusal('Jwt is revoked');
  return { subject: sub, clientId, deployment, expiresAt: exp, tokenId: jti };
}

async function verified(org: OrgState, token: string): Promise<{ payload: Record<string, unknown> & Claims }> {
  const { errors, jwtVerify } = await import('jose');
  try {
    return await jwtVerify(token, secretOf(org), { algorithms: ['HS256'], currentDate: org.now() });
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new GatewayRefusal('Jwt is expired');
    if (error instanceof errors.JOSEError) throw new GatewayRefusal('Jwt verification fails');
    throw error;
  }
}

interface Claims {
  readonly sub?: string;
  readonly exp?: number;
  readonly jti?: string;
}

/** Ends a token for good. */
export function revokeAccessToken(org: OrgState, tokenId: string): void {
  setState(org, tokenId, 'revoked');
}

/** Has all tokens expire at this moment. @returns how many */
export function expireAccessTokens(org: OrgState): number {
  const live = org.documents.list(TOKEN_KIND).filter(({ value }) => (value as StoredToken).state === 'live');
  for (const { key } of live) setState(org, key, 'expired');
  return live.length;
}

function setState(org: OrgState, tokenId: string, state: StoredToken['state']): void {
  const stored = org.documents.get(TOKEN_KIND, tokenId) as StoredToken | undefined;
  if (stored !== undefined) org.documents.put(TOKEN_KIND, tokenId, { ...stored, state });
}

/** The 15 characters that Live Messaging knows an org by. */
export function shortOrgId(org: OrgState): string {
  return org.settings.organizationId.slice(0, 15);
}

function secretOf(org: OrgState): Uint8Array {
  const known = org.documents.get(SECRET_KIND, 'secret');
  if (typeof known === 'string') return Buffer.from(known, 'base64');
  const secret = randomBytes(32);
  org.documents.put(SECRET_KIND, 'secret', secret.toString('base64'));
  return secret;
}

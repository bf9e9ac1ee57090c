import type { OrgState } from '../../state/org-state.ts';
import { hashOf, randomSecret } from '../secrets.ts';
import { revokeSessionsOfGrant } from '../sessions.ts';
import type { TokenAge } from './refresh-policy.ts';

const KIND = 'oauth-refresh-token';

/** What a refresh token stands for. */
export interface RefreshGrant extends TokenAge {
  readonly clientId: string;
  readonly userId: string;
  readonly scope: string;
  /** How often it was used; tokens of earlier versions do not know. */
  readonly useCount?: number;
}

/** Makes a refresh token. `grantKey` ties to it the sessions it gives, so that they end with it. */
export function issueRefreshToken(org: OrgState, grant: RefreshGrant): { token: string; grantKey: string } {
  const token = `5Aep${randomSecret(48)}`;
  const grantKey = hashOf(token);
  org.documents.put(KIND, grantKey, { ...grant, issuedAt: org.now().toISOString() });
  return { token, grantKey };
}

/** The grant of a refresh token; undefined if it is unknown or revoked. */
export function refreshGrantOf(org: OrgState, token: string): (RefreshGrant & { grantKey: string }) | undefined {
  const grantKey = hashOf(token);
  const { clientId, userId, scope, ...age } = (org.documents.get(KIND, grantKey) ?? {}) as Partial<RefreshGrant>;
  if (clientId === undefined || userId === undefined || scope === undefined) return undefined;
  return { clientId, userId, scope, grantKey, ...age };
}

/** Notes that a refresh token was used: policies may count from its last use. */
export function touchRefreshToken(org: OrgState, grantKey: string): void {
  const grant = org.documents.get(KIND, grantKey) as RefreshGrant | undefined;
  if (grant === undefined) return;
  const useCount = (grant.useCount ?? 0) + 1;
  org.documents.put(KIND, grantKey, { ...grant, usedAt: org.now().toISOString(), useCount });
}

/** What all refresh tokens that are not revoked stand for, in the order of their making. */
export function refreshGrants(org: OrgState): RefreshGrant[] {
  return org.documents.list(KIND).map(({ value }) => value as RefreshGrant);
}

/** Ends all refresh tokens of a client. */
export function revokeRefreshTokensOf(org: OrgState, clientId: string): void {
  for (const { key, value } of org.documents.list(KIND)) {
    if ((value as RefreshGrant).clientId === clientId) org.documents.delete(KIND, key);
  }
}

/** True if a user holds a refresh token of a client, and so has approved it for work without them. */
export function hasRefreshToken(org: OrgState, clientId: string, userId: string): boolean {
  return org.documents.list(KIND).some(({ value }) => {
    const grant = value as RefreshGrant;
    return grant.clientId === clientId && grant.userId === userId;
  });
}

/** Ends a refresh token and all sessions it gave (OAuth 2.0 token revocation); false if there was none. */
export function revokeRefreshToken(org: OrgState, token: string): boolean {
  const grantKey = hashOf(token);
  return org.transaction(() => {
    const existed = org.documents.delete(KIND, grantKey);
    if (existed) revokeSessionsOfGrant(org, grantKey);
    return existed;
  });
}

/** Only these scopes bring a refresh token; `full` does not contain them (OAuth tokens and scopes). */
export function wantsRefreshToken(scope: string): boolean {
  return scope.split(/\s+/).some((name) => name === 'refresh_token' || name === 'offline_access');
}

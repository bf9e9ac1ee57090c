import type { Session } from '../http/route.ts';
import type { OrgState } from '../state/org-state.ts';
import { purgeExpired } from './expired-documents.ts';
import { hashOf, randomSecret } from './secrets.ts';

const KIND = 'session';
/** A session's life when nobody asks for another: one day, so that a local org can run through a working day. */
const DEFAULT_LIFETIME_SECONDS = 24 * 60 * 60;

interface StoredSession {
  readonly userId: string;
  readonly clientId?: string;
  readonly scope?: string;
  readonly grantKey?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface SessionInit {
  readonly userId: string;
  /** The OAuth client it was given to; undefined for one made by the control API. */
  readonly clientId?: string;
  readonly scope?: string;
  /** Key of the refresh token it came from; it ends with that. */
  readonly grantKey?: string;
  /** Seconds from now; negative makes a session that has expired already. */
  readonly lifetimeSeconds?: number;
}

/** A session as told to who asks about it. Times are ISO 8601. */
export interface SessionInfo extends Session {
  readonly clientId: string | undefined;
  readonly scope: string | undefined;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * Opens a session and gives its token in Salesforce's form `00D…!…`. Only a hash of the token is stored, so that a data
 * directory does not hold keys to the org.
 */
export function createSession(org: OrgState, init: SessionInit): Session {
  purgeExpired(org, KIND);
  const token = `${org.settings.organizationId.slice(0, 15)}!${randomSecret(64)}`;
  const now = org.now();
  const { userId, clientId, scope, grantKey, lifetimeSeconds: lifetime = DEFAULT_LIFETIME_SECONDS } = init;
  const stored: StoredSession = {
    userId,
    ...(clientId === undefined ? {} : { clientId }),
    ...(scope === undefined ? {} : { scope }),
    ...(grantKey === undefined ? {} : { grantKey }),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetime * 1000).toISOString(),
  };
  org.documents.put(KIND, hashOf(token), stored);
  return { token, userId };
}

/** The session of a token; undefined if it is unknown, revoked, expired, or its user is no longer active. */
export function sessionOf(org: OrgState, token: string): Session | undefined {
  return sessionInfo(org, token);
}

/** As `sessionOf`, with what introspection tells. */
export function sessionInfo(org: OrgState, token: string): SessionInfo | undefined {
  const stored = org.documents.get(KIND, hashOf(token)) as StoredSession | undefined;
  if (stored === undefined || stored.expiresAt <= org.now().toISOString()) return undefined;
  const user = org.records.get('User', stored.userId);
  if (user?.['IsActive'] !== true) return undefined;
  const { userId, clientId, scope, createdAt, expiresAt } = stored;
  return { token, userId, clientId, scope, createdAt, expiresAt };
}

/** Ends a session; false if there was none. */
export function revokeSession(org: OrgState, token: string): boolean {
  return org.documents.delete(KIND, hashOf(token));
}

/** Ends all sessions of a user, or of everybody. @returns how many */
export function revokeSessions(org: OrgState, userId?: string): number {
  return revokeWhere(org, (session) => userId === undefined || session.userId === userId);
}

/** Ends all sessions that came from a refresh token. @returns how many */
export function revokeSessionsOfGrant(org: OrgState, grantKey: string): number {
  return revokeWhere(org, (session) => session.grantKey === grantKey);
}

/** Ends all sessions that were given to a client. @returns how many */
export function revokeSessionsOfClient(org: OrgState, clientId: string): number {
  return revokeWhere(org, (session) => session.clientId === clientId);
}

function revokeWhere(org: OrgState, isMeant: (session: StoredSession) => boolean): number {
  const meant = org.documents.list(KIND).filter(({ value }) => isMeant(value as StoredSession));
  for (const { key } of meant) org.documents.delete(KIND, key);
  return meant.length;
}

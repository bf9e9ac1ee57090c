import { createHash, randomBytes } from 'node:crypto';

import type { Session } from '../http/route.ts';
import type { OrgState } from '../state/org-state.ts';

const KIND = 'session';
/** A session's life when nobody asks for another: one day, so that a local org can run through a working day. */
const DEFAULT_LIFETIME_SECONDS = 24 * 60 * 60;

interface StoredSession {
  readonly userId: string;
  readonly clientId: string | undefined;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface SessionInit {
  readonly userId: string;
  /** The OAuth client it was given to; undefined for one made by the control API. */
  readonly clientId?: string;
  /** Seconds from now; negative makes a session that has expired already. */
  readonly lifetimeSeconds?: number;
}

/** A session as told to who asks about it. Times are ISO 8601. */
export interface SessionInfo extends Session {
  readonly clientId: string | undefined;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * Opens a session and gives its token in Salesforce's form `00D…!…`. Only a hash of the token is stored, so that a data
 * directory does not hold keys to the org.
 */
export function createSession(org: OrgState, init: SessionInit): Session {
  const token = `${org.settings.organizationId.slice(0, 15)}!${randomSecret(64)}`;
  const now = org.now();
  const lifetime = init.lifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS;
  const stored: StoredSession = {
    userId: init.userId,
    clientId: init.clientId,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetime * 1000).toISOString(),
  };
  org.documents.put(KIND, hashOf(token), stored);
  return { token, userId: init.userId };
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
  return user?.['IsActive'] === true ? { token, ...stored, clientId: stored.clientId } : undefined;
}

/** Ends a session; false if there was none. */
export function revokeSession(org: OrgState, token: string): boolean {
  return org.documents.delete(KIND, hashOf(token));
}

/** Ends all sessions of a user, or of everybody. @returns how many */
export function revokeSessions(org: OrgState, userId?: string): number {
  let count = 0;
  for (const { key, value } of org.documents.list(KIND)) {
    if (userId !== undefined && (value as StoredSession).userId !== userId) continue;
    org.documents.delete(KIND, key);
    count += 1;
  }
  return count;
}

/** Random text of letters, digits, `.` and `_`: the characters clients expect in a token. */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url').replaceAll('-', '.');
}

/** What is kept of a secret. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

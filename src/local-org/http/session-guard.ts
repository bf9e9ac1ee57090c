import type { MiddlewareHandler } from 'hono';

import { sessionOf } from '../oauth/sessions.ts';
import { userHasPermission } from '../records/user-permission-row.ts';
import type { OrgState } from '../state/org-state.ts';
import { RestError } from './rest-error.ts';
import type { LocalOrgEnv } from './route.ts';

const LOWEST_VERSION = 31;

/**
 * Lets in calls that carry a live session (`Authorization: Bearer …` or `OAuth …`).
 * @throws RestError 401 INVALID_SESSION_ID
 */
export function sessionRequired(org: OrgState): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const session = token === undefined ? undefined : sessionOf(org, token);
    if (session === undefined) throw new RestError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    c.set('session', session);
    await next();
  };
}

/**
 * Lets in users who may use the API: those with API Enabled. Published answers to users without it speak of the
 * organization, as to orgs whose edition has no API.
 * @throws RestError 403 API_DISABLED_FOR_ORG
 */
export function apiEnabled(org: OrgState): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    if (!userHasPermission(org, c.get('session').userId, 'ApiEnabled')) {
      throw new RestError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
    }
    await next();
  };
}

/** Lets in calls below `/services/data/vXX.0` that ask for a version this org has. @throws RestError 404 NOT_FOUND */
export function versionOffered(org: OrgState): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    if (!isVersion(c.req.param('version') ?? '', org.settings.apiVersion)) throw resourceNotFound();
    await next();
  };
}

/** The answer for a path that is no resource. */
export function resourceNotFound(): RestError {
  return new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** True for `v31.0` up to the org's own. */
export function isVersion(segment: string, highest: string): boolean {
  const version = /^v(\d{2,3})\.0$/.exec(segment)?.[1];
  return version !== undefined && Number(version) >= LOWEST_VERSION && Number(version) <= Number(highest);
}

/** All versions offered, lowest first, e.g. `31.0`. */
export function offeredVersions(highest: string): string[] {
  const versions: string[] = [];
  for (let version = LOWEST_VERSION; version <= Number(highest); version++) versions.push(`${version}.0`);
  return versions;
}

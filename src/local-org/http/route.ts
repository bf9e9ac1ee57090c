import type { Hono } from 'hono';

import type { OrgState } from '../state/org-state.ts';

/** Who is calling: made by a login, looked up from the bearer token (REST) or the SessionHeader (SOAP). */
export interface Session {
  readonly token: string;
  readonly userId: string;
}

/** What `app.ts` puts on the context of every request below `/services/data/` before a route sees it. */
export interface LocalOrgEnv {
  Variables: {
    session: Session;
  };
}

/** Adds one group of routes. Paths carry the version: `/services/data/:version/query`. */
export type RouteRegistrant = (app: Hono<LocalOrgEnv>, org: OrgState) => void;

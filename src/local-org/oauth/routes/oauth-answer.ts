import type { Context } from 'hono';

import type { LocalOrgEnv } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { OAuthError } from '../oauth-error.ts';
import { sessionInfo } from '../sessions.ts';

/** Runs a step and words its OAuth errors as JSON. */
export async function oauthAnswer(
  c: Context<LocalOrgEnv>,
  step: () => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return c.json({ error: error.error, error_description: error.message }, error.status);
  }
}

/** For the endpoints that take a bearer token, and word its absence in their own way (identity URLs). */
export function asUser(c: Context<LocalOrgEnv>, org: OrgState, step: (userId: string) => Response): Response {
  const bearer =
    /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? c.req.query('access_token');
  if (bearer === undefined) return c.text('Missing_OAuth_Token', 403);
  const session = sessionInfo(org, bearer);
  return session === undefined ? c.text('Bad_OAuth_Token', 403) : step(session.userId);
}

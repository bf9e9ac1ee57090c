import type { RouteRegistrant } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { authenticatedClient, confidentialUnless } from '../clients/client-authentication.ts';
import { grantFor } from '../grants/grants.ts';
import { refreshGrantOf, revokeRefreshToken } from '../grants/refresh-tokens.ts';
import { createSession, revokeSession, sessionInfo } from '../sessions.ts';
import { oauthAnswer } from './oauth-answer.ts';
import { formOf, tokenRequest } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';

/** `token`, `revoke` and `introspect` below `/services/oauth2/`. */
export const registerTokenRoutes: RouteRegistrant = (app, org) => {
  app.post('/services/oauth2/token', (c) =>
    oauthAnswer(c, async () => c.json(await tokenFor(org, await tokenRequest(c)))),
  );
  app.on(['GET', 'POST'], '/services/oauth2/revoke', async (c) => {
    const token = (c.req.method === 'POST' ? await formOf(c) : c.req.query())['token'] ?? '';
    if (revokeSession(org, token) || revokeRefreshToken(org, token)) return c.body(null, 200);
    return c.json({ error: 'unsupported_token_type', error_description: 'this token type is not supported' }, 400);
  });
  app.post('/services/oauth2/introspect', (c) =>
    oauthAnswer(c, async () => c.json(introspected(org, await tokenRequest(c)))),
  );
};

async function tokenFor(org: OrgState, request: TokenRequest): Promise<Record<string, unknown>> {
  const { refreshToken, ...granted } = await grantFor(org, request);
  const session = createSession(org, granted);
  return {
    access_token: session.token,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    scope: granted.scope,
    instance_url: org.baseUrl(),
    id: identityUrl(org, granted.userId),
    token_type: 'Bearer',
    issued_at: String(org.now().getTime()),
  };
}

const introspectRule = confidentialUnless(() => true);

/**
 * What a client may know of a token (RFC 7662): that one of its own is alive, and whose. Salesforce lets a client see others'
 * tokens only by a setting (`isIntrospectAllTokens`).
 */
function introspected(org: OrgState, request: TokenRequest): Record<string, unknown> {
  const { clientId, introspectsAllTokens = false } = authenticatedClient(org, request, introspectRule, 401);
  const token = request['token'] ?? '';
  const session = sessionInfo(org, token);
  const grant = session ?? refreshGrantOf(org, token);
  if (grant === undefined || (grant.clientId !== clientId && !introspectsAllTokens)) return { active: false };
  return {
    active: true,
    scope: grant.scope,
    client_id: grant.clientId ?? clientId,
    username: org.records.get('User', grant.userId)?.['Username'],
    sub: identityUrl(org, grant.userId),
    token_type: session === undefined ? 'refresh_token' : 'access_token',
    ...(session === undefined ? {} : { exp: seconds(session.expiresAt), iat: seconds(session.createdAt) }),
  };
}

function identityUrl(org: OrgState, userId: string): string {
  return `${org.baseUrl()}/id/${org.settings.organizationId}/${userId}`;
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

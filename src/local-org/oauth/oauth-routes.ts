import type { Context } from 'hono';
import { html } from 'hono/html';

import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { offeredVersions } from '../http/session-guard.ts';
import { findUser } from '../records/find-user.ts';
import type { OrgState } from '../state/org-state.ts';
import { oauthClient } from './clients.ts';
import { GRANTS, issueCode, revokeRefreshToken } from './grants.ts';
import type { TokenRequest } from './grants.ts';
import { identityOf, userInfoOf } from './identity.ts';
import { OAuthError } from './oauth-error.ts';
import { createSession, revokeSession, sessionInfo } from './sessions.ts';
import { fieldText } from '../state/field-text.ts';

/** The OAuth endpoints below `/services/oauth2/`, and the identity URL they point to. */
export const registerOAuthRoutes: RouteRegistrant = (app, org) => {
  app.get('/services/oauth2/authorize', (c) => authorize(c, org));
  app.post('/services/oauth2/authorize', async (c) => approve(c, org, await form(c)));
  app.post('/services/oauth2/token', (c) => oauth(c, async () => c.json(await token(org, await tokenRequest(c)))));
  for (const method of ['get', 'post'] as const) {
    app[method]('/services/oauth2/userinfo', (c) => asUser(c, org, (userId) => c.json(userInfoOf(org, userId))));
    app[method]('/services/oauth2/revoke', async (c) => {
      const value = c.req.query('token') ?? (c.req.method === 'POST' ? (await form(c))['token'] : undefined) ?? '';
      const revoked = revokeSession(org, value) || revokeRefreshToken(org, value);
      return revoked
        ? c.body(null, 200)
        : c.json({ error: 'unsupported_token_type', error_description: 'this token type is not supported' }, 400);
    });
  }
  app.post('/services/oauth2/introspect', async (c) => introspect(c, org, await form(c)));
  app.get('/services/oauth2/singleaccess', (c) =>
    asUser(c, org, (userId) => {
      const target = c.req.query('redirect_uri') ?? '/';
      const { token: sid } = createSession(org, { userId, lifetimeSeconds: 60 });
      const query = new URLSearchParams({ sid, retURL: target });
      return c.json({ frontdoor_uri: `${org.baseUrl()}/secur/frontdoor.jsp?${query.toString()}` });
    }),
  );
  app.get('/id/:organizationId/:userId', (c) =>
    asUser(c, org, (userId) => {
      if (c.req.param('organizationId').slice(0, 15) !== org.settings.organizationId.slice(0, 15)) {
        return c.text('Bad_OrgId', 404);
      }
      return c.json(identityOf(org, userId, offeredVersions(org.settings.apiVersion)));
    }),
  );
};

async function token(org: OrgState, request: TokenRequest): Promise<Record<string, unknown>> {
  const type = request['grant_type'] ?? '';
  const grant = GRANTS[type];
  if (grant === undefined) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  const granted = await grant(org, request);
  const session = createSession(org, granted);
  return {
    access_token: session.token,
    ...(granted.refreshToken === undefined ? {} : { refresh_token: granted.refreshToken }),
    scope: granted.scope,
    instance_url: org.baseUrl(),
    id: `${org.baseUrl()}/id/${org.settings.organizationId}/${granted.userId}`,
    token_type: 'Bearer',
    issued_at: String(org.now().getTime()),
  };
}

interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly fields: TokenRequest;
}

/** Checks a request to authorize. What is wrong with the client or its callback is shown, never sent to the callback. */
function authorizeRequest(org: OrgState, fields: TokenRequest): AuthorizeRequest {
  const clientId = fields['client_id'] ?? '';
  const client = oauthClient(org, clientId);
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const redirectUri = fields['redirect_uri'] ?? '';
  if (!client.callbackUrls.includes(redirectUri)) {
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  if (fields['response_type'] !== 'code') {
    throw new OAuthError('unsupported_response_type', 'response type must be code');
  }
  return { clientId, redirectUri, fields };
}

/**
 * Salesforce shows a login and an approval here. The local org has no passwords: it asks only whom to be. With
 * `prompt=none` or a `login_hint` that names a user nothing is asked.
 */
function authorize(c: Context<LocalOrgEnv>, org: OrgState): Response | Promise<Response> {
  return oauth(c, () => {
    const fields = c.req.query();
    authorizeRequest(org, fields);
    if (fields['prompt'] === 'none' || fields['login_hint'] !== undefined) {
      return approve(c, org, { ...fields, username: fields['login_hint'] });
    }
    const users = org.records.all('User').filter((user) => user['IsActive'] === true);
    return c.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Local org: log in</title>
          </head>
          <body>
            <h1>${org.settings.name}</h1>
            <p>Allow ${fields['client_id']} to act in this local org as:</p>
            <form method="post" action="/services/oauth2/authorize">
              ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
              <select name="username">
                ${users.map((user) => html`<option>${fieldText(user['Username'])}</option>`)}
              </select>
              <button type="submit">Allow</button>
            </form>
          </body>
        </html>`,
    );
  });
}

function approve(c: Context<LocalOrgEnv>, org: OrgState, fields: TokenRequest): Response | Promise<Response> {
  return oauth(c, () => {
    const { clientId, redirectUri } = authorizeRequest(org, fields);
    const username = fields['username'];
    const user = username === undefined ? org.records.get('User', org.settings.adminUserId) : findUser(org, username);
    if (user === undefined || user['IsActive'] !== true)
      throw new OAuthError('access_denied', 'end-user denied authorization');
    const code = issueCode(org, {
      clientId,
      userId: user.Id,
      redirectUri,
      codeChallenge: fields['code_challenge'],
      challengeMethod: fields['code_challenge_method'] ?? 'S256',
      scope: fields['scope'] ?? 'api web refresh_token',
    });
    const target = new URL(redirectUri);
    target.searchParams.set('code', code);
    if (fields['state'] !== undefined) target.searchParams.set('state', fields['state']);
    return c.redirect(target.toString(), 302);
  });
}

function introspect(c: Context<LocalOrgEnv>, org: OrgState, fields: TokenRequest): Response | Promise<Response> {
  return oauth(c, () => {
    if (oauthClient(org, fields['client_id'] ?? '') === undefined) {
      throw new OAuthError('invalid_client_id', 'client identifier invalid', 401);
    }
    const info = sessionInfo(org, fields['token'] ?? '');
    if (info === undefined) return c.json({ active: false });
    return c.json({
      active: true,
      client_id: info.clientId,
      username: org.records.get('User', info.userId)?.['Username'],
      sub: `${org.baseUrl()}/id/${org.settings.organizationId}/${info.userId}`,
      token_type: 'access_token',
      exp: Math.floor(Date.parse(info.expiresAt) / 1000),
      iat: Math.floor(Date.parse(info.createdAt) / 1000),
    });
  });
}

/** Runs a step and words its OAuth errors. */
async function oauth(c: Context<LocalOrgEnv>, step: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return c.json({ error: error.error, error_description: error.message }, error.status);
  }
}

/** For the endpoints that take a bearer token and answer its absence as these endpoints do. */
function asUser(c: Context<LocalOrgEnv>, org: OrgState, step: (userId: string) => Response): Response {
  const bearer =
    /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? c.req.query('access_token');
  const session = bearer === undefined ? undefined : sessionInfo(org, bearer);
  return session === undefined ? c.text('Bad_OAuth_Token', 403) : step(session.userId);
}

/** A client may also prove itself by HTTP Basic. */
async function tokenRequest(c: Context<LocalOrgEnv>): Promise<TokenRequest> {
  const fields = await form(c);
  const basic = /^Basic\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (basic === undefined) return fields;
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const decoded = new URLSearchParams(`id=${id}&secret=${secret.join(':')}`);
  return { ...fields, client_id: decoded.get('id') ?? '', client_secret: decoded.get('secret') ?? '' };
}

async function form(c: Context<LocalOrgEnv>): Promise<TokenRequest> {
  const body = new URLSearchParams(await c.req.text());
  return { ...c.req.query(), ...Object.fromEntries(body) };
}

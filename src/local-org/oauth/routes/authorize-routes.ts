import type { Context } from 'hono';

import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';
import { findUser } from '../../records/find-user.ts';
import { settingsOf } from '../../settings/settings-documents.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { grantedScope } from '../apps/scopes.ts';
import { oauthClient } from '../clients/clients.ts';
import type { OAuthClient } from '../clients/clients.ts';
import { refuseUnapproved } from '../clients/permitted-users.ts';
import { issueCode } from '../grants/authorization-codes.ts';
import { OAuthError } from '../oauth-error.ts';
import { authorizePage } from './authorize-page.ts';
import { oauthAnswer } from './oauth-answer.ts';
import { formOf } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';

/** What a client is granted that names no scopes: all that an app of this org has. */
const DEFAULT_SCOPE = 'api web refresh_token';

/** `/services/oauth2/authorize`: the page that asks, and what it answers to the callback. */
export const registerAuthorizeRoutes: RouteRegistrant = (app, org) => {
  app.get('/services/oauth2/authorize', (c) => {
    const fields = c.req.query();
    return authorize(c, org, fields, (client) => {
      // With `prompt=none` or a `login_hint` that names a user nothing is asked.
      if (fields['prompt'] === 'none' || fields['login_hint'] !== undefined) {
        return codeFor(c, org, client, { ...fields, username: fields['login_hint'] });
      }
      const users = org.records.all('User').filter((user) => user['IsActive'] === true);
      const usernames = users.map((user) => fieldText(user['Username']));
      return c.html(authorizePage({ orgName: org.settings.name, fields, usernames }));
    });
  });
  app.post('/services/oauth2/authorize', async (c) => {
    const fields = await formOf(c);
    return authorize(c, org, fields, (client) => codeFor(c, org, client, fields));
  });
};

/**
 * Runs a step of an authorization. What is wrong with the client or its callback is shown, because whoever made the request
 * may be anybody; every other refusal goes to the callback, with the state the client sent (RFC 6749, section 4.1.2.1).
 */
function authorize(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  fields: TokenRequest,
  step: (client: OAuthClient) => Response | Promise<Response>,
): Promise<Response> {
  return oauthAnswer(c, async () => {
    const client = oauthClient(org, fields['client_id'] ?? '');
    if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
    if (!client.callbackUrls.includes(fields['redirect_uri'] ?? '')) {
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    }
    try {
      if (fields['response_type'] !== 'code') {
        throw new OAuthError('unsupported_response_type', 'response type must be code');
      }
      // Either the app asks for it, or the org does for all of them (OauthOidcSettings).
      const pkceRequired = client.pkceRequired || settingsOf(org, 'OauthOidc')['isPkceRequired'] === true;
      if (pkceRequired && fields['code_challenge'] === undefined) {
        throw new OAuthError('invalid_request', 'missing required code challenge');
      }
      return await step(client);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      return toCallback(c, fields, { error: error.error, error_description: error.message });
    }
  });
}

/** Sends a code to the callback for the user the form names, or the administrator where it names none. */
function codeFor(c: Context<LocalOrgEnv>, org: OrgState, client: OAuthClient, fields: TokenRequest): Response {
  const username = fields['username'];
  const user = username === undefined ? org.records.get('User', org.settings.adminUserId) : findUser(org, username);
  if (fields['decision'] === 'deny' || user?.['IsActive'] !== true) {
    throw new OAuthError('access_denied', 'end-user denied authorization');
  }
  refuseUnapproved(client, user.Id);
  const code = issueCode(org, {
    clientId: client.clientId,
    userId: user.Id,
    redirectUri: fields['redirect_uri'] ?? '',
    codeChallenge: fields['code_challenge'],
    challengeMethod: fields['code_challenge_method'] ?? 'S256',
    scope: grantedScope(fields['scope'] ?? '', client.scopes, DEFAULT_SCOPE),
  });
  return toCallback(c, fields, { code });
}

function toCallback(c: Context<LocalOrgEnv>, fields: TokenRequest, answer: Record<string, string>): Response {
  const target = new URL(fields['redirect_uri'] ?? '');
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  if (fields['state'] !== undefined) target.searchParams.set('state', fields['state']);
  return c.redirect(target.toString(), 302);
}

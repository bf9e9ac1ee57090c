import type { OrgState } from '../../state/org-state.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashOf } from '../secrets.ts';
import type { TokenRequest } from '../routes/token-request.ts';
import { oauthClient } from './clients.ts';
import type { OAuthClient } from './clients.ts';

/** Whether a client may do something without its secret. */
export type SecretRule = (client: OAuthClient) => 'required' | 'optional';

/** For what only a client with a secret may do. */
export const secretRequired: SecretRule = () => 'required';

/** For what a client that was given a secret must prove by it, unless a setting of its own says otherwise. */
export function confidentialUnless(setting: (client: OAuthClient) => boolean): SecretRule {
  return (client) => (client.secretHash !== undefined && setting(client) ? 'required' : 'optional');
}

/**
 * The client that makes a request. A secret that is sent must be right, also where none is needed: a client without a
 * secret has no right one.
 * @throws OAuthError invalid_client_id, invalid_client
 */
export function authenticatedClient(org: OrgState, request: TokenRequest, rule: SecretRule, status?: 401): OAuthClient {
  const client = oauthClient(org, request['client_id'] ?? '');
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid', status);
  const secret = request['client_secret'] ?? '';
  const proven = secret !== '' && client.secretHash === hashOf(secret);
  const needed = secret !== '' || rule(client) === 'required';
  if (needed && !proven) throw new OAuthError('invalid_client', 'invalid client credentials', status);
  return client;
}

import type { OrgState } from '../../state/org-state.ts';
import { scopeWithoutRefresh } from '../apps/scopes.ts';
import { authenticatedClient, confidentialUnless, secretRequired } from '../clients/client-authentication.ts';
import { oauthClient } from '../clients/clients.ts';
import { refuseUnapproved } from '../clients/permitted-users.ts';
import { OAuthError } from '../oauth-error.ts';
import type { TokenRequest } from '../routes/token-request.ts';
import { redeemCode } from './authorization-codes.ts';
import { assertionUser } from './jwt-assertion.ts';
import { isRefreshExpired } from './refresh-policy.ts';
import { issueRefreshToken, refreshGrantOf, touchRefreshToken, wantsRefreshToken } from './refresh-tokens.ts';

/** Who is let in by a grant, and whether they may come again by a refresh token. */
export interface Granted {
  readonly userId: string;
  readonly clientId: string;
  readonly scope: string;
  /** A new refresh token, to be told. */
  readonly refreshToken?: string;
  /** Key of the refresh token the session belongs to, and ends with. */
  readonly grantKey?: string;
  /** Life of the session, where the client's policy says so. */
  readonly lifetimeSeconds?: number;
}

type Grant = (org: OrgState, request: TokenRequest) => Granted | Promise<Granted>;

/** The flows of the token endpoint, by `grant_type`. */
const GRANTS: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  ['authorization_code', codeGrant],
  ['refresh_token', refreshGrant],
  ['client_credentials', clientCredentialsGrant],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', assertionUser],
  [
    'password',
    // Orgs made since Summer '23 block this flow by default, with the answer of a wrong password.
    () => {
      throw new OAuthError('invalid_grant', 'authentication failure');
    },
  ],
]);

/** Runs the flow a token request asks for. @throws OAuthError as the flow does, or unsupported_grant_type */
export async function grantFor(org: OrgState, request: TokenRequest): Promise<Granted> {
  const grant = GRANTS.get(request['grant_type'] ?? '');
  if (grant === undefined) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  const granted = await grant(org, request);
  if (org.records.get('User', granted.userId)?.['IsActive'] !== true) {
    throw new OAuthError('inactive_user', 'user is inactive');
  }
  const minutes = oauthClient(org, granted.clientId)?.sessionMinutes;
  return minutes === undefined ? granted : { ...granted, lifetimeSeconds: minutes * 60 };
}

const codeRule = confidentialUnless((client) => client.secretRequiredForWebServerFlow);
const refreshRule = confidentialUnless((client) => client.secretRequiredForRefreshToken);

function codeGrant(org: OrgState, request: TokenRequest): Granted {
  const client = authenticatedClient(org, request, codeRule);
  const { userId, clientId, scope } = redeemCode(org, {
    code: request['code'] ?? '',
    clientId: client.clientId,
    redirectUri: request['redirect_uri'],
    verifier: request['code_verifier'],
  });
  refuseUnapproved(client, userId);
  if (!wantsRefreshToken(scope)) return { userId, clientId, scope };
  const { token, grantKey } = issueRefreshToken(org, { userId, clientId, scope });
  return { userId, clientId, scope, refreshToken: token, grantKey };
}

function refreshGrant(org: OrgState, request: TokenRequest): Granted {
  const client = authenticatedClient(org, request, refreshRule);
  const grant = refreshGrantOf(org, request['refresh_token'] ?? '');
  if (
    grant === undefined ||
    grant.clientId !== client.clientId ||
    isRefreshExpired(client.refreshTokenPolicy, grant, org.now())
  ) {
    throw new OAuthError('invalid_grant', 'expired access/refresh token');
  }
  refuseUnapproved(client, grant.userId);
  touchRefreshToken(org, grant.grantKey);
  const { clientId, userId, scope, grantKey } = grant;
  return { clientId, userId, scope, grantKey };
}

function clientCredentialsGrant(org: OrgState, request: TokenRequest): Granted {
  const client = authenticatedClient(org, request, secretRequired);
  if (client.runAsUserId === undefined) {
    throw new OAuthError('invalid_grant', 'no client credentials user enabled');
  }
  refuseUnapproved(client, client.runAsUserId);
  const scope = scopeWithoutRefresh(client.scopes, 'api');
  return { userId: client.runAsUserId, clientId: client.clientId, scope };
}

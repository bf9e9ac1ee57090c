import type { OrgState } from '../../state/org-state.ts';
import { hasRefreshToken } from '../grants/refresh-tokens.ts';
import { OAuthError } from '../oauth-error.ts';
import type { OAuthClient } from './clients.ts';

/**
 * A client's Permitted Users policy, by the names of `permittedUsersPolicyType` (metadata type
 * ExtlClntAppOauthConfigurablePolicies). Users are ids.
 */
export type PermittedUsers =
  | { readonly policy: 'AllSelfAuthorized' }
  | { readonly policy: 'AdminApprovedPreAuthorized'; readonly userIds: readonly string[] };

/**
 * Refuses a user whom the administrator did not approve, and everybody where the app is switched off.
 * @throws OAuthError OAUTH_APP_ACCESS_DENIED, OAUTH_APP_BLOCKED
 */
export function refuseUnapproved(client: OAuthClient, userId: string): void {
  if (client.isBlocked === true) throw new OAuthError('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
  const permitted = client.permittedUsers;
  if (permitted?.policy !== 'AdminApprovedPreAuthorized' || permitted.userIds.includes(userId)) return;
  throw new OAuthError('OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app');
}

/**
 * Refuses an assertion for a user who was not approved beforehand. Where users approve for themselves, only an approval
 * that gave a refresh token counts: the JWT bearer flow looks for no other.
 * @throws OAuthError invalid_grant, OAUTH_APP_ACCESS_DENIED
 */
export function refuseWithoutPriorApproval(org: OrgState, client: OAuthClient, userId: string): void {
  refuseUnapproved(client, userId);
  if (client.permittedUsers?.policy !== 'AllSelfAuthorized' || hasRefreshToken(org, client.clientId, userId)) return;
  throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
}

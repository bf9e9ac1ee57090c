import type { KeyObject } from 'node:crypto';

import { findUser } from '../../records/find-user.ts';
import type { OrgState } from '../../state/org-state.ts';
import { scopeWithoutRefresh } from '../apps/scopes.ts';
import { certificateKey } from '../clients/client-certificate.ts';
import { oauthClient } from '../clients/clients.ts';
import type { OAuthClient } from '../clients/clients.ts';
import { refuseWithoutPriorApproval } from '../clients/permitted-users.ts';
import { OAuthError } from '../oauth-error.ts';
import type { TokenRequest } from '../routes/token-request.ts';

const SALESFORCE_AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/**
 * The user of a signed assertion (JWT bearer flow): RS256, verified with the certificate registered for the client in
 * `iss`, for the user named by `sub`. `aud` may be Salesforce's login hosts or this org, with a slash at its end or
 * without (the official CLI sends the slash). `exp` must not have passed; how far ahead it lies is not looked at, because
 * the official CLI sends it in milliseconds.
 * @throws OAuthError invalid_client_id, invalid_client, invalid_grant, OAUTH_APP_ACCESS_DENIED
 */
export async function assertionUser(
  org: OrgState,
  request: TokenRequest,
): Promise<{ userId: string; clientId: string; scope: string }> {
  const assertion = request['assertion'] ?? '';
  const jose = await import('jose');
  let clientId: string;
  try {
    clientId = textClaim(jose.decodeJwt(assertion).iss);
  } catch (error) {
    throw new OAuthError('invalid_grant', 'invalid assertion', 400, { cause: error });
  }
  const client = oauthClient(org, clientId);
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const key = verifyingKey(client);
  const audiences = [...SALESFORCE_AUDIENCES, org.baseUrl()].flatMap((audience) => [audience, `${audience}/`]);
  let username: string;
  try {
    const options = { algorithms: ['RS256'], audience: audiences, currentDate: org.now(), requiredClaims: ['exp'] };
    const { payload } = await jose.jwtVerify(assertion, key, options);
    username = textClaim(payload.sub);
  } catch (error) {
    throw new OAuthError('invalid_grant', reason(error));
  }
  const user = findUser(org, username);
  if (user === undefined || user['IsActive'] !== true) {
    throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  }
  refuseWithoutPriorApproval(org, client, user.Id);
  return { userId: user.Id, clientId, scope: scopeWithoutRefresh(client.scopes, 'web api') };
}

/** A client without a certificate, or with an unreadable one of an earlier version's data directory, proves nothing. */
function verifyingKey(client: OAuthClient): KeyObject {
  try {
    return certificateKey(client.certificate ?? '');
  } catch (error) {
    throw new OAuthError('invalid_client', 'invalid client credentials', 400, { cause: error });
  }
}

/** A claim as text. Its declared type is a promise of who signed, which nobody has checked. */
function textClaim(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function reason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const claim = typeof error === 'object' && error !== null && 'claim' in error ? error.claim : undefined;
  if (code === 'ERR_JWT_EXPIRED') return 'expired authorization code';
  if (claim === 'aud') return 'audience is invalid';
  return 'invalid assertion';
}

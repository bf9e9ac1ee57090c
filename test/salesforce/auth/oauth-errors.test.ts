import { describe, expect, it } from 'vitest';

import { explainOAuthError, oauthErrors } from '../../../src/salesforce/auth/oauth-errors.ts';

/** What Salesforce is known to say, and a word of the remedy. */
const known: [error: string, description: string, remedy: RegExp][] = [
  ['invalid_grant', "user hasn't approved this consumer", /AdminApprovedPreAuthorized/],
  ['invalid_app_access', 'user is not admin approved to access this app', /commaSeparatedPermissionSet/],
  ['OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app', /commaSeparatedPermissionSet/],
  ['invalid_client', 'app must be installed into org', /Approve Uninstalled Connected Apps/],
  ['OAUTH_EC_APP_NOT_FOUND', 'External client app is not installed in this org', /My Domain URL/],
  ['OAUTH_APPROVAL_ERROR_GENERIC', 'An unexpected error has occurred', /Approve Uninstalled/],
  ['invalid_grant', 'no client credentials user enabled', /clientCredentialsFlowUser/],
  ['invalid_grant', 'request not supported on this domain', /My Domain URL/],
  ['unsupported_grant_type', 'grant type not supported', /isClientCredentialsFlowEnabled/],
  ['invalid_client_id', 'client identifier invalid', /2 to 10 minutes/],
  ['invalid_client', 'invalid client credentials', /isConsumerSecretOptional/],
  ['invalid_grant', 'audience is invalid', /test\.salesforce\.com for sandboxes/],
  ['invalid_grant', 'Audience validation failed', /SF_AUDIENCE_URL/],
  ['invalid_grant', 'invalid assertion', /certificate/],
  ['invalid_grant', 'expired access/refresh token', /refreshTokenPolicyType/],
  ['invalid_grant', 'expired authorization code', /clock/],
  ['invalid_grant', 'invalid authorization code', /Start the login again/],
  ['invalid_grant', 'invalid code verifier', /isPkceRequired/],
  ['redirect_uri_mismatch', 'redirect_uri must match configuration', /OauthRedirect/],
  ['invalid_scope', 'the requested scope is not allowed', /commaSeparatedOauthScopes/],
  ['invalid_grant', 'ip restricted', /ipRelaxationPolicyType/],
  ['inactive_user', 'user is inactive', /Setup > Users/],
  ['invalid_grant', 'inactive user', /Setup > Users/],
  ['invalid_grant', 'login rate exceeded', /Wait/],
  ['access_denied', 'end-user denied authorization', /Allow/],
  ['invalid_grant', 'authentication failure', /Login History/],
  ['unknown_error', 'retry your request', /status\.salesforce\.com/],
];

describe('the explanation of an OAuth error', () => {
  it.each(known)('%s: %s', (error, description, remedy) => {
    const { means, nextSteps } = explainOAuthError(error, description);
    expect(means).toMatch(/^[A-Z].+\.$/);
    expect(nextSteps.join('\n')).toMatch(remedy);
  });

  it('points to the login history for what nobody has seen before', () => {
    expect(explainOAuthError('novel_error', 'something else')).toEqual({
      nextSteps: [expect.stringContaining('Login History')],
    });
  });

  it('has no row that another one hides', () => {
    const reached = new Set(known.map(([error, text]) => explainOAuthError(error, text).means));
    expect(reached).toEqual(new Set(oauthErrors.map((row) => row.means)));
  });
});

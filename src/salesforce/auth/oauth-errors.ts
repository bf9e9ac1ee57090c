import { OpencxError } from '../../errors/opencx-error.ts';

interface OAuthErrorRow {
  /** Tested against `<error>: <error_description>`, without regard to case. */
  matches: RegExp;
  /** What it means, in one sentence. */
  means: string;
  nextSteps: readonly string[];
}

const policies = 'Setup > External Client App Manager > the app > Policies > OAuth Policies';
const settings = 'Setup > External Client App Manager > the app > Settings > OAuth Settings';

/**
 * What Salesforce's token endpoint says, and the setting that changes it. The names in parentheses are those of the
 * metadata types ExtlClntAppGlobalOauthSettings and ExtlClntAppOauthConfigurablePolicies. The first row that matches wins.
 */
export const oauthErrors: readonly OAuthErrorRow[] = [
  {
    matches: /hasn't approved this consumer|has not approved this consumer/i,
    means: 'Nobody has allowed this user to use the External Client App without a browser.',
    nextSteps: [
      `${policies}: set Permitted Users to "Admin approved users are pre-authorized" (permittedUsersPolicyType AdminApprovedPreAuthorized).`,
      'In the same policies select a permission set or profile (commaSeparatedPermissionSet), and assign it to the user.',
      'Check that the login URL belongs to the org that has the app and the user; the My Domain URL is always right.',
    ],
  },
  {
    matches: /not admin approved|OAUTH_APP_ACCESS_DENIED/i,
    means: 'The app admits only users that an administrator approved, and this user is not among them.',
    nextSteps: [
      `${policies}: select a permission set or profile of the user (commaSeparatedPermissionSet, commaSeparatedProfile).`,
      'Assign that permission set to the user; for client credentials, to the Run As user.',
    ],
  },
  {
    matches:
      /app must be installed|OAUTH_EC_APP_NOT_FOUND|client app is not installed|OAUTH_APPROVAL_ERROR_GENERIC|app_not_found/i,
    means:
      'The app is not installed in the org, and since September 2025 only users with a special permission may use such apps.',
    nextSteps: [
      'Log in at the My Domain URL of the org that has the app, not at login.salesforce.com or test.salesforce.com.',
      'Create an External Client App in this org and use its consumer key, or install the app (Setup > Connected Apps OAuth Usage).',
      'Or give the user the permission "Approve Uninstalled Connected Apps"; cloned administrator profiles do not have it.',
    ],
  },
  {
    matches: /no client credentials user/i,
    means: 'The app has no user to act as in the client credentials flow.',
    nextSteps: [
      `${policies}: enable the client credentials flow and set Run As to the integration user's Username (clientCredentialsFlowUser).`,
    ],
  },
  {
    matches: /not supported on this domain/i,
    means: 'The client credentials flow is served by the My Domain URL of the org alone.',
    nextSteps: ['Give the My Domain URL as login URL, e.g. https://yourcompany.my.salesforce.com'],
  },
  {
    matches: /client credentials flow not enabled|unsupported_grant_type/i,
    means: 'The app does not allow this way of logging in.',
    nextSteps: [
      `${settings}: enable the flow (isClientCredentialsFlowEnabled, or for JWT bearer upload the certificate).`,
      `${policies}: the client credentials flow must be enabled there too (isClientCredentialsFlowEnabled).`,
    ],
  },
  {
    matches: /invalid_client_id|client identifier invalid/i,
    means: 'The org does not know this consumer key (client id).',
    nextSteps: [
      `Compare it with ${settings} > Consumer Key and Secret, without blanks or line ends.`,
      'A new app needs 2 to 10 minutes before it works.',
      'Check that the login URL belongs to the org that has the app: test.salesforce.com for sandboxes, or better the My Domain URL.',
    ],
  },
  {
    matches: /invalid client credentials|invalid client secret/i,
    means: 'The consumer secret does not belong to this consumer key, or the app asks for one and none was given.',
    nextSteps: [
      `Copy the secret again from ${settings} > Consumer Key and Secret; rotating it ends the old one.`,
      'For a web login without a secret, clear "Require secret for Web Server Flow" (isConsumerSecretOptional).',
    ],
  },
  {
    matches: /audience/i,
    means: 'The assertion is addressed to another login host than the org expects.',
    nextSteps: [
      'The audience is https://login.salesforce.com for production and developer orgs, https://test.salesforce.com for sandboxes and scratch orgs.',
      'Set it by SF_AUDIENCE_URL, and give the My Domain URL as login URL.',
    ],
  },
  {
    matches: /invalid assertion|signature|token validation failed/i,
    means: 'The org could not verify the signed assertion.',
    nextSteps: [
      `The private key must belong to the certificate in ${settings} (certificate); compare the moduli with openssl.`,
      'Check that the certificate is not expired and that the clock of this machine is right within 3 minutes.',
    ],
  },
  {
    matches: /expired access\/refresh token|invalid refresh token|expired refresh/i,
    means: 'The stored login has ended: it expired, was revoked, or the password was changed.',
    nextSteps: [
      'Log in again.',
      `${policies}: the refresh token policy says how long a login lasts (refreshTokenPolicyType).`,
    ],
  },
  {
    // Salesforce says "expired authorization code" of an assertion whose time is over, too.
    matches: /expired authorization code/i,
    means: 'The code from the browser, or the signed assertion, came too late.',
    nextSteps: [
      'Check the clock of this machine: an assertion lives 3 minutes.',
      'For a web login, start it again and finish it in the browser at once.',
    ],
  },
  {
    matches: /authorization code|code verifier|code challenge/i,
    means: 'The code from the browser was used twice, or does not belong to this login.',
    nextSteps: [
      'Start the login again and finish it in the newest browser window.',
      `${settings}: PKCE with S256 is what this login uses (isPkceRequired).`,
    ],
  },
  {
    matches: /redirect_uri/i,
    means: 'The callback URL of this login is not among those of the app.',
    nextSteps: [
      `${settings}: add http://localhost:1717/OauthRedirect (or the port you chose) to the callback URLs (callbackUrl); it must match exactly.`,
    ],
  },
  {
    matches: /invalid_scope|scope/i,
    means: 'The app does not grant a scope that was asked for.',
    nextSteps: [`${settings}: add the scopes Api, Web and RefreshToken (commaSeparatedOauthScopes).`],
  },
  {
    matches: /ip restricted|ip address/i,
    means: 'The org refuses logins from this IP address.',
    nextSteps: [
      `${policies}: relax IP restrictions (ipRelaxationPolicyType), or add the address to the login IP ranges of the user's profile.`,
      'Setup > Login History shows the address the org saw.',
    ],
  },
  {
    matches: /inactive.?user|user is inactive|locked|inactive_org|org is locked/i,
    means: 'The user or the org is inactive or locked.',
    nextSteps: ['Activate or unlock the user in Setup > Users; Setup > Login History tells the reason.'],
  },
  {
    matches: /rate.?limit|login rate/i,
    means: 'Too many logins in a short time.',
    nextSteps: ['Wait a few minutes. One login an hour for one user is enough for a pipeline: reuse the session.'],
  },
  {
    matches: /access_denied|end-user denied/i,
    means: 'Access was denied in the browser.',
    nextSteps: ['Log in again and choose Allow.'],
  },
  {
    matches: /authentication failure|invalid_grant/i,
    means: 'The org refused the user: unknown Username, no API access, or a login policy.',
    nextSteps: [
      'Check the Username (not the e-mail address; in a sandbox it ends with the name of the sandbox) and the login URL.',
      'Setup > Login History tells the reason in words.',
    ],
  },
  {
    matches: /^(?:unknown_error|server_error|temporarily_unavailable)\b/i,
    means: 'Salesforce had a problem of its own.',
    nextSteps: ['Check https://status.salesforce.com, then run the command again.'],
  },
];

/** The explanation of an OAuth error, and what to change. Unknown errors are left to speak for themselves. */
export function explainOAuthError(
  error: string,
  description: string,
): { means?: string; nextSteps: readonly string[] } {
  const text = `${error}: ${description}`;
  const row = oauthErrors.find((one) => one.matches.test(text));
  return row ?? { nextSteps: ['Setup > Login History of the user tells the reason in words.'] };
}

/**
 * The error for what an OAuth endpoint refused, on the wire or in the browser's redirect.
 * @param error Salesforce's error code, e.g. `invalid_grant`; it and `description` hold no secret any more
 */
export function refusal(
  doing: string,
  host: string,
  status: number | undefined,
  error: string,
  description: string,
): OpencxError {
  const { means, nextSteps } = explainOAuthError(error, description);
  const said = description === '' ? error : `${error}: ${description}`;
  return new OpencxError('AUTH_FAILED', {
    message: `Salesforce refused while ${doing} at ${host}: ${said.replace(/\.$/, '')}.${means === undefined ? '' : ` ${means}`}`,
    details: {
      oauthError: error,
      oauthErrorDescription: description,
      ...(status === undefined ? {} : { httpStatus: status }),
    },
    nextSteps,
  });
}

/** What a login yields: enough to speak to one org as one user. Holds a secret, so it is never printed or stored. */
export interface OrgSession {
  /** Origin of the org, without a trailing slash, e.g. `https://acme.my.salesforce.com`. */
  instanceUrl: string;
  accessToken: string;
  /** Known when the way of logging in names the user. */
  username?: string;
  /** 18 characters, `00D…`. */
  organizationId?: string;
  source: 'access-token' | 'salesforce-cli' | 'jwt' | 'client-credentials' | 'web' | 'local-org';
  /** Logs in again without a person; absent where only a person can. */
  refresh?: () => Promise<OrgSession>;
}

import { isLoopback } from '../org-url.ts';

const production = 'https://login.salesforce.com';
const sandbox = 'https://test.salesforce.com';

/**
 * The `aud` values to try for a login URL, most likely first. Salesforce accepts the login host of the kind of org, or the
 * URL of an Experience Cloud site, and says no more than "audience is invalid" to the rest. Which kind of org a My Domain
 * URL belongs to shows only in its name, and not always: Trailhead playgrounds with a production-like name want the
 * sandbox's audience. All of them are sent to the one login URL.
 */
export function audiencesFor(loginUrl: string): string[] {
  const url = new URL(loginUrl);
  if (isLoopback(url)) return [loginUrl];
  if (url.hostname === 'login.salesforce.com') return [production];
  if (url.hostname === 'test.salesforce.com') return [sandbox];
  if (!/\.my\.salesforce\.com$|\.cloudforce\.com$/.test(url.hostname)) return [loginUrl, production, sandbox];
  const isSandbox = /\.(?:sandbox|scratch)\.my\.salesforce\.com$|--/.test(url.hostname);
  return isSandbox ? [sandbox, loginUrl, production] : [production, loginUrl, sandbox];
}

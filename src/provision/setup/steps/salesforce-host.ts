import type { SetupFacts } from '../facts/setup-facts.ts';

/** Whether an org is reached under one of Salesforce's own host names; the local org, and any behind a proxy, is not. */
export function isSalesforceHost({ instanceUrl }: SetupFacts['identity']): boolean {
  return new URL(instanceUrl).hostname.endsWith('.salesforce.com');
}

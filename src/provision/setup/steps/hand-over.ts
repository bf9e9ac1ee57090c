import type { SetupFacts } from '../facts/setup-facts.ts';
import type { ManualTask } from '../plan/setup-plan.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import { isSalesforceHost } from './salesforce-host.ts';
import type { SetupStep } from './setup-step.ts';

/** What goes from here into the OpenCX dashboard; a person does it, since OpenCX has no API for it. */
export const handOver: SetupStep = {
  id: 'hand-over',
  title: 'Connect OpenCX',
  requires: () => [],
  permissions: [],
  plan: (facts, wish) => ({ manual: wish.webhookKnown ? [] : [connectTask(facts, wish)] }),
};

function connectTask({ identity }: SetupFacts, { settings }: SetupWish): ManualTask {
  return {
    id: 'connect-opencx',
    title: 'Connect OpenCX to Salesforce',
    steps: [
      'In OpenCX: Settings → Integrations → Salesforce → Email. Enter Client ID, Client Secret and Login URL as handed over; leave Redirect URI as it is.',
      'Save Credentials. An app made a few minutes ago may still be activating (2 to 10 minutes): then try again.',
      `Connect to Salesforce, log in as ${settings.integrationUsername ?? 'the integration user'}, Allow.`,
      'Copy the Webhook URL that appears, then: opencx-sf init (it asks for the URL), or opencx-sf apply with OPENCX_SF_WEBHOOK_URL set.',
    ],
    url: 'https://platform.open.cx',
    seenBy: `the webhook URL of ${identity.name} is known`,
  };
}

/** The login page OpenCX has to use: Salesforce's, or the org's own where it is not on Salesforce's hosts. */
export function loginUrl({ identity }: Pick<SetupFacts, 'identity'>): string {
  if (!isSalesforceHost(identity)) return identity.instanceUrl;
  return identity.kind === 'sandbox' || identity.kind === 'scratch'
    ? 'https://test.salesforce.com'
    : 'https://login.salesforce.com';
}

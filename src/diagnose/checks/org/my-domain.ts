import { isSalesforceHost } from '../../../provision/setup/steps/salesforce-host.ts';
import type { Check } from '../../check.ts';
import { pass, warn } from '../../finding.ts';

export const myDomain: Check = {
  id: 'org.my-domain',
  title: 'The org is met under its My Domain URL',
  group: 'org',
  why: 'Client credentials, app logins and links into Setup want the My Domain URL; instance URLs are being retired.',
  mending: 'Use the My Domain URL (https://yourcompany.my.salesforce.com) as instance URL.',
  requires: [],
  reads: [],
  run: ({ org }) => {
    const { hostname } = new URL(org.identity.instanceUrl);
    const data = { hostname };
    if (!isSalesforceHost(org.identity)) return pass(`${hostname}, which is none of Salesforce's own hosts`, { data });
    if (hostname.endsWith('.my.salesforce.com')) return pass(hostname, { data });
    return warn(`${hostname} is no My Domain host.`, {
      data,
      remedy: [{ text: 'Give the My Domain URL: --instance-url https://yourcompany.my.salesforce.com' }],
    });
  },
};

import type { Check } from '../../check.ts';
import { pass, skip, warn } from '../../finding.ts';
import { dns } from '../../readings/sending.ts';
import { noEmailCases } from './applies.ts';

export const spf: Check = {
  id: 'email-in.spf',
  title: 'SPF of the domain lets Salesforce send',
  group: 'email-in',
  why: 'Forwarded mail is refused on its way into Salesforce, and replies land in spam, where SPF does not include Salesforce.',
  mending: 'Publish the record that is shown, with include:_spf.salesforce.com.',
  requires: [],
  reads: [dns],
  appliesTo: ({ config }) =>
    noEmailCases({ config }) ?? (config.setup.mail.checkDns ? undefined : 'setup.mail.checkDns is off.'),
  run: async ({ read }) => {
    const found = await read(dns);
    if (found === undefined) return skip('No address says which domain mail is sent from.');
    const { status, evidence, records } = found.spf;
    const data = { domain: found.domain, record: found.spf.record };
    if (status === 'ok') return pass(found.domain, { data, evidence: [evidence] });
    return warn(
      status === 'unknown'
        ? `SPF of ${found.domain} is not known.`
        : `SPF of ${found.domain} does not let Salesforce send.`,
      {
        data,
        evidence: [evidence],
        remedy: records.map(({ type, name, value }) => ({ text: `Publish ${type} ${name}: ${value}` })),
      },
    );
  },
};

import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { people } from '../../readings/people.ts';
import { externalGrants, type ExternalGrants } from '../../readings/webhook/external-grants.ts';
import { webhook } from '../../readings/webhook/webhook.ts';

export const principalAccess: Check = {
  id: 'webhook.principal-access',
  title: 'All who set off events may use the External Credential',
  group: 'webhook',
  why: 'With an External Credential, a call in a user’s name fails with “We couldn’t access the credential(s)” unless a permission set grants its principal and reading User External Credentials.',
  mending:
    'opencx-sf verify --fix deploys and assigns the permission set; or use blueprint.options.credentialModel legacy, which needs no grant.',
  requires: ['webhook.credential'],
  reads: [webhook, components, externalGrants, people],
  appliesTo: ({ config }) =>
    config.blueprint.options.credentialModel === 'legacy' ? 'A legacy Named Credential needs no grant.' : undefined,
  fix: ['fields', 'access'],
  run: async (context) => {
    const found = await context.read(webhook);
    const [name] = found?.externalCredentials ?? [];
    if (found?.model === 'legacy' || name === undefined) {
      return fail('The Named Credential is a legacy one, though the configuration wants an External Credential.', {
        byHand: true,
        remedy: [{ text: 'Deploy the one of the configuration', command: 'opencx-sf apply' }],
      });
    }
    const { metadata } = await context.read(components);
    if (!metadata.some((one) => one.type === 'ExternalCredential' && one.fullName === name)) {
      return fail(`There is no External Credential ${name}.`, { data: { name } });
    }
    const grants = await context.read(externalGrants);
    const { integrationUser, reps } = await context.read(people);
    const wanted = [integrationUser, ...reps].filter((user) => user !== undefined).map(({ username }) => username);
    const without = wanted.filter((username) => !hasGrant(grants, username));
    const data = { externalCredential: name, without };
    if (without.length > 0) return fail(`No grant for ${without.join(', ')}.`, { data });
    if (reps.length === 0) {
      return warn('The integration user has the grant; which reps need it nobody says (setup.reps).', {
        data,
        byHand: true,
      });
    }
    return pass(`granted to ${wanted.length} users`, { data });
  },
};

function hasGrant(grants: ExternalGrants, username: string): boolean {
  return grants.usernames.some((one) => one.toLowerCase() === username.toLowerCase());
}

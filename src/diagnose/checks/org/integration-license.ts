import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { integrationAccess, people } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';

/** Licences whose users can own and work on Cases and use the API. */
const fitting: ReadonlySet<string> = new Set(['Salesforce', 'Salesforce Platform', 'Salesforce Integration']);

export const integrationLicense: Check = {
  id: 'org.integration-license',
  title: 'The integration user has a licence and a profile that reach the API',
  group: 'org',
  why: 'A user of a Chatter or community licence, or on a profile without API Enabled, cannot log OpenCX in.',
  mending: 'Give the user a Salesforce licence and API Enabled.',
  requires: ['org.permissions', 'org.integration-user'],
  reads: [people, integrationAccess],
  run: async (context) => {
    const { integrationUser: user } = await context.read(people);
    const { api } = await context.read(integrationAccess);
    const data = { license: user?.license, profile: user?.profile, apiBy: api };
    const remedy = [inSetup(context, 'ManageUsers/home', 'Change licence, profile or permission sets of the user.')];
    if (user === undefined) return fail('Nothing is known of the integration user.', { data });
    if (!fitting.has(user.license))
      return fail(`Licence ${user.license || '(none)'} is not one for Cases.`, { data, remedy });
    if (api.length === 0)
      return fail(`Neither profile nor permission sets give ${user.username} API Enabled.`, { data, remedy });
    return pass(`${user.license}; API Enabled by ${api.join(', ')}`, { data });
  },
};

import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { integrationAccess, people } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';
import { notSentBySalesforce } from './applies.ts';

export const sendPermission: Check = {
  id: 'email-out.send-permission',
  title: 'The integration user may send mail',
  group: 'email-out',
  why: 'The trigger sends in the name of the integration user: without Send Email every reply is refused.',
  mending: 'Give the profile, or a permission set of the user, Send Email.',
  requires: ['org.permissions', 'org.integration-user'],
  reads: [integrationAccess, people],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const { integrationUser: user } = await context.read(people);
    const { sendEmail } = await context.read(integrationAccess);
    const data = { username: user?.username, by: sendEmail };
    if (sendEmail.length > 0) return pass(`by ${sendEmail.join(', ')}`, { data });
    return fail(`${user?.username ?? 'The integration user'} lacks Send Email (EmailSingle).`, {
      data,
      remedy: [
        inSetup(context, 'EnhancedProfiles/home', 'Give the profile Send Email, or assign a permission set with it.'),
      ],
    });
  },
};

import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { deliverability as reading } from '../../readings/sending.ts';
import { inSetup } from '../../setup-page.ts';
import { notSentBySalesforce } from './applies.ts';

export const deliverability: Check = {
  id: 'email-out.deliverability',
  title: 'The access level of Deliverability is All email',
  group: 'email-out',
  why: '“AI replies show as sent but the contact never receives the email”: with System email only, the default of sandboxes and trials, Apex may not send (NO_MASS_MAIL_PERMISSION).',
  mending: 'Setup → Email → Deliverability → Access level: All email. No API can set it.',
  requires: ['org.permissions'],
  reads: [reading],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const found = await context.read(reading);
    if (!found.known) {
      // A probe that runs into the day's limit has been let through to it.
      if (/daily limit/i.test(found.why)) return pass('All email (today’s limit is used up)');
      return warn('Whether Apex may send is not known.', { evidence: [found.why] });
    }
    if (found.value === 'all') return pass('All email');
    return fail('Apex may not send: the access level is below All email.', {
      evidence: ['Messaging.reserveSingleEmailCapacity(1): the organization is not permitted to send email'],
      remedy: [inSetup(context, 'OrgEmailSettings/home', 'Set the access level to All email.')],
    });
  },
};

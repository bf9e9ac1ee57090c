import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { unsentReplies } from '../../readings/messages.ts';
import { ownApex } from '../apex/component.ts';
import { notSentBySalesforce } from './applies.ts';

export const unsent: Check = {
  id: 'email-out.unsent',
  title: 'OpenCX’s replies have been sent',
  group: 'email-out',
  why: '“AI replies show as sent but the contact never receives the email”: the record is there, and its mark of having been sent is not.',
  mending:
    'Mend what keeps the sender from sending (the checks before this one), then send the replies again from OpenCX.',
  requires: [
    'apex.outbound-sender',
    'apex.integration-username',
    'email-out.deliverability',
    'email-out.send-permission',
    'email-out.daily-limit',
    'fields.email-sent',
  ],
  reads: [unsentReplies, components],
  appliesTo: ({ config }) =>
    notSentBySalesforce({ config }) ??
    (config.blueprint.options.idempotency
      ? undefined
      : 'blueprint.options.idempotency is off: sent mail carries no mark.'),
  run: async (context) => {
    const all = await context.read(unsentReplies);
    const sender = (await ownApex(context, 'outbound-sender'))?.existing;
    const since = Date.parse(sender?.lastModifiedDate ?? '');
    const present = all.filter(({ createdDate }) => !(Date.parse(createdDate) < since));
    const data = { unsent: all.length, sinceLastChange: present.length };
    const evidence = all.slice(0, 5).map(({ id, createdDate }) => `EmailMessage ${id} of ${createdDate}`);
    const remedy = [{ text: 'See what the sender says', command: 'opencx-sf logs --tail' }];
    if (present.length > 0)
      return fail(`${counted(present.length, 'reply of OpenCX was', 'replies of OpenCX were')} not sent.`, {
        data,
        evidence,
        remedy,
      });
    if (all.length > 0) {
      return warn(
        `${counted(all.length, 'reply', 'replies')} of before the last change of the sender ${all.length === 1 ? 'was' : 'were'} not sent.`,
        {
          data,
          evidence,
          remedy: [{ text: 'Send them again from OpenCX.' }],
        },
      );
    }
    return pass('all of the last days', { data });
  },
};

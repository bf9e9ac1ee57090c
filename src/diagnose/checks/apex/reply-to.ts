import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components, constantIn } from '../../readings/apex.ts';
import { senderTexts } from './component.ts';

export const replyToAddress: Check = {
  id: 'apex.reply-to',
  title: 'Replies are directed to the customer-facing mailbox',
  group: 'apex',
  why: '“Customer replies never reach Salesforce at all”: without setReplyTo, answers go to the integration user’s own mailbox.',
  mending: 'opencx-sf verify --fix deploys the sender with the mailbox of the configuration.',
  requires: ['apex.class', 'apex.outbound-sender'],
  reads: [components],
  fix: ['apex'],
  run: async (context) => {
    const wanted = context.config.blueprint.replyTo;
    const texts = await senderTexts(context);
    const found = texts.map(({ body }) => constantIn(body, 'REPLY_TO_ADDRESS')).find((value) => value !== undefined);
    const data = { wanted, found };
    const setsIt = texts.some(({ body }) => /\bsetReplyTo\s*\(/i.test(body));
    if (found === undefined && !setsIt) return fail('The sender sets no reply-to address.', { data });
    if (found === '') return fail('REPLY_TO_ADDRESS is empty.', { data });
    if (found === undefined)
      return warn('The sender sets a reply-to address that cannot be read from its text.', { data });
    if (wanted !== undefined && found.toLowerCase() !== wanted.toLowerCase()) {
      return fail(`Replies go to ${found}, not to ${wanted}.`, {
        data,
        evidence: [`REPLY_TO_ADDRESS = '${found}'`, `the configuration says ${wanted}`],
      });
    }
    return pass(found, { data });
  },
};

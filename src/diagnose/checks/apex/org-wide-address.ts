import type { OrgApex } from '../../../provision/org/org-components.ts';
import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components, constantIn } from '../../readings/apex.ts';
import { senderTexts } from './component.ts';

export const orgWideAddress: Check = {
  id: 'apex.org-wide-address',
  title: 'The sender uses an organization-wide address',
  group: 'apex',
  why: 'Without it replies come from the integration user’s own address: customers see a strange sender, and spam filters act on it.',
  mending: 'Set blueprint.orgWideEmailAddress (or --org-wide-email), then opencx-sf verify --fix.',
  requires: ['apex.class', 'apex.outbound-sender'],
  reads: [components],
  fix: ['apex'],
  run: async (context) => {
    const wanted = context.config.blueprint.orgWideEmailAddress;
    const texts = await senderTexts(context);
    const found = texts
      .map(({ body }) => constantIn(body, 'ORG_WIDE_EMAIL_ADDRESS'))
      .find((value) => value !== undefined);
    const data = { wanted, found };
    if (wanted === undefined) {
      if (found !== undefined || setsById(texts)) return pass(found ?? 'set by its id in the sender', { data });
      return warn('Replies are sent from the integration user’s own address.', {
        data,
        byHand: true,
        remedy: [{ text: 'Give an organization-wide address: --org-wide-email support@yourcompany.com' }],
      });
    }
    if (found?.toLowerCase() === wanted.toLowerCase()) return pass(wanted, { data });
    return fail(`The sender uses ${found ?? 'no organization-wide address'}, not ${wanted}.`, { data });
  },
};

/** Whether a sender of before sets an address by its id, as the page's line does; ours has a constant for it. */
function setsById(texts: readonly OrgApex[]): boolean {
  if (texts.some(({ body }) => /\bORG_WIDE_EMAIL_ADDRESS\b/i.test(body))) return false;
  return texts.some(({ body }) => /\bsetOrgWideEmailAddressId\s*\(/i.test(body));
}

import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { pass, warn } from '../../finding.ts';
import { outboundMail } from '../../readings/messages.ts';
import { notSentBySalesforce } from './applies.ts';

export const bounces: Check = {
  id: 'email-out.bounces',
  title: 'Mail does not come back',
  group: 'email-out',
  why: 'A bounced reply never reached the customer; OpenCX does not know unless blueprint.options.bounce is on.',
  mending: 'Correct the address of the contact; many bounces at once point to SPF, DKIM or a blocked domain.',
  requires: [],
  reads: [outboundMail],
  appliesTo: notSentBySalesforce,
  run: async ({ read }) => {
    const all = await read(outboundMail);
    const bounced = all.filter((one) => one.bounced);
    const data = { looked: all.length, bounced: bounced.length };
    if (bounced.length === 0)
      return pass(all.length === 0 ? 'no mail yet' : `none of the last ${all.length}`, { data });
    return warn(`${bounced.length} of the last ${counted(all.length, 'mail', 'mails')} bounced.`, {
      data,
      evidence: bounced.slice(0, 5).map(({ id, createdDate }) => `EmailMessage ${id} of ${createdDate}`),
      remedy: [
        { text: 'Look at the address of the contact; if many bounce, look at email-in.spf and email-out.dkim.' },
      ],
    });
  },
};

/** Longest time between a mail and its double, in milliseconds. */
const doubleWithinMs = 120_000;

export const duplicates: Check = {
  id: 'email-out.duplicates',
  title: 'No customer got the same mail twice',
  group: 'email-out',
  why: 'Two senders, or a trigger that ran twice, double each reply.',
  mending: 'Switch off the other sender (apex.rivals); keep blueprint.options.idempotency on.',
  requires: ['apex.rivals'],
  reads: [outboundMail],
  appliesTo: notSentBySalesforce,
  run: async ({ read }) => {
    const all = (await read(outboundMail)).filter(({ status }) => status !== '5');
    const doubles = all.filter((one) =>
      all.some(
        (other) =>
          other.id !== one.id &&
          other.id < one.id &&
          other.caseId === one.caseId &&
          other.to === one.to &&
          other.subject === one.subject &&
          other.body === one.body &&
          Math.abs(Date.parse(other.createdDate) - Date.parse(one.createdDate)) <= doubleWithinMs,
      ),
    );
    const data = { looked: all.length, doubles: doubles.length };
    if (doubles.length === 0)
      return pass(all.length === 0 ? 'no mail yet' : `none of the last ${all.length}`, { data });
    return warn(`${counted(doubles.length, 'mail was', 'mails were')} written twice within two minutes.`, {
      data,
      evidence: doubles
        .slice(0, 5)
        .map(({ id, createdDate, createdBy }) => `EmailMessage ${id} of ${createdDate}, by ${createdBy}`),
      remedy: [
        {
          text: 'See who writes them: the same user means that OpenCX asked twice, another that something else sends, too.',
        },
      ],
    });
  },
};

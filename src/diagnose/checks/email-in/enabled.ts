import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { emailToCase } from '../../readings/email-to-case.ts';
import { inSetup } from '../../setup-page.ts';
import { noEmailCases } from './applies.ts';

export const enabled: Check = {
  id: 'email-in.enabled',
  title: 'Email-to-Case and its On-Demand service are switched on',
  group: 'email-in',
  why: 'Without it no mail becomes a Case, and answers of customers are lost.',
  mending: 'opencx-sf verify --fix --accept-permanent email-to-case: Salesforce lets nobody switch it off again.',
  requires: ['org.permissions'],
  reads: [emailToCase],
  appliesTo: noEmailCases,
  fix: ['email-to-case'],
  run: async (context) => {
    const now = await context.read(emailToCase);
    const data = { enabled: now.enabled, onDemand: now.onDemand };
    if (now.enabled && now.onDemand) return pass('both', { data });
    return fail(now.enabled ? 'The On-Demand service is off.' : 'Email-to-Case is off.', {
      data,
      remedy: [inSetup(context, 'EmailToCase/home', 'Or by hand: Enable Email-to-Case, Enable On-Demand Service.')],
    });
  },
};

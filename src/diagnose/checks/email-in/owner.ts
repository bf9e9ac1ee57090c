import type { Check } from '../../check.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { activeAssignmentRules, emailToCase, queues } from '../../readings/email-to-case.ts';
import { replyTo } from '../../readings/expected.ts';
import { inSetup } from '../../setup-page.ts';
import { noEmailCases } from './applies.ts';
import { mailboxesOf } from './routing-address.ts';

export const owner: Check = {
  id: 'email-in.owner',
  title: 'New Cases belong to a queue',
  group: 'email-in',
  why: 'A single user as owner is a bottleneck, and a queue that takes no Cases or is gone lets them fall to the default owner.',
  mending: 'Setup → Email-to-Case → the address → Case Owner: a queue.',
  requires: ['email-in.routing-address'],
  reads: [emailToCase, queues, replyTo],
  appliesTo: noEmailCases,
  run: async (context) => {
    const mailboxes = new Set((await mailboxesOf(context)).map((one) => one.toLowerCase()));
    const addresses = (await context.read(emailToCase)).routingAddresses.filter(({ emailAddress }) =>
      mailboxes.has(emailAddress.toLowerCase()),
    );
    if (addresses.length === 0) return skip('No routing address of the configuration to look at.');
    const all = await context.read(queues);
    const problems = addresses.flatMap(({ emailAddress, caseOwner, caseOwnerType }) => {
      if (caseOwner === undefined) return [];
      if (caseOwnerType !== 'Queue') return [`${emailAddress}: the user ${caseOwner}`];
      const queue = all.find(({ developerName }) => developerName.toLowerCase() === caseOwner.toLowerCase());
      if (queue === undefined) return [`${emailAddress}: the queue ${caseOwner}, which is not there`];
      return queue.takesCases ? [] : [`${emailAddress}: the queue ${caseOwner}, which takes no Cases`];
    });
    const data = {
      owners: addresses.map(({ emailAddress, caseOwner, caseOwnerType }) => ({
        emailAddress,
        caseOwner,
        caseOwnerType,
      })),
    };
    const remedy = [inSetup(context, 'EmailToCase/home', 'Edit the address: Case Owner is a queue that takes Cases.')];
    if (problems.length === 0)
      return pass(addresses.map(({ caseOwner }) => caseOwner ?? 'left to assignment rules').join(', '), { data });
    const gone = problems.some((one) => one.includes('which'));
    return (gone ? fail : warn)(`Owner of new Cases: ${problems.join('; ')}.`, { data, remedy });
  },
};

export const assignmentRule: Check = {
  id: 'email-in.assignment-rule',
  title: 'An assignment rule of Cases is active',
  group: 'email-in',
  why: 'Rules give Cases to the right queue by sender, address or words; without one, every Case stays where the address puts it.',
  mending: 'Setup → Case Assignment Rules: make one and activate it.',
  requires: ['org.permissions'],
  reads: [activeAssignmentRules],
  appliesTo: noEmailCases,
  run: async (context) => {
    const rules = await context.read(activeAssignmentRules);
    if (rules.length > 0) return pass(rules.join(', '), { data: { rules } });
    return warn('No assignment rule of Cases is active.', {
      data: { rules },
      remedy: [inSetup(context, 'CaseRules/home', 'Make a rule and activate it: Setup → Case Assignment Rules.')],
    });
  },
};

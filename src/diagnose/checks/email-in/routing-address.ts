import type { OrgRoutingAddress } from '../../../provision/setup/facts/setup-facts.ts';
import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, skip, warn, type Verdict } from '../../finding.ts';
import { emailToCase } from '../../readings/email-to-case.ts';
import { replyTo } from '../../readings/expected.ts';
import { inSetup } from '../../setup-page.ts';
import { noEmailCases } from './applies.ts';

const page = 'EmailToCase/home';

export const routingAddress: Check = {
  id: 'email-in.routing-address',
  title: 'The mailbox customers write to is a routing address',
  group: 'email-in',
  why: '“Customer replies never reach Salesforce at all”: mail to an address that is none of the org’s makes no Case.',
  mending: 'opencx-sf verify --fix adds it; Salesforce then mails a link to the mailbox.',
  requires: ['email-in.enabled'],
  reads: [emailToCase, replyTo],
  appliesTo: noEmailCases,
  fix: ['email-to-case'],
  run: async (context) => {
    const mailboxes = await mailboxesOf(context);
    if (mailboxes.length === 0) {
      return warn('Nobody says which mailbox customers write to.', {
        byHand: true,
        remedy: [{ text: 'Give --reply-to, or blueprint.replyTo in opencx-sf.config.json.' }],
      });
    }
    const { routingAddresses } = await context.read(emailToCase);
    const missing = mailboxes.filter((mailbox) => find(routingAddresses, mailbox) === undefined);
    const data = { mailboxes, found: routingAddresses.map(({ emailAddress }) => emailAddress) };
    if (missing.length === 0) return pass(mailboxes.join(', '), { data });
    return fail(
      `${missing.join(', ')} ${missing.length === 1 ? 'is no routing address' : 'are no routing addresses'}.`,
      {
        data,
        evidence: [`The org has ${data.found.join(', ') || 'none'}.`],
        remedy: [inSetup(context, page, 'Or add it by hand: Email-to-Case → Routing Addresses.')],
      },
    );
  },
};

export const addressVerified = addressCheck({
  id: 'email-in.address-verified',
  title: 'The routing address is verified',
  why: '“Customer replies never reach Salesforce at all”: until the link in Salesforce’s mail is opened, mail is dropped without a word.',
  mending:
    'Open the mail that Salesforce sent to the mailbox and follow its link; Setup → Email-to-Case sends it again.',
  judge: (address, mailbox, context) =>
    address.isVerified === true
      ? undefined
      : fail(`${mailbox} is not verified: its mail is dropped.`, {
          remedy: [
            inSetup(
              context,
              page,
              `Open the mail that Salesforce sent to ${mailbox} and follow its link; here it can be sent again.`,
            ),
          ],
        }),
});

export const saveHeaders = addressCheck({
  id: 'email-in.save-headers',
  title: 'The routing address saves e-mail headers',
  why: 'Headers are how an answer finds its Case when its text has lost the token.',
  mending: 'Setup → Email-to-Case → the address → Save Email Headers.',
  judge: (address, mailbox, context) =>
    address.saveEmailHeaders === true
      ? undefined
      : warn(`${mailbox} does not save headers.`, {
          remedy: [inSetup(context, page, 'Edit the address: Save Email Headers.')],
        }),
});

export const acceptFrom = addressCheck({
  id: 'email-in.accept-from',
  title: 'The routing address takes mail from anybody',
  why: 'A list under Accept Email From discards the mail of everybody else silently: customers’ mail, too.',
  mending: 'Setup → Email-to-Case → the address → Accept Email From: leave it blank.',
  judge: (address, mailbox, context) => {
    const senders = (address as { authorizedSenders?: string }).authorizedSenders ?? '';
    return senders === ''
      ? undefined
      : warn(`${mailbox} takes mail only from ${senders}.`, {
          remedy: [
            inSetup(context, page, 'Edit the address: leave Accept Email From blank, unless only these may write.'),
          ],
        });
  },
});

export const noTask = addressCheck({
  id: 'email-in.no-task',
  title: 'Mail makes no tasks',
  why: 'A task for each mail, beside the EmailMessage on the Case, fills reps’ lists.',
  mending: 'Setup → Email-to-Case → the address → Create Task from Email: off.',
  judge: (address, mailbox, context) =>
    address.createTask === true
      ? warn(`${mailbox} makes a task of each mail.`, {
          remedy: [inSetup(context, page, 'Edit the address: Create Task from Email off.')],
        })
      : undefined,
});

export const caseValues = addressCheck({
  id: 'email-in.case-values',
  title: 'New Cases get priority and origin',
  why: 'Reports, queues and assignment rules go by them; OpenCX writes the same origin.',
  mending: 'Setup → Email-to-Case → the address → Case Priority and Case Origin.',
  judge: (address, mailbox, context) => {
    const { priority, origin } = context.config.setup.emailToCase;
    const off = [
      ...(address.casePriority === priority ? [] : [`priority ${address.casePriority ?? '(none)'}, not ${priority}`]),
      ...(address.caseOrigin === origin ? [] : [`origin ${address.caseOrigin ?? '(none)'}, not ${origin}`]),
    ];
    return off.length === 0
      ? undefined
      : warn(`${mailbox}: ${off.join('; ')}.`, {
          remedy: [inSetup(context, page, 'Edit the address, or set setup.emailToCase.')],
        });
  },
});

interface AddressCheck extends Pick<Check, 'id' | 'title' | 'why' | 'mending'> {
  /** @returns undefined where the address is as it should be */
  judge: (address: OrgRoutingAddress, mailbox: string, context: CheckContext) => Verdict | undefined;
}

/** A check of each routing address that the configuration is about; the worst verdict counts. */
function addressCheck({ judge, ...facts }: AddressCheck): Check {
  return {
    ...facts,
    group: 'email-in',
    requires: ['email-in.routing-address'],
    reads: [emailToCase, replyTo],
    appliesTo: noEmailCases,
    run: async (context) => {
      const { routingAddresses } = await context.read(emailToCase);
      const addresses = (await mailboxesOf(context)).flatMap((mailbox) => {
        const address = find(routingAddresses, mailbox);
        return address === undefined ? [] : [{ mailbox, address }];
      });
      if (addresses.length === 0) return skip('No routing address of the configuration to look at.');
      const verdicts = addresses.flatMap(({ mailbox, address }) => judge(address, mailbox, context) ?? []);
      return (
        verdicts.find(({ status }) => status === 'fail') ??
        verdicts[0] ??
        pass(addresses.map(({ mailbox }) => mailbox).join(', '))
      );
    },
  };
}

/** Every mailbox of the configuration; the one found in the Apex where it names none. */
export async function mailboxesOf({ config, read }: CheckContext): Promise<string[]> {
  const main = await read(replyTo);
  return [...new Set([...(main === undefined ? [] : [main.value]), ...config.setup.emailToCase.moreAddresses])];
}

function find(all: readonly OrgRoutingAddress[], mailbox: string): OrgRoutingAddress | undefined {
  return all.find(({ emailAddress }) => emailAddress.toLowerCase() === mailbox.toLowerCase());
}

import { forwardingSteps, verificationStep } from '../../../mail/forwarding-steps.ts';
import { setupUrl } from '../../../org/setup-url.ts';
import type { EmailToCaseFacts, OrgRoutingAddress, SetupFacts } from '../../facts/setup-facts.ts';
import type { Change, RoutingAddress } from '../../plan/change.ts';
import type { ManualTask } from '../../plan/setup-plan.ts';
import type { SetupWish } from '../../wish/setup-wish.ts';
import { ownerQueue } from './owner-queue.ts';
import type { SetupStep } from '../setup-step.ts';

/** From this release on the platform's own user can be the Automated Case User. */
const systemUserSince = 67;

/**
 * Email-to-Case in two writes, as the platform asks for: first it is switched on with an owner and an automated user, then
 * the addresses come. Nothing that is on is switched off, and no address is ever dropped.
 */
export const emailToCase: SetupStep = {
  id: 'email-to-case',
  title: 'Email-to-Case',
  requires: () => ['preflight'],
  permissions: ['CustomizeApplication', 'ModifyMetadata'],
  plan(facts, wish) {
    const { manage, acceptPermanent } = wish.setup.emailToCase;
    if (!manage || !wish.setup.channels.includes('email')) return { off: true };
    if (!facts.emailToCase.known) return { blockers: [`Its settings cannot be read: ${facts.emailToCase.why}`] };
    const now = facts.emailToCase.value;
    const queue = ownerQueue(facts, wish);
    if (!(now.enabled && now.onDemand) && !acceptPermanent) {
      return {
        blockers: [
          'Email-to-Case would be switched on, which Salesforce does not let anybody undo. Say that this is wanted: --accept-permanent email-to-case, or setup.emailToCase.acceptPermanent.',
        ],
      };
    }
    return {
      changes: [...(queue.changes ?? []), ...switches(facts, wish, now), ...newAddresses(wish, now)],
      blockers: queue.blockers ?? [],
      notes: addressNotes(wish, now),
      manual: manualTasks(facts, wish, now),
    };
  },
};

/** What the page's table asks of the settings. */
const wanted = {
  enableEmailToCase: true,
  enableOnDemandEmailToCase: true,
  useEmailHeadersForThreading: true,
} as const;

function switches(facts: SetupFacts, wish: SetupWish, now: EmailToCaseFacts): Change[] {
  const tokens = now.lightningThreading
    ? { enableThreadTokenInSubject: true, enableThreadTokenInBody: true }
    : { enableThreadIDInSubject: true, enableThreadIDInBody: true };
  const block = Object.entries({ ...wanted, ...tokens }).filter(([name, value]) => now.block[name] !== value);
  if (block.length === 0) return [];
  const first = !now.onDemand;
  const owner = wish.setup.emailToCase.owner;
  const values = {
    ...(first && now.defaultCaseOwner === undefined ? defaultOwner(facts, owner) : {}),
    ...(first && !now.hasCaseUser ? automatedUser(facts) : {}),
    // Switching on is one write with both flags: On-Demand alone does not provide the service.
    emailToCase: {
      ...(first ? { enableEmailToCase: true, enableOnDemandEmailToCase: true } : {}),
      ...Object.fromEntries(block),
    },
  };
  return [
    {
      kind: 'settings',
      type: 'CaseSettings',
      name: block.map(([name]) => name).join(', '),
      values,
      before: { emailToCase: Object.fromEntries(block.map(([name]) => [name, now.block[name] ?? false])) },
      ...(first ? { permanent: true as const } : {}),
    },
  ];
}

/** Somebody must own what nobody else takes; the running user where the addresses leave it to assignment rules. */
function defaultOwner(facts: SetupFacts, owner: { type: string; name: string }): Record<string, string> {
  return owner.type === 'none'
    ? { defaultCaseOwner: facts.user.username, defaultCaseOwnerType: 'User' }
    : { defaultCaseOwner: owner.name, defaultCaseOwnerType: owner.type };
}

/**
 * Who changes Cases when nobody does. Not the integration user: our triggers take what that user does for OpenCX's own.
 */
function automatedUser(facts: SetupFacts): Record<string, unknown> {
  return Number(facts.maxApiVersion) >= systemUserSince
    ? { useSystemUserAsDefaultCaseUser: true, systemUserEmail: facts.user.email }
    : { defaultCaseUser: facts.user.username };
}

function mailboxes({ settings, setup }: SetupWish): string[] {
  return [...new Set([settings.replyTo ?? '', ...setup.emailToCase.moreAddresses])];
}

function newAddresses(wish: SetupWish, now: EmailToCaseFacts): Change[] {
  const addresses = mailboxes(wish)
    .filter((mailbox) => find(now, mailbox) === undefined)
    .map((mailbox) => routingAddress(wish, mailbox));
  return addresses.length === 0 ? [] : [{ kind: 'add-routing-addresses', addresses }];
}

function find(now: EmailToCaseFacts, mailbox: string): OrgRoutingAddress | undefined {
  return now.routingAddresses.find((one) => one.emailAddress.toLowerCase() === mailbox.toLowerCase());
}

/** The page's table, row by row. `authorizedSenders` is left out: a list there discards everybody else's mail silently. */
function routingAddress({ setup }: SetupWish, emailAddress: string): RoutingAddress {
  const { owner, priority, origin } = setup.emailToCase;
  return {
    addressType: 'EmailToCase',
    routingName: emailAddress,
    emailAddress,
    saveEmailHeaders: true,
    createTask: false,
    casePriority: priority,
    caseOrigin: origin,
    ...(owner.type === 'none' ? {} : { caseOwner: owner.name, caseOwnerType: owner.type }),
  };
}

/** Addresses that were there before are nobody's to change unasked; what is off about them is said. */
function addressNotes(wish: SetupWish, now: EmailToCaseFacts): string[] {
  return mailboxes(wish).flatMap((mailbox) => {
    const address = find(now, mailbox);
    if (address === undefined) return [];
    const senders = (address as { authorizedSenders?: string }).authorizedSenders ?? '';
    return [
      ...(address.saveEmailHeaders === false ? [`${mailbox} does not save e-mail headers; replies thread worse.`] : []),
      ...(senders === '' ? [] : [`${mailbox} takes mail only from ${senders}; all other mail is dropped silently.`]),
      ...(address.createTask === true ? [`${mailbox} makes a task of every mail.`] : []),
    ];
  });
}

function manualTasks(facts: SetupFacts, wish: SetupWish, now: EmailToCaseFacts): ManualTask[] {
  const url = setupUrl(facts.identity.instanceUrl, 'EmailToCase/home');
  return mailboxes(wish).flatMap((mailbox): ManualTask[] => {
    const address = find(now, mailbox);
    if (address?.isVerified === true) return [];
    return [
      {
        id: `verify-address ${mailbox}`,
        title: `Verify ${mailbox}`,
        steps: [verificationStep(mailbox)],
        url,
        seenBy: 'the routing address is shown as verified',
      },
      {
        id: `forward ${mailbox}`,
        title: `Forward ${mailbox} to Salesforce`,
        steps: forwardingSteps(wish.setup.emailToCase.mailProvider, {
          mailbox,
          emailServicesAddress: address?.emailServicesAddress ?? 'the long address that this set-up will show',
        }),
        url,
        seenBy: `a mail to ${mailbox} becomes a Case with Origin ${wish.setup.emailToCase.origin}`,
      },
    ];
  });
}

import { setupUrl } from '../../../org/setup-url.ts';
import { sendingDomainNeeds } from '../../../mail/sending-domain.ts';
import type { SetupFacts } from '../../facts/setup-facts.ts';
import type { Change } from '../../plan/change.ts';
import type { ManualTask } from '../../plan/setup-plan.ts';
import type { SetupWish } from '../../wish/setup-wish.ts';
import { dnsNotes, dnsTasks } from './dns-tasks.ts';
import type { SetupStep } from '../setup-step.ts';

/** The address mail is sent from, and what it takes for that mail to arrive. */
export const mail: SetupStep = {
  id: 'mail',
  title: 'Sending mail',
  requires: () => ['preflight'],
  permissions: ['CustomizeApplication', 'ModifyMetadata'],
  plan(facts, wish) {
    if (!wish.setup.channels.includes('email')) return { off: true };
    if (wish.settings.options.emailService !== 'none') {
      return { off: true, notes: [`Mail is sent by ${wish.settings.options.emailService}, not by Salesforce.`] };
    }
    return {
      changes: [...orgWideAddress(facts, wish), ...substituteFrom(facts, wish)],
      notes: [...unknowns(facts), ...dnsNotes(facts), ...limitNotes(facts)],
      manual: [
        ...verifyOrgWideAddress(facts, wish),
        ...deliverability(facts),
        ...sendingDomain(facts, wish),
        ...dnsTasks(facts),
      ],
    };
  },
};

function existing(facts: SetupFacts, address: string) {
  if (!facts.orgWideAddresses.known) return undefined;
  return facts.orgWideAddresses.value.find((one) => one.address.toLowerCase() === address.toLowerCase());
}

function orgWideAddress(facts: SetupFacts, { settings, setup }: SetupWish): Change[] {
  const address = settings.orgWideEmailAddress;
  if (address === undefined || existing(facts, address) !== undefined) return [];
  return [
    {
      kind: 'create-record',
      sobject: 'OrgWideEmailAddress',
      name: address,
      key: { Address: address },
      fields: { Address: address, DisplayName: setup.mail.displayName, IsAllowAllProfiles: true },
    },
  ];
}

function substituteFrom({ substituteFrom: now }: SetupFacts, { setup }: SetupWish): Change[] {
  const wanted = setup.mail.substituteFrom;
  if (wanted === undefined || now?.known !== true || now.value === wanted) return [];
  return [
    {
      kind: 'settings',
      type: 'EmailAuthorizationSettings',
      name: 'enableSubstituteFromAddress',
      values: { enableSubstituteFromAddress: wanted },
      before: { enableSubstituteFromAddress: now.value },
    },
  ];
}

function verifyOrgWideAddress(facts: SetupFacts, { settings }: SetupWish): ManualTask[] {
  const address = settings.orgWideEmailAddress;
  if (address === undefined || existing(facts, address)?.isVerified === true) return [];
  return [
    {
      id: `verify-org-wide-address ${address}`,
      title: `Verify the organization-wide address ${address}`,
      steps: [`Salesforce has mailed a link to ${address}: open it. Until then mail cannot be sent from it.`],
      url: setupUrl(facts.identity.instanceUrl, 'OrgWideEmailAddresses/home'),
      seenBy: 'OrgWideEmailAddress.IsVerified is true',
    },
  ];
}

function deliverability(facts: SetupFacts): ManualTask[] {
  if (!facts.deliverability.known || facts.deliverability.value === 'all') return [];
  return [
    {
      id: 'deliverability',
      title: 'Set the access level of Deliverability to All email',
      steps: ['Setup → Email → Deliverability → Access level: All email. No API can set it.'],
      url: setupUrl(facts.identity.instanceUrl, 'OrgEmailSettings/home'),
      seenBy: 'Apex can reserve the capacity for one mail',
    },
  ];
}

/** Since spring 2026 mail from a domain that is not verified is dropped, and Apex sees success. */
function sendingDomain(facts: SetupFacts, { settings, setup }: SetupWish): ManualTask[] {
  const fromAddress = settings.orgWideEmailAddress ?? facts.integrationUser?.email;
  if (fromAddress === undefined || !facts.dkimKeys.known || !facts.authorizedDomains.known) return [];
  const needs = sendingDomainNeeds({
    fromAddress,
    dkimKeys: facts.dkimKeys.value,
    authorizedDomains: facts.authorizedDomains.value,
    substituteFrom: setup.mail.substituteFrom,
  });
  if (needs.verified) return [];
  return [
    {
      id: 'sending-domain',
      title: `Verify the sending domain of ${fromAddress}`,
      steps: [needs.why, ...needs.needs],
      url: setupUrl(facts.identity.instanceUrl, 'EmailDomainKey/home'),
      seenBy: 'an active DKIM key or a verified authorized domain covers it',
    },
  ];
}

function unknowns({ orgWideAddresses, deliverability: probe }: SetupFacts): string[] {
  return [
    ...(orgWideAddresses.known ? [] : [`Organization-wide addresses are not known: ${orgWideAddresses.why}`]),
    ...(probe.known ? [] : [`Whether mail may be sent is not known: ${probe.why}`]),
  ];
}

function limitNotes({ limits }: SetupFacts): string[] {
  const single = limits.known ? limits.value['SingleEmail'] : undefined;
  return single === undefined ? [] : [`Mail to outside addresses today: ${single.Remaining} of ${single.Max} left.`];
}

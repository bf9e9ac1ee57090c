import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { integrationAccess, people } from '../../readings/people.ts';
import { orgWideAddressAccess, orgWideAddresses, type OrgWideAddressRow } from '../../readings/sending.ts';
import { inSetup } from '../../setup-page.ts';
import { notSentBySalesforce } from './applies.ts';

const page = 'OrgWideEmailAddresses/home';

/** The address of the configuration, as the org has it. */
async function configured(context: CheckContext): Promise<OrgWideAddressRow | undefined> {
  const wanted = context.config.blueprint.orgWideEmailAddress?.toLowerCase();
  return (await context.read(orgWideAddresses)).find(({ address }) => address.toLowerCase() === wanted);
}

function notWanted({ config }: CheckContext): string | undefined {
  return (
    notSentBySalesforce({ config }) ??
    (config.blueprint.orgWideEmailAddress === undefined
      ? 'The configuration names no organization-wide address.'
      : undefined)
  );
}

export const orgWideAddress: Check = {
  id: 'email-out.org-wide-address',
  title: 'The organization-wide address is there',
  group: 'email-out',
  why: 'Where it is missing, the sender falls back to the integration user’s own address.',
  mending: 'opencx-sf verify --fix creates it; Salesforce then mails a link to it.',
  requires: ['org.permissions'],
  reads: [orgWideAddresses],
  appliesTo: notWanted,
  fix: ['mail'],
  run: async (context) => {
    const wanted = context.config.blueprint.orgWideEmailAddress ?? '';
    const all = await context.read(orgWideAddresses);
    if ((await configured(context)) !== undefined) return pass(wanted);
    return fail(`There is no organization-wide address ${wanted}.`, {
      evidence: [`The org has ${all.map(({ address }) => address).join(', ') || 'none'}.`],
      remedy: [inSetup(context, page, 'Or by hand: Setup → Organization-Wide Addresses → Add.')],
    });
  },
};

export const orgWideVerified: Check = {
  id: 'email-out.org-wide-verified',
  title: 'The organization-wide address is verified',
  group: 'email-out',
  why: 'Mail from an address that is not verified is refused (UNVERIFIED_SENDER_ADDRESS).',
  mending: 'Open the mail that Salesforce sent to the address and follow its link.',
  requires: ['email-out.org-wide-address'],
  reads: [orgWideAddresses],
  appliesTo: notWanted,
  run: async (context) => {
    const found = await configured(context);
    if (found === undefined) return skip('There is none.');
    if (found.isVerified) return pass(found.address);
    return fail(`${found.address} is not verified.`, {
      remedy: [inSetup(context, page, `Open the mail that Salesforce sent to ${found.address} and follow its link.`)],
    });
  },
};

export const orgWideProfiles: Check = {
  id: 'email-out.org-wide-profiles',
  title: 'The integration user may use the organization-wide address',
  group: 'email-out',
  why: 'An address that is open to some profiles only cannot be used by others.',
  mending: 'Edit the address: allow all profiles, or that of the integration user.',
  requires: ['email-out.org-wide-address', 'org.integration-user'],
  reads: [orgWideAddresses, orgWideAddressAccess, people, integrationAccess],
  appliesTo: notWanted,
  run: async (context) => {
    const found = await configured(context);
    if (found === undefined) return skip('There is none.');
    if (found.allProfiles) return pass('open to all profiles');
    const { integrationUser: user } = await context.read(people);
    const { holds } = await context.read(integrationAccess);
    const access = (await context.read(orgWideAddressAccess)).filter(({ addressId }) => addressId === found.id);
    if (access.some(({ parentId }) => holds.has(parentId))) return pass(`open to ${user?.profile ?? ''}`);
    return fail(`${found.address} is not open to the profile ${user?.profile ?? ''}.`, {
      data: { profiles: access.length },
      remedy: [inSetup(context, page, 'Edit the address: allow the profile of the integration user.')],
    });
  },
};

export const defaultNoReply: Check = {
  id: 'email-out.default-no-reply',
  title: 'The org has a default no-reply address',
  group: 'email-out',
  why: 'Salesforce sends in the name of the platform’s own users (automatic answers to Cases) from that address.',
  mending: 'Setup → Organization-Wide Addresses → Add: purpose Default No-Reply Address.',
  requires: ['org.permissions'],
  reads: [orgWideAddresses],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const found = (await context.read(orgWideAddresses)).filter(({ purpose }) =>
      /DefaultNoreply|DefaultNoReply/.test(purpose),
    );
    if (found.length > 0) return pass(found.map(({ address }) => address).join(', '));
    return warn('No organization-wide address is the default no-reply address.', {
      remedy: [inSetup(context, page, 'Add one with the purpose Default No-Reply Address.')],
    });
  },
};

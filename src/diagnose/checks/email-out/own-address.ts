import { refusalOf } from '../../../provision/app/refusal.ts';
import type { Check } from '../../check.ts';
import { pass, skip, warn } from '../../finding.ts';
import { people, verifiedOwnAddress } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';
import { notSentBySalesforce } from './applies.ts';

export const ownAddress: Check = {
  id: 'email-out.own-address',
  title: 'The integration user’s own address is verified',
  group: 'email-out',
  why: 'Salesforce lets users send only after they have verified their own address (UNVERIFIED_SENDER_ADDRESS).',
  mending: 'Log in as the user once and follow the link in Salesforce’s mail; Setup → Users sends it again.',
  requires: ['org.integration-user'],
  reads: [people, verifiedOwnAddress],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const { integrationUser: user } = await context.read(people);
    let verified: boolean | undefined;
    try {
      verified = await context.read(verifiedOwnAddress);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return skip('Seen only with the permission Manage Multi-Factor Authentication in API.', { evidence: [refusal] });
    }
    if (verified === undefined) return skip('The org does not say.');
    if (verified) return pass(user?.email ?? '', { data: { verified } });
    return warn(`${user?.email ?? 'Its address'} is not verified.`, {
      data: { verified },
      remedy: [inSetup(context, 'ManageUsers/home', 'Open the user; the address can be verified again there.')],
    });
  },
};

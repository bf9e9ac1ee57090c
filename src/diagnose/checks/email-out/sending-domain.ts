import { sendingDomainNeeds } from '../../../provision/mail/sending-domain.ts';
import type { Check } from '../../check.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { emailAuthorizationSettings } from '../../readings/org.ts';
import { people } from '../../readings/people.ts';
import { authorizedDomains, dkimKeys, dns } from '../../readings/sending.ts';
import { inSetup } from '../../setup-page.ts';
import { notSentBySalesforce } from './applies.ts';

export const sendingDomain: Check = {
  id: 'email-out.sending-domain',
  title: 'The sending domain is verified',
  group: 'email-out',
  why: 'Since April 2026 mail from a domain without an active DKIM key or a verified authorized domain is discarded silently: Apex sees success.',
  mending: 'Make a DKIM key for the domain, or verify it under Authorized Email Domains.',
  requires: ['org.permissions'],
  reads: [dkimKeys, authorizedDomains, emailAuthorizationSettings, people],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const { integrationUser: user } = await context.read(people);
    const fromAddress = context.config.blueprint.orgWideEmailAddress ?? user?.email;
    if (fromAddress === undefined || fromAddress === '') return skip('No address says which domain mail is sent from.');
    const substitute =
      String((await context.read(emailAuthorizationSettings))['enableSubstituteFromAddress']) === 'true';
    const needs = sendingDomainNeeds({
      fromAddress,
      dkimKeys: await context.read(dkimKeys),
      authorizedDomains: await context.read(authorizedDomains),
      substituteFrom: substitute,
    });
    const data = { fromAddress, by: needs.by, substituteFrom: substitute };
    if (!needs.verified) {
      return fail(`Mail from ${fromAddress} is discarded: its domain is not verified.`, {
        data,
        evidence: [needs.why],
        remedy: [
          ...needs.needs.map((text) => ({ text })),
          inSetup(context, 'EmailDomainKey/home', 'DKIM Keys in Setup'),
        ],
      });
    }
    if (needs.by === 'substitute-from') {
      return warn('Mail goes out under a substitute address of Salesforce, as the domain is not verified.', {
        data,
        evidence: [needs.why],
        remedy: [
          inSetup(
            context,
            'EmailDomainKey/home',
            'Make a DKIM key for the domain, so that customers see your address.',
          ),
        ],
      });
    }
    return pass(needs.why, { data });
  },
};

export const dkim: Check = {
  id: 'email-out.dkim',
  title: 'Mail is signed: a DKIM key is active and its records are in DNS',
  group: 'email-out',
  why: 'Unsigned mail is taken for spam by Gmail and others; a key whose records are gone stops signing when Salesforce changes keys.',
  mending: 'Setup → DKIM Keys: make a key for the domain, publish its two CNAME records, activate it.',
  requires: ['org.permissions'],
  reads: [dkimKeys, dns],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const address = context.config.blueprint.orgWideEmailAddress ?? context.config.blueprint.replyTo;
    if (address === undefined) return skip('No address says which domain mail is sent from.');
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    const keys = (await context.read(dkimKeys)).filter((key) => key.domain.toLowerCase() === domain);
    const data = { domain, keys: keys.map(({ selector, isActive }) => ({ selector, isActive })) };
    const remedy = [inSetup(context, 'EmailDomainKey/home', `Make or activate a key for ${domain}.`)];
    if (keys.length === 0)
      return warn(`There is no DKIM key for ${domain}: mail is not signed by it.`, { data, remedy });
    if (!keys.some(({ isActive }) => isActive))
      return warn(`The DKIM key of ${domain} is not active.`, { data, remedy });
    const records = (await context.read(dns))?.dkim ?? [];
    const wrong = records.filter(({ status }) => status === 'missing' || status === 'wrong');
    if (wrong.length === 0)
      return pass(`${domain}, active`, { data, evidence: records.map(({ evidence }) => evidence) });
    return fail('The CNAME records of the DKIM key are not as Salesforce wants them.', {
      data,
      evidence: wrong.map(({ evidence }) => evidence),
      remedy: wrong.flatMap(({ records: all }) =>
        all.map(({ type, name, value }) => ({ text: `Publish ${type} ${name}: ${value}` })),
      ),
    });
  },
};

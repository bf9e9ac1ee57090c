import { describe, expect, test } from 'vitest';

import {
  sendingDomainNeeds,
  type SendingDkimKey,
  type SendingDomainFacts,
} from '../../../src/provision/mail/sending-domain.ts';

const key: SendingDkimKey = {
  domain: 'acme.example',
  domainMatch: 'DomainOnly',
  isActive: true,
  selector: 'sf1',
  alternateSelector: 'sf2',
  txtRecordName: 'sf1.abc.custdkim.salesforce.com',
  alternateTxtRecordName: 'sf2.def.custdkim.salesforce.com',
};

function needsOf(change: Partial<SendingDomainFacts> = {}) {
  return sendingDomainNeeds({
    fromAddress: 'support@acme.example',
    dkimKeys: [],
    authorizedDomains: [],
    substituteFrom: undefined,
    ...change,
  });
}

describe('mail leaves', () => {
  test.each([
    ['an active key', { dkimKeys: [key] }, 'dkim'],
    ['a key for subdomains too', { dkimKeys: [{ ...key, domainMatch: 'DomainAndSubdomains' }] }, 'dkim'],
    [
      'a key in another case',
      { dkimKeys: [{ ...key, domain: 'ACME.Example' }], fromAddress: 'S@acme.EXAMPLE' },
      'dkim',
    ],
    [
      'a key of a domain in another script',
      { dkimKeys: [{ ...key, domain: 'xn--mnchen-3ya.example' }], fromAddress: 'hilfe@münchen.example' },
      'dkim',
    ],
    ['an active key beside an inactive one', { dkimKeys: [{ ...key, isActive: false }, key] }, 'dkim'],
    [
      'an authorized domain',
      { authorizedDomains: [{ domain: 'Acme.example', isVerified: true }] },
      'authorized-domain',
    ],
    ['Gmail', { fromAddress: 'me@GMAIL.com' }, 'exempt'],
    ['Hotmail', { fromAddress: 'me@hotmail.com' }, 'exempt'],
    ['Outlook', { fromAddress: 'me@outlook.com' }, 'exempt'],
    ['a trial', { fromAddress: 'me@salesforce-free-mailsend.com' }, 'exempt'],
    ['a substitute sender', { substituteFrom: true }, 'substitute-from'],
  ] satisfies [string, Partial<SendingDomainFacts>, string][])('by %s', (_, change, by) => {
    expect(needsOf(change)).toMatchObject({ verified: true, by, needs: [] });
  });

  test('a substitute is told: customers see another sender', () => {
    expect(needsOf({ substituteFrom: true }).why).toContain('sfcustomeremail.com');
  });
});

describe('mail is dropped', () => {
  test.each([
    ['nothing is there', {}],
    ['a substitute sender is switched off', { substituteFrom: false }],
    ['the key is of another domain', { dkimKeys: [{ ...key, domain: 'other.example' }] }],
    ['the key only ends alike', { dkimKeys: [{ ...key, domain: 'me.example' }] }],
    ['the key is of a subdomain', { dkimKeys: [{ ...key, domain: 'mail.acme.example' }] }],
    ['the authorized domain is another one', { authorizedDomains: [{ domain: 'other.example', isVerified: true }] }],
    ['the domain only looks like Gmail', { fromAddress: 'me@gmail.com.acme.example' }],
    ['it is a consumer domain that is not exempt', { fromAddress: 'me@yahoo.com' }],
  ] satisfies [string, Partial<SendingDomainFacts>][])('where %s', (_, change) => {
    const needs = needsOf(change);
    expect(needs).toMatchObject({ verified: false });
    expect(needs.by).toBeUndefined();
    expect(needs.why).toMatch(/^Salesforce drops mail from .*verified authorized domain\.$/);
    expect(needs.needs.join('\n')).toMatch(
      /Create New Key[^]*CNAME[^]*Activate[^]*Or, instead of a key[^]*substituteFrom/,
    );
  });

  test.each(['DomainAndSubdomains', 'SubdomainsOnly', 'DomainOnly'])(
    'from a subdomain of a domain with a key (%s)',
    (domainMatch) => {
      const needs = needsOf({ fromAddress: 's@help.acme.example', dkimKeys: [{ ...key, domainMatch }] });
      expect(needs.verified).toBe(false);
      expect(needs.why).toContain('The key of acme.example does not count for it');
      expect(needs.needs[0]).toContain('domain help.acme.example');
    },
  );

  test('where the key is for subdomains only', () => {
    const needs = needsOf({ dkimKeys: [{ ...key, domainMatch: 'SubdomainsOnly' }] });
    expect(needs.why).toContain('Its key sf1 is for subdomains only.');
  });

  test('where the key is not active: its records and its activation are what is left', () => {
    const [publish, activate] = needsOf({ dkimKeys: [{ ...key, isActive: false }] }).needs;
    expect(publish).toContain('sf1._domainkey.acme.example CNAME sf1.abc.custdkim.salesforce.com');
    expect(publish).toContain('sf2._domainkey.acme.example CNAME sf2.def.custdkim.salesforce.com');
    expect(activate).toBe('Then Setup → DKIM Keys → sf1 → Activate.');
  });

  test('where Salesforce has not made the records of the key yet', () => {
    const young = { ...key, isActive: false, txtRecordName: '', alternateTxtRecordName: '' };
    expect(needsOf({ dkimKeys: [young] }).needs[0]).toContain('the page of the DKIM key sf1 shows');
  });

  test('where the authorized domain is not verified', () => {
    const needs = needsOf({ authorizedDomains: [{ domain: 'acme.example', isVerified: false }] });
    expect(needs.verified).toBe(false);
    expect(needs.needs.join('\n')).toContain('Or finish the authorized domain acme.example');
  });

  test.each(['support', 'support@', 'support@[192.0.2.1]', ''])('where there is no address: "%s"', (fromAddress) => {
    expect(needsOf({ fromAddress })).toMatchObject({ verified: false, why: `${fromAddress} is no mail address.` });
  });
});

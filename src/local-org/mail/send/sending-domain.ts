import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { mailSettings } from '../mail-settings.ts';

/** Senders that need no verified domain: the public mail services, and the one of trial orgs. */
const EXEMPT = new Set(['gmail.com', 'googlemail.com', 'hotmail.com', 'outlook.com', 'salesforce-free-mailsend.com']);

/**
 * Whether mail may leave with this address as its From: since April 2026 its domain needs an active DKIM key or a verified
 * authorized domain, however verified the address itself is (help article 005316911).
 */
export function mayLeaveFrom(org: OrgState, address: string): boolean {
  const { verifyDomains, verifiedDomains } = mailSettings(org);
  const domain = domainOf(address);
  if (!verifyDomains || EXEMPT.has(domain)) return true;
  return (
    verifiedDomains.includes(domain) ||
    org.records.find('EmailDomainKey', { IsActive: true }).some((key) => keyCovers(key, domain))
  );
}

/** The sender that `enableSubstituteFromAddress` puts in the place of one that may not leave. */
export function substituteAddress(org: OrgState): string {
  return `email@${org.settings.organizationId.toLowerCase()}.sfcustomeremail.com`;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function keyCovers(key: StoredRecord, domain: string): boolean {
  const owned = fieldText(key['Domain']).toLowerCase();
  const match = fieldText(key['DomainMatch']);
  const isSubdomain = domain.endsWith(`.${owned}`);
  if (match === 'SubdomainsOnly') return isSubdomain;
  return domain === owned || (match === 'DomainAndSubdomains' && isSubdomain);
}

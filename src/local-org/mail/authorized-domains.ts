import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { FieldValue } from '../state/record-store.ts';

const SOBJECT = 'AuthorizedEmailDomain';

/** Sending domains that count as verified without a DKIM key, in lower case: the verified AuthorizedEmailDomain records. */
export function authorizedDomains(org: OrgState): string[] {
  return org.records
    .find(SOBJECT, { IsDomainOwnershipVerified: true })
    .map((row) => fieldText(row['DomainName']).toLowerCase());
}

/** Makes these the verified ones, as somebody does who publishes the records that Setup asks for. */
export function setAuthorizedDomains(org: OrgState, domains: readonly string[]): void {
  const wanted = new Set(domains.map((domain) => domain.toLowerCase()));
  for (const row of org.records.find(SOBJECT, {})) {
    if (!wanted.delete(fieldText(row['DomainName']).toLowerCase())) org.records.delete(SOBJECT, row.Id);
  }
  for (const domain of wanted) org.records.insert(SOBJECT, authorizedDomain(domain), org.settings.adminUserId);
}

/** The record of a domain whose ownership is verified. */
export function authorizedDomain(domain: string): Record<string, FieldValue> {
  return {
    DeveloperName: domain.replaceAll(/[^a-z0-9]+/gi, '_'),
    MasterLabel: domain,
    Language: 'en_US',
    DomainName: domain,
    IsDomainOwnershipVerified: true,
    IsEmailRequired: false,
  };
}

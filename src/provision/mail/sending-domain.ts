import { asciiDomain, isBelow, sameDomain } from './dns/domain-name.ts';

/** `EmailDomainKey`: a DKIM key of the org. */
export interface SendingDkimKey {
  domain: string;
  /** `DomainOnly`, `SubdomainsOnly` or `DomainAndSubdomains`: what mail it signs. */
  domainMatch: string;
  isActive: boolean;
  selector: string;
  alternateSelector: string;
  txtRecordName: string;
  alternateTxtRecordName: string;
}

export interface SendingDomainFacts {
  /** The From of the mail: an organization-wide address, or the address of the user who sends. */
  fromAddress: string;
  dkimKeys: readonly SendingDkimKey[];
  /** `AuthorizedEmailDomain`. */
  authorizedDomains: readonly { domain: string; isVerified: boolean }[];
  /** `EmailAuthorizationSettings.enableSubstituteFromAddress`; undefined counts as off. */
  substituteFrom: boolean | undefined;
}

export interface SendingDomainNeeds {
  /** Mail with this From leaves Salesforce. */
  verified: boolean;
  /** Why it does. */
  by?: 'dkim' | 'authorized-domain' | 'exempt' | 'substitute-from';
  /** One sentence or two, for people. */
  why: string;
  /** What a person does, in order; empty if mail leaves. */
  needs: string[];
}

/** Domains that Salesforce exempts (help article xcloud.security_user_email_verification_substitute_domain). */
const consumerDomains: ReadonlySet<string> = new Set(['gmail.com', 'hotmail.com', 'outlook.com']);
const trialDomain = 'salesforce-free-mailsend.com';

/**
 * Whether Salesforce lets mail with this From leave. Since spring 2026 the domain needs an active DKIM key of exactly its
 * name or a verified authorized domain, however verified the address itself is; otherwise Apex sees success and the mail
 * is dropped (help articles 005316090, 005316911).
 *
 * A key of a parent domain does not count, even if it signs for subdomains: "An active DKIM key fulfills the requirement
 * for domain-level verification only when the domain name of the DKIM key matches the entire domain shown in the 'From'
 * address" (help article sales.emailadmin_create_secure_dkim).
 */
export function sendingDomainNeeds(facts: SendingDomainFacts): SendingDomainNeeds {
  const { fromAddress, dkimKeys, authorizedDomains, substituteFrom } = facts;
  const at = fromAddress.lastIndexOf('@');
  const domain = at < 0 ? undefined : asciiDomain(fromAddress.slice(at + 1));
  if (domain === undefined) {
    return { verified: false, why: `${fromAddress} is no mail address.`, needs: ['Choose another sender address.'] };
  }
  if (consumerDomains.has(domain) || domain === trialDomain || isBelow(domain, trialDomain)) {
    return { verified: true, by: 'exempt', why: `Salesforce asks no proof for ${domain}.`, needs: [] };
  }
  const ownKeys = dkimKeys.filter((key) => sameDomain(key.domain, domain) && key.domainMatch !== 'SubdomainsOnly');
  if (ownKeys.some((key) => key.isActive)) {
    return { verified: true, by: 'dkim', why: `${domain} has an active DKIM key.`, needs: [] };
  }
  const authorized = authorizedDomains.filter((one) => sameDomain(one.domain, domain));
  if (authorized.some((one) => one.isVerified)) {
    return { verified: true, by: 'authorized-domain', why: `${domain} is a verified authorized domain.`, needs: [] };
  }
  if (substituteFrom === true) {
    const why = `${domain} is not verified: mail leaves as email@<org id>.sfcustomeremail.com, with the display name and Reply-To it had.`;
    return { verified: true, by: 'substitute-from', why, needs: [] };
  }
  const near = nearKey(domain, dkimKeys);
  const [inactive] = ownKeys;
  return {
    verified: false,
    why: `Salesforce drops mail from ${domain}, and Apex sees success: the domain has no active DKIM key and is no verified authorized domain.${near}`,
    needs: [
      ...(inactive === undefined ? newKey(domain) : activate(domain, inactive)),
      authorized.length > 0
        ? `Or finish the authorized domain ${domain} that the org has, by its TXT record (Setup → Authorized Email Domains). DKIM is what Salesforce recommends.`
        : `Or, instead of a key, verify ${domain} by a TXT record: Setup → Authorized Email Domains. DKIM is what Salesforce recommends.`,
      'Or, as long as the domain cannot be verified, let Salesforce put its own sender address in: setup.mail.substituteFrom (Setup → Deliverability → Use a substitute email address for unverified domains).',
    ],
  };
}

/** People take the key of a parent domain for enough, as it signs the mail: tell them why it is not. */
function nearKey(domain: string, dkimKeys: readonly SendingDkimKey[]): string {
  const near = dkimKeys.find((key) => {
    const owner = asciiDomain(key.domain);
    return key.isActive && owner !== undefined && (isBelow(domain, owner) || owner === domain);
  });
  if (near === undefined) return '';
  if (sameDomain(near.domain, domain)) return ` Its key ${near.selector} is for subdomains only.`;
  return ` The key of ${near.domain} does not count for it: each subdomain needs its own.`;
}

function newKey(domain: string): string[] {
  return [
    `Setup → DKIM Keys → Create New Key: 2048 bits, two selectors that ${domain} does not use yet, domain ${domain}, domain match: exact domain only.`,
    `Publish the two CNAME records that the key's page shows after some minutes, in the DNS of ${domain}.`,
    'When they are to be seen in DNS, choose Activate on the page of the key.',
  ];
}

function activate(domain: string, key: SendingDkimKey): string[] {
  const records = [
    { selector: key.selector, target: key.txtRecordName },
    { selector: key.alternateSelector, target: key.alternateTxtRecordName },
  ]
    .filter(({ selector, target }) => selector !== '' && target !== '')
    .map(({ selector, target }) => `${selector}._domainkey.${domain} CNAME ${target}`);
  return [
    records.length === 0
      ? `Publish the CNAME records that the page of the DKIM key ${key.selector} shows, in the DNS of ${domain}.`
      : `Publish in the DNS of ${domain}, where they are not there yet: ${records.join(' and ')}.`,
    `Then Setup → DKIM Keys → ${key.selector} → Activate.`,
  ];
}

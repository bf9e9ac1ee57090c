import type { Config } from '../../../config/config-schema.ts';
import type { Org } from '../../../salesforce/org.ts';
import { known } from './known.ts';
import type { DkimKey, EmailToCaseFacts, Known, OrgRoutingAddress, OrgWideAddress, SetupFacts } from './setup-facts.ts';

/** Settings of Email-to-Case, by the one row of the Tooling API: it needs no SOAP. */
export async function readEmailToCase(org: Org): Promise<EmailToCaseFacts> {
  const rows = await org.toolingQuery<{ Metadata: Record<string, unknown> | null }>(
    'SELECT Id, Metadata FROM CaseSettings LIMIT 1',
    'reading the settings of Email-to-Case',
  );
  const settings = rows[0]?.Metadata ?? {};
  const block = (settings['emailToCase'] ?? {}) as Record<string, unknown>;
  return {
    enabled: block['enableEmailToCase'] === true,
    onDemand: block['enableOnDemandEmailToCase'] === true,
    block,
    defaultCaseOwner: textOf(settings['defaultCaseOwner']),
    defaultCaseOwnerType: textOf(settings['defaultCaseOwnerType']),
    hasCaseUser:
      textOf(settings['defaultCaseUser']) !== undefined || settings['useSystemUserAsDefaultCaseUser'] === true,
    routingAddresses: [block['routingAddresses'] ?? []].flat() as OrgRoutingAddress[],
    // Orgs with reference ids know the other two elements, enableThreadIDInBody and enableThreadIDInSubject.
    lightningThreading: typeof block['enableThreadIDInBody'] !== 'boolean',
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Everything about sending mail. */
export async function readMail(
  org: Org,
  { setup }: Config,
): Promise<
  Pick<
    SetupFacts,
    'emailToCase' | 'orgWideAddresses' | 'dkimKeys' | 'authorizedDomains' | 'substituteFrom' | 'deliverability'
  >
> {
  const [emailToCase, orgWideAddresses, dkimKeys, authorizedDomains, substituteFrom, deliverability] =
    await Promise.all([
      known(readEmailToCase(org)),
      known(readOrgWideAddresses(org)),
      known(readDkimKeys(org)),
      known(readAuthorizedDomains(org)),
      setup.mail.substituteFrom === undefined ? undefined : known(readSubstituteFrom(org)),
      probeDeliverability(org),
    ]);
  return { emailToCase, orgWideAddresses, dkimKeys, authorizedDomains, substituteFrom, deliverability };
}

/** All of them; `IsVerified` is known since 58.0. */
export async function readOrgWideAddresses(org: Org): Promise<OrgWideAddress[]> {
  const rows = await org.query<{ Id: string; Address: string; IsVerified?: boolean }>(
    'SELECT Id, Address, IsVerified FROM OrgWideEmailAddress',
    'reading organization-wide addresses',
  );
  return rows.map((row) => ({ id: row.Id, address: row.Address, isVerified: row.IsVerified }));
}

interface DkimRow {
  Domain: string;
  DomainMatch: string;
  IsActive: boolean;
  Selector: string;
  AlternateSelector: string | null;
  TxtRecordName: string | null;
  AlternateTxtRecordName: string | null;
}

export async function readDkimKeys(org: Org): Promise<DkimKey[]> {
  const rows = await org.query<DkimRow>(
    'SELECT Domain, DomainMatch, IsActive, Selector, AlternateSelector, TxtRecordName, AlternateTxtRecordName FROM EmailDomainKey',
    'reading DKIM keys',
  );
  return rows.map((row) => ({
    domain: row.Domain,
    domainMatch: row.DomainMatch,
    isActive: row.IsActive,
    selector: row.Selector,
    alternateSelector: row.AlternateSelector ?? '',
    txtRecordName: row.TxtRecordName ?? '',
    alternateTxtRecordName: row.AlternateTxtRecordName ?? '',
  }));
}

export async function readAuthorizedDomains(org: Org): Promise<{ domain: string; isVerified: boolean }[]> {
  const rows = await org.toolingQuery<{ DomainName: string; IsDomainOwnershipVerified: boolean }>(
    'SELECT DomainName, IsDomainOwnershipVerified FROM AuthorizedEmailDomain',
    'reading authorized e-mail domains',
  );
  return rows.map((row) => ({ domain: row.DomainName, isVerified: row.IsDomainOwnershipVerified }));
}

async function readSubstituteFrom(org: Org): Promise<boolean> {
  const values = await org.readMetadata(
    'EmailAuthorizationSettings',
    'EmailAuthorization',
    'reading EmailAuthorizationSettings',
  );
  return String(values?.['enableSubstituteFromAddress']) === 'true';
}

interface AnonymousAnswer {
  compiled: boolean;
  success: boolean;
  exceptionMessage: string | null;
}

/**
 * No API tells the access level of Deliverability; reserving one mail's capacity does, and sends nothing.
 * "No access" and "System email only" cannot be told apart.
 */
export async function probeDeliverability(org: Org): Promise<Known<'all' | 'not-all'>> {
  const body = encodeURIComponent('Messaging.reserveSingleEmailCapacity(1);');
  const answer = await known(
    org.rest<AnonymousAnswer>(
      'GET',
      `/tooling/executeAnonymous/?anonymousBody=${body}`,
      'asking whether mail may be sent',
    ),
  );
  if (!answer.known) return answer;
  const { compiled, success, exceptionMessage } = answer.value;
  if (compiled && success) return { known: true, value: 'all' };
  const why = exceptionMessage ?? '';
  if (/not permitted to send email/i.test(why)) return { known: true, value: 'not-all' };
  return { known: false, why: why === '' ? 'the probe did not compile' : why };
}

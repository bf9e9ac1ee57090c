import type { DomainFindings } from '../../provision/mail/look-up-domain.ts';
import { known } from '../../provision/setup/facts/known.ts';
import { readDns } from '../../provision/setup/facts/read-dns.ts';
import { probeDeliverability, readAuthorizedDomains, readDkimKeys } from '../../provision/setup/facts/read-mail.ts';
import type { DkimKey, Known } from '../../provision/setup/facts/setup-facts.ts';
import type { Reading } from './reading.ts';

/** An address that the org may send from. */
export interface OrgWideAddressRow {
  id: string;
  address: string;
  isVerified: boolean;
  allProfiles: boolean;
  /** `UserSelection`, `DefaultNoreply` or `UserSelectionAndDefaultNoReply`. */
  purpose: string;
}

export const orgWideAddresses: Reading<readonly OrgWideAddressRow[]> = {
  what: 'OrgWideEmailAddress',
  read: async ({ org }) => {
    const rows = await org.query<{
      Id: string;
      Address: string;
      IsVerified: boolean;
      IsAllowAllProfiles: boolean;
      Purpose: string | null;
    }>(
      'SELECT Id, Address, IsVerified, IsAllowAllProfiles, Purpose FROM OrgWideEmailAddress',
      'reading organization-wide addresses',
    );
    return rows.map((row) => ({
      id: row.Id,
      address: row.Address,
      isVerified: row.IsVerified,
      allProfiles: row.IsAllowAllProfiles,
      purpose: row.Purpose ?? '',
    }));
  },
};

/** Which profiles and permission sets may use an address that is not open to all: pairs of ids. */
export const orgWideAddressAccess: Reading<readonly { addressId: string; parentId: string }[]> = {
  what: 'OrgEmailAddressSecurity (profiles), SetupEntityAccess (permission sets)',
  read: async ({ org }) => {
    const doing = 'reading who may use organization-wide addresses';
    const [profiles, sets] = await Promise.all([
      org.query<{ OrgWideEmailAddressId: string; ParentId: string }>(
        'SELECT OrgWideEmailAddressId, ParentId FROM OrgEmailAddressSecurity',
        doing,
      ),
      org.query<{ SetupEntityId: string; ParentId: string }>(
        "SELECT SetupEntityId, ParentId FROM SetupEntityAccess WHERE SetupEntityType = 'OrgWideEmailAddress'",
        doing,
      ),
    ]);
    return [
      ...profiles.map((row) => ({ addressId: row.OrgWideEmailAddressId, parentId: row.ParentId })),
      ...sets.map((row) => ({ addressId: row.SetupEntityId, parentId: row.ParentId })),
    ];
  },
};

export const dkimKeys: Reading<readonly DkimKey[]> = {
  what: 'EmailDomainKey',
  read: ({ org }) => readDkimKeys(org),
};

export const authorizedDomains: Reading<readonly { domain: string; isVerified: boolean }[]> = {
  what: 'Tooling API: AuthorizedEmailDomain',
  read: ({ org }) => readAuthorizedDomains(org),
};

/** Whether Apex may send at all; known is false where the org does not say. */
export const deliverability: Reading<Known<'all' | 'not-all'>> = {
  what: 'Tooling API: executeAnonymous of Messaging.reserveSingleEmailCapacity(1), which sends nothing',
  read: ({ org }) => probeDeliverability(org),
};

/** What DNS says of the sending domain; undefined where the configuration does not want to know. */
export const dns: Reading<DomainFindings | undefined> = {
  what: 'DNS: SPF, DKIM and DMARC of the sending domain',
  read: async ({ config, read }) => await readDns(config, await known(read(dkimKeys))),
};

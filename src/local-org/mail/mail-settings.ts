import { emailToCaseOf, enableEmailToCase } from '../settings/email-to-case.ts';
import { changeSettings, settingsOf } from '../settings/settings-documents.ts';
import type { OrgState } from '../state/org-state.ts';
import { authorizedDomains, setAuthorizedDomains } from './authorized-domains.ts';

const KIND = 'mail-settings';
const KEY = 'settings';

/** Setup → Email → Deliverability, the sending domains, Email-to-Case and the relay of an org. */
export interface MailSettings {
  /** Access level of Deliverability: `All email`, `System email only`, `No access`. */
  readonly deliverability: 'all' | 'system' | 'none';
  /** Domains that count as verified beside those with an active DKIM key: the verified AuthorizedEmailDomain records. */
  readonly verifiedDomains: readonly string[];
  /** Whether mail from a domain that is not verified is discarded, as in all orgs since April 2026. */
  readonly verifyDomains: boolean;
  /** `EmailAuthorizationSettings.enableSubstituteFromAddress`. */
  readonly substituteFrom: boolean;
  /** `CaseSettings.emailToCase.enableEmailToCase`. */
  readonly emailToCase: boolean;
  /** `CaseSettings.emailToCase.useEmailHeadersForThreading`. */
  readonly useEmailHeadersForThreading: boolean;
  /** An SMTP server that is handed all sent mail; without one nothing leaves the process. */
  readonly smtpRelay?: SmtpRelay;
}

export interface SmtpRelay {
  readonly host: string;
  /** TCP port. */
  readonly port: number;
}

/** What of them is Setup's alone; the rest is in records and in the metadata settings of the org. */
type OwnSettings = Omit<
  MailSettings,
  'verifiedDomains' | 'substituteFrom' | 'emailToCase' | 'useEmailHeadersForThreading'
>;

const DEFAULTS: OwnSettings = {
  deliverability: 'all',
  verifyDomains: true,
};

export function mailSettings(org: OrgState): MailSettings {
  const { enabled, useEmailHeadersForThreading } = emailToCaseOf(org);
  return {
    ...ownSettings(org),
    verifiedDomains: authorizedDomains(org),
    substituteFrom: settingsOf(org, 'EmailAuthorization')['enableSubstituteFromAddress'] === true,
    emailToCase: enabled,
    useEmailHeadersForThreading,
  };
}

export type MailSettingsChange = Omit<Partial<MailSettings>, 'smtpRelay'> & {
  /** Null takes the relay away. */
  readonly smtpRelay?: SmtpRelay | null;
};

/**
 * Changes what is given and keeps the rest. `emailToCase` switches it on with all it needs; off is for tests alone, as no
 * real org goes back.
 */
export function changeMailSettings(org: OrgState, change: MailSettingsChange): MailSettings {
  const { smtpRelay: formerRelay, ...former } = ownSettings(org);
  const { emailToCase, useEmailHeadersForThreading, substituteFrom, verifiedDomains, ...own } = change;
  const { smtpRelay = formerRelay, ...changed } = own;
  org.transaction(() => {
    const relay = smtpRelay === null || smtpRelay === undefined ? {} : { smtpRelay };
    org.documents.put(KIND, KEY, { ...former, ...changed, ...relay });
    if (verifiedDomains !== undefined) setAuthorizedDomains(org, verifiedDomains);
    if (emailToCase === true) enableEmailToCase(org);
    const block = { ...(emailToCase === false ? { enableEmailToCase: false } : {}), useEmailHeadersForThreading };
    changeSettings(org, 'Case', { emailToCase: block });
    changeSettings(org, 'EmailAuthorization', { enableSubstituteFromAddress: substituteFrom });
  });
  return mailSettings(org);
}

function ownSettings(org: OrgState): OwnSettings {
  return { ...DEFAULTS, ...(org.documents.get(KIND, KEY) as Partial<OwnSettings> | undefined) };
}

import type { OrgState } from '../state/org-state.ts';

const KIND = 'mail-settings';
const KEY = 'settings';

/** Setup → Email → Deliverability, the sending domains, Email-to-Case and the relay of an org. */
export interface MailSettings {
  /** Access level of Deliverability: `All email`, `System email only`, `No access`. */
  readonly deliverability: 'all' | 'system' | 'none';
  /** Domains that count as verified beside active DKIM keys and verified authorized domains. */
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

/** Mail flows in a new org: `example.com`, the domain of all examples, stands for the customer's verified one. */
const DEFAULTS: MailSettings = {
  deliverability: 'all',
  verifiedDomains: ['example.com', 'local-org.test'],
  verifyDomains: true,
  substituteFrom: false,
  emailToCase: true,
  useEmailHeadersForThreading: true,
};

export function mailSettings(org: OrgState): MailSettings {
  return { ...DEFAULTS, ...(org.documents.get(KIND, KEY) as Partial<MailSettings> | undefined) };
}

export type MailSettingsChange = Omit<Partial<MailSettings>, 'smtpRelay'> & {
  /** Null takes the relay away. */
  readonly smtpRelay?: SmtpRelay | null;
};

/** Changes what is given and keeps the rest. */
export function changeMailSettings(org: OrgState, change: MailSettingsChange): MailSettings {
  const { smtpRelay: formerRelay, ...former } = mailSettings(org);
  const { smtpRelay = formerRelay, ...changed } = change;
  const settings = { ...former, ...changed, ...(smtpRelay === null || smtpRelay === undefined ? {} : { smtpRelay }) };
  org.documents.put(KIND, KEY, settings);
  return settings;
}

import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import { changeSettings, settingsOf } from './settings-documents.ts';
import type { SettingsValue } from './settings-documents.ts';

/** The owner of cases that no routing address gives to somebody. */
export interface DefaultCaseOwner {
  /** A username, or the DeveloperName of a queue. */
  readonly name: string;
  readonly type: 'User' | 'Queue';
}

/** `CaseSettings` as far as Email-to-Case acts by them. */
export interface EmailToCase {
  readonly enabled: boolean;
  readonly onDemand: boolean;
  readonly useEmailHeadersForThreading: boolean;
  readonly defaultCaseOwner: DefaultCaseOwner | undefined;
  /** Username of the Automated Case User; undefined where the system user takes that part, or nobody was named. */
  readonly defaultCaseUser: string | undefined;
  readonly systemUserIsCaseUser: boolean;
}

const KIND = 'email-service';
const SERVICE = 'EmailToCase';

export function emailToCaseOf(org: OrgState): EmailToCase {
  return readEmailToCase(settingsOf(org, 'Case'));
}

/** The same of settings that are not in the org yet. */
export function readEmailToCase(settings: SettingsValue): EmailToCase {
  const block = (settings['emailToCase'] ?? {}) as SettingsValue;
  const owner = text(settings['defaultCaseOwner']);
  return {
    enabled: block['enableEmailToCase'] === true,
    onDemand: block['enableOnDemandEmailToCase'] === true,
    useEmailHeadersForThreading: block['useEmailHeadersForThreading'] === true,
    defaultCaseOwner:
      owner === undefined
        ? undefined
        : { name: owner, type: settings['defaultCaseOwnerType'] === 'Queue' ? 'Queue' : 'User' },
    defaultCaseUser: text(settings['defaultCaseUser']),
    systemUserIsCaseUser: settings['useSystemUserAsDefaultCaseUser'] === true,
  };
}

/** Whether the email service is there that routing addresses are bound to. */
export function hasEmailService(org: OrgState): boolean {
  return org.documents.get(KIND, SERVICE) !== undefined;
}

/** Makes the email service of On-Demand Email-to-Case; it stays for good. */
export function provideEmailService(org: OrgState): void {
  if (!hasEmailService(org)) org.documents.put(KIND, SERVICE, { createdDate: org.now().toISOString() });
}

/**
 * Switches Email-to-Case on as somebody in Setup does who follows the page: with On-Demand, all threading, the
 * administrator as default owner and the system user for automated changes. What is on already is left as it is.
 */
export function enableEmailToCase(org: OrgState): void {
  provideEmailService(org);
  const settings = settingsOf(org, 'Case');
  if (readEmailToCase(settings).enabled) return;
  const administrator = org.records.get('User', org.settings.adminUserId);
  const owner =
    settings['defaultCaseOwner'] === undefined
      ? { defaultCaseOwner: fieldText(administrator?.['Username']), defaultCaseOwnerType: 'User' }
      : {};
  const systemUser =
    settings['defaultCaseUser'] === undefined
      ? { useSystemUserAsDefaultCaseUser: true, systemUserEmail: fieldText(administrator?.['Email']) }
      : {};
  const emailToCase = {
    enableEmailToCase: true,
    enableOnDemandEmailToCase: true,
    enableThreadTokenInBody: true,
    enableThreadTokenInSubject: true,
    useEmailHeadersForThreading: true,
  };
  changeSettings(org, 'Case', { ...owner, ...systemUser, emailToCase });
}

function text(field: SettingsValue[string]): string | undefined {
  return typeof field === 'string' && field !== '' ? field : undefined;
}

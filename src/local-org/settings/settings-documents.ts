import type { OrgState } from '../state/org-state.ts';

/** Settings as the Metadata API names them. Structurally the same as the values of other metadata. */
export interface SettingsValue {
  readonly [element: string]: SettingsField;
}
export type SettingsField = string | number | boolean | null | undefined | SettingsValue | readonly SettingsField[];

const KIND = 'metadata-settings';

/** What a new org has, by the member names of the metadata type `Settings`; their order makes the ids of their rows. */
const DEFAULTS = {
  Case: {
    closeCaseThroughStatusChange: false,
    emailToCase: {
      enableE2CAttachmentAsFile: true,
      enableE2CSourceTracking: false,
      enableEmailToCase: false,
      enableHtmlEmail: true,
      enableOnDemandEmailToCase: false,
      enableThreadTokenInBody: false,
      enableThreadTokenInSubject: false,
      notifyOwnerOnNewCaseEmail: false,
      overEmailLimitAction: 'Bounce',
      preQuoteSignature: false,
      unauthorizedSenderAction: 'Bounce',
      useEmailHeadersForThreading: false,
    },
    enableDraftEmails: false,
    notifyContactOnCaseComment: false,
    notifyDefaultCaseOwner: false,
    notifyOwnerOnCaseComment: true,
    notifyOwnerOnCaseOwnerChange: true,
    useSystemEmailAddress: false,
    useSystemUserAsDefaultCaseUser: false,
    webToCase: { enableWebToCase: false },
  },
  ConnectedApp: {
    enableAdminApprovedAppsOnly: false,
    enableAdminApprovedAppsOnlyForExternalUser: false,
    enableSkipUserProvisioningWizardWelcomePage: false,
  },
  EmailAuthorization: { enableSubstituteFromAddress: false },
  ExternalClientApp: {
    enableClientSecretInRestApiAccess: false,
    enableConsumerSecretApiAccess: false,
    enablePackageEcaOauthFromDevOrg: false,
  },
  // Both flows are blocked in orgs made since Summer '23.
  OauthOidc: {
    blockOAuthUnPwFlow: true,
    blockOAuthUsrAgtFlow: true,
    isPkceRequired: false,
    oAuthCdCrdtFlowEnable: false,
  },
  Deployment: { doesSkipAsyncApexValidation: false },
} as const satisfies Record<string, SettingsValue>;

/** A member of the metadata type `Settings` that this org has. */
export type SettingsMember = keyof typeof DEFAULTS;

export const settingsMembers = Object.keys(DEFAULTS) as readonly SettingsMember[];

/** Settings as they stand: a new org's with what was changed since. Routing addresses are not in them. */
export function settingsOf(org: OrgState, member: SettingsMember): SettingsValue {
  const changed = org.documents.get(KIND, member) as SettingsValue | undefined;
  return changed === undefined ? DEFAULTS[member] : mergedSettings(DEFAULTS[member], changed);
}

/** Changes what is given and keeps the rest, element by element, also inside of blocks like `emailToCase`. */
export function changeSettings(org: OrgState, member: SettingsMember, changes: SettingsValue): void {
  const former = (org.documents.get(KIND, member) ?? {}) as SettingsValue;
  org.documents.put(KIND, member, mergedSettings(former, changes));
}

/** Settings with others over them; what is undefined or null changes nothing. */
export function mergedSettings(former: SettingsValue, changes: SettingsValue): SettingsValue {
  const merged: Record<string, SettingsField> = { ...former };
  for (const [name, field] of Object.entries(changes)) {
    if (field === undefined || field === null) continue;
    const before = merged[name];
    merged[name] = isBlock(field) && isBlock(before) ? mergedSettings(before, field) : field;
  }
  return merged;
}

function isBlock(field: SettingsField): field is SettingsValue {
  return typeof field === 'object' && field !== null && !Array.isArray(field);
}

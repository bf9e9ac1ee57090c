import { settingsOf } from '../../../settings/settings-documents.ts';
import type { SettingsMember } from '../../../settings/settings-documents.ts';
import type { OrgState } from '../../../state/org-state.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { settingsTypeOfMember } from '../../settings/settings-types.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import type { ComponentRule } from '../rule-context.ts';
import { caseSettingsProblem } from './case-settings.ts';

/** What can be switched here; the rest of these settings is as every new org has it, and stays so. */
const switches: Readonly<Record<Exclude<SettingsMember, 'Case'>, ReadonlySet<string>>> = {
  ConnectedApp: new Set(),
  Deployment: new Set(['doesSkipAsyncApexValidation']),
  EmailAuthorization: new Set(['enableSubstituteFromAddress']),
  ExternalClientApp: new Set(['enableClientSecretInRestApiAccess']),
  OauthOidc: new Set(['isPkceRequired']),
};

/** Settings, by the member's name. */
export const checkSettings: ComponentRule = ({ fullName, value }, { org }) => {
  const type = settingsTypeOfMember(fullName);
  if (type === undefined) return { message: notImplementedProblem(`the settings ${fullName}`) };
  const { member } = type;
  const message = member === 'Case' ? caseSettingsProblem(org, value) : fixedProblem(org, member, type.name, value);
  return message === undefined ? undefined : { message };
};

function fixedProblem(
  org: OrgState,
  member: Exclude<SettingsMember, 'Case'>,
  typeName: string,
  value: MetadataValue,
): string | undefined {
  const now = settingsOf(org, member);
  const stranger = Object.entries(value).find(
    ([element, field]) => !switches[member].has(element) && field !== (now[element] ?? false),
  );
  return stranger === undefined
    ? undefined
    : notImplementedProblem(`setting ${stranger[0]} of ${typeName} to ${JSON.stringify(stranger[1])}`);
}

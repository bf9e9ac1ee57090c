import { storedValue } from '../apply/stored-value.ts';
import type { ComponentSet } from '../deploy/component-set.ts';
import { appOf, GLOBAL_SETTINGS } from '../external-client-apps/app-types.ts';
import { FLOW, flowNameOf, isActive, versionNamed } from '../flows/flow-versions.ts';
import { deletionRefusal } from '../profiles/profile-deletion.ts';
import { findProfile, PROFILE } from '../profiles/profile-names.ts';
import { listOf, textOf } from '../elements/metadata-value.ts';
import { assignedProblem } from './assigned-problem.ts';
import { apexMentioning, mentions } from './apex-references.ts';

const typeLabels: Readonly<Record<string, string>> = {
  ApexClass: 'apex class',
  ApexTrigger: 'apex trigger',
  CustomField: 'custom field',
  ExternalCredential: 'external credential',
};

/**
 * Why a component cannot be deleted, as Salesforce words it; undefined where nothing that stays needs it.
 * @param set the org after the deployment: what it deletes does not hold anything back
 */
export function deletionProblem(type: string, fullName: string, set: ComponentSet): string | undefined {
  if (type === 'PermissionSet') {
    const id = set.org.components.get(type, fullName)?.recordId;
    return id === undefined ? undefined : assignedProblem(set.org, id);
  }
  if (type === PROFILE) return profileProblem(fullName, set);
  if (type === FLOW) return flowProblem(fullName, set);
  if (type === 'Settings') return 'Settings cannot be deleted.';
  if (type === 'ExtlClntAppOauthSettings') return globalSettingsProblem(fullName, set);
  const users = usersOf(type, fullName, set);
  if (users.length === 0) return undefined;
  return `This ${typeLabels[type] ?? type} is referenced elsewhere in salesforce.com. Remove the usage and try again. : ${users.join(', ')}`;
}

function usersOf(type: string, fullName: string, set: ComponentSet): string[] {
  if (type === 'ApexClass') return apexUsers(fullName, type, fullName, set);
  if (type === 'CustomField') {
    const inApex = apexUsers(fullName.slice(fullName.indexOf('.') + 1), type, fullName, set);
    return [...inApex, ...ruleUsers(fullName, set)];
  }
  if (type === 'ExternalCredential') return credentialUsers(fullName, set);
  return [];
}

function apexUsers(name: string, ownType: string, ownName: string, set: ComponentSet): string[] {
  const replaced = (type: string, other: string): boolean => set.isGone(type, other) || set.isAccepted(type, other);
  const itself = (type: string, other: string): boolean =>
    type === ownType && other.toLowerCase() === ownName.toLowerCase();
  const deployed = (['ApexClass', 'ApexTrigger'] as const).flatMap((type) =>
    set
      .accepted(type)
      .filter((component) => mentions(component.body ?? '', name))
      .map((component) => `${type === 'ApexClass' ? 'Apex Class' : 'Apex Trigger'} - ${component.fullName}`),
  );
  return [...apexMentioning(set.org, name, (type, other) => itself(type, other) || replaced(type, other)), ...deployed];
}

function credentialUsers(fullName: string, set: ComponentSet): string[] {
  return set.org.components
    .list('NamedCredential')
    .filter((component) => !set.isGone(component.type, component.fullName))
    .filter((component) =>
      listOf(storedValue(component), 'namedCredentialParameters').some(
        (parameter) => textOf(parameter, 'externalCredential')?.toLowerCase() === fullName.toLowerCase(),
      ),
    )
    .map((component) => `Named Credential - ${component.fullName}`);
}

function ruleUsers(field: string, set: ComponentSet): string[] {
  return set.org.components
    .list('AssignmentRule')
    .filter(({ type, fullName }) => !set.isGone(type, fullName))
    .filter(({ type, fullName }) =>
      listOf(set.value(type, fullName) ?? {}, 'ruleEntry')
        .flatMap((entry) => listOf(entry, 'criteriaItems'))
        .some((criterion) => textOf(criterion, 'field')?.toLowerCase() === field.toLowerCase()),
    )
    .map(({ fullName }) => `Assignment Rule - ${fullName}`);
}

/** The OAuth settings of an app go after its global ones, or with them. */
function globalSettingsProblem(fullName: string, set: ComponentSet): string | undefined {
  const stored = set.org.components.get('ExtlClntAppOauthSettings', fullName);
  const appName = stored === undefined ? '' : appOf(storedValue(stored)).toLowerCase();
  const users = set.all(GLOBAL_SETTINGS).filter(({ value }) => appOf(value).toLowerCase() === appName);
  // With the app go all its parts.
  if (set.isGone('ExternalClientApplication', appName) || users.length === 0) return undefined;
  return `This external client app OAuth settings is referenced elsewhere in salesforce.com. Remove the usage and try again. : ${users.map((user) => `External Client App Global OAuth Settings - ${user.fullName}`).join(', ')}`;
}

/**
 * Versions of flows go one by one, by their numbers, and not while they are active (Metadata API guide, Flow). A name
 * without a number is reported to be refused whatever the flow's state; the sentence about active ones is ours.
 */
function flowProblem(fullName: string, { org }: ComponentSet): string | undefined {
  if (flowNameOf(fullName).version === undefined) return 'insufficient access rights on cross-reference id';
  const row = versionNamed(org, fullName);
  return row !== undefined && isActive(row)
    ? `The flow version ${fullName} is active and can't be deleted.`
    : undefined;
}

function profileProblem(fullName: string, { org }: ComponentSet): string | undefined {
  const row = findProfile(org, fullName);
  return row === undefined ? undefined : deletionRefusal(org, row.Id);
}

import { queueHeld, queueHolder } from '../../records/rules/access/queue-rules.ts';
import { storedValue } from '../apply/stored-value.ts';
import type { ComponentSet } from '../deploy/component-set.ts';
import { appOf, GLOBAL_SETTINGS } from '../external-client-apps/app-types.ts';
import { FLOW, flowNameOf, isActive, versionNamed, versionNumberOf, versionsOf } from '../flows/flow-versions.ts';
import { deletionRefusal } from '../profiles/profile-deletion.ts';
import { findQueue, QUEUE } from '../queues/queue-names.ts';
import { findProfile, PROFILE } from '../profiles/profile-names.ts';
import { listOf, textOf } from '../elements/metadata-value.ts';
import { assignedProblem } from './assigned-problem.ts';
import { apexMentioning, mentions } from './apex-references.ts';
import { flowsUsingField, messagingUsers } from './messaging-references.ts';

const typeLabels: Readonly<Record<string, string>> = {
  ApexClass: 'apex class',
  ApexTrigger: 'apex trigger',
  CustomField: 'custom field',
  CustomObject: 'custom object',
  ExternalCredential: 'external credential',
  MessagingChannel: 'messaging channel',
  PublicKeyCertificate: 'public key certificate',
  PublicKeyCertificateSet: 'public key certificate set',
  Queue: 'queue',
  QueueRoutingConfig: 'routing configuration',
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
  const held = type === QUEUE ? queueProblem(fullName, set) : undefined;
  if (held !== undefined) return held;
  if (type === 'Settings') return 'Settings cannot be deleted.';
  if (type === 'ExtlClntAppOauthSettings') return globalSettingsProblem(fullName, set);
  const users = usersOf(type, fullName, set);
  if (users.length === 0) return undefined;
  return referenced(typeLabels[type] ?? type, users);
}

function referenced(label: string, users: readonly string[]): string {
  return `This ${label} is referenced elsewhere in salesforce.com. Remove the usage and try again. : ${users.join(', ')}`;
}

function usersOf(type: string, fullName: string, set: ComponentSet): string[] {
  if (type === 'ApexClass' || type === 'CustomObject') return apexUsers(fullName, type, fullName, set);
  if (type === 'CustomField') {
    const inApex = apexUsers(fullName.slice(fullName.indexOf('.') + 1), type, fullName, set);
    return [...inApex, ...ruleUsers(fullName, set), ...flowsUsingField(set.org, fullName)];
  }
  if (type === 'ExternalCredential') return credentialUsers(fullName, set);
  if (type === 'QueueRoutingConfig') return configUsers(fullName, set);
  return messagingUsers(set.org, type, fullName, goneFrom(set));
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

function goneFrom(set: ComponentSet): (type: string, fullName: string) => boolean {
  return (type, fullName) => set.isGone(type, fullName);
}

function configUsers(fullName: string, set: ComponentSet): string[] {
  return set
    .all(QUEUE)
    .filter(({ value }) => textOf(value, 'queueRoutingConfig')?.toLowerCase() === fullName.toLowerCase())
    .map((queue) => `Queue - ${queue.fullName}`);
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
function flowProblem(fullName: string, set: ComponentSet): string | undefined {
  const { org } = set;
  if (flowNameOf(fullName).version === undefined) return 'insufficient access rights on cross-reference id';
  const row = versionNamed(org, fullName);
  if (row !== undefined && isActive(row)) return `The flow version ${fullName} is active and can't be deleted.`;
  const { name } = flowNameOf(fullName);
  const stays = versionsOf(org, name).some((one) => !set.isGone(FLOW, `${name}-${versionNumberOf(one)}`));
  if (stays) return undefined;
  const users = messagingUsers(org, FLOW, name, goneFrom(set));
  return users.length === 0 ? undefined : referenced('flow', users);
}

function queueProblem(fullName: string, { org }: ComponentSet): string | undefined {
  const row = findQueue(org, fullName);
  const holder = row === undefined ? undefined : queueHolder(org, row);
  return holder === undefined ? undefined : queueHeld(holder);
}

function profileProblem(fullName: string, { org }: ComponentSet): string | undefined {
  const row = findProfile(org, fullName);
  return row === undefined ? undefined : deletionRefusal(org, row.Id);
}

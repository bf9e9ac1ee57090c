import { dropCoverage } from '../../apex/testing/coverage-rows.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import { listOf, textOf } from '../elements/metadata-value.ts';
import { afterAppChange, afterAppRemoval } from '../external-client-apps/app-family.ts';
import { isAppFamily } from '../external-client-apps/app-types.ts';
import { completedComponent, prepareApp } from '../external-client-apps/complete-value.ts';
import { applyFlow, flowChange, removeFlowVersion } from '../flows/apply-flow.ts';
import { FLOW } from '../flows/flow-versions.ts';
import { forgetPublication } from '../../messaging/deployment/publication.ts';
import { applyProfile, removeProfile, wouldChangeProfile } from '../profiles/apply-profile.ts';
import { findProfile, PROFILE } from '../profiles/profile-names.ts';
import { applyQueue, removeQueue, wouldChangeQueue } from '../queues/apply-queue.ts';
import { findQueue, QUEUE } from '../queues/queue-names.ts';
import type { CandidateComponent } from '../rules/rule-context.ts';
import { applySettings, wouldChangeSettings } from '../settings/apply-settings.ts';
import { SETTINGS } from '../settings/settings-types.ts';
import { isContainerType, isCustomObject, parentTypeOf } from '../types/metadata-type.ts';
import { apexClassFields, apexTriggerFields } from './apex-rows.ts';
import { externalClientAppFields } from './app-rows.ts';
import { assignmentRuleFields, deactivateOtherRules } from './assignment-rows.ts';
import { namedCredentialFields } from './credential-rows.ts';
import { pathOf } from './component-path.ts';
import { customFieldFields } from './custom-field-rows.ts';
import {
  embeddedServiceConfigFields,
  messagingChannelFields,
  newChannelFields,
  queueRoutingConfigFields,
} from './messaging-rows.ts';
import { newId } from './new-id.ts';
import { permissionSetFields, writePermissionRows } from './permission-rows.ts';
import type { RowSource } from './row-source.ts';
import { storedForm, storedValue, storedXml, toolingMetadata } from './stored-value.ts';

export type ComponentChange = 'created' | 'changed' | 'unchanged';

/** Records that stand for components, by type. Other types have an id, and nothing that can be queried. */
const rowFields: Readonly<Record<string, (source: RowSource) => Record<string, FieldValue>>> = {
  ApexClass: apexClassFields,
  ApexTrigger: apexTriggerFields,
  AssignmentRule: assignmentRuleFields,
  CustomField: customFieldFields,
  EmbeddedServiceConfig: embeddedServiceConfigFields,
  ExternalClientApplication: externalClientAppFields,
  MessagingChannel: messagingChannelFields,
  NamedCredential: namedCredentialFields,
  PermissionSet: permissionSetFields,
  QueueRoutingConfig: queueRoutingConfigFields,
};

/** What a new record gets beside that, and keeps when the component changes. */
const newRowFields: Readonly<Record<string, () => Record<string, FieldValue>>> = {
  MessagingChannel: newChannelFields,
};

/** Id prefixes of the types without rows. */
const idPrefixes: Readonly<Record<string, string>> = {
  CustomObject: '01I',
  ExternalCredential: '0pv',
  ExtlClntAppConfigurablePolicies: 'z09',
  ExtlClntAppGlobalOauthSettings: 'z0a',
  ExtlClntAppOauthConfigurablePolicies: 'z0b',
  ExtlClntAppOauthSecuritySettings: 'z0c',
  ExtlClntAppOauthSettings: 'z0d',
  PublicKeyCertificate: 'z0e',
  PublicKeyCertificateSet: 'z0f',
  RemoteSiteSetting: '0rp',
};

/** Elements of a permission set that name components, with the element of their name. */
const grants: Readonly<Record<string, { element: string; name: string }>> = {
  ApexClass: { element: 'classAccesses', name: 'apexClass' },
  CustomField: { element: 'fieldPermissions', name: 'field' },
};

/** What saving the component would do. */
export function changeOf(org: OrgState, given: CandidateComponent): ComponentChange {
  if (isContainerType(given.type) && !isCustomObject(given)) return 'unchanged';
  if (given.type === SETTINGS) return wouldChangeSettings(org, given.fullName, given.value) ? 'changed' : 'unchanged';
  if (given.type === PROFILE) return profileChange(org, given);
  if (given.type === FLOW) return flowChange(org, given.fullName, given.value);
  if (given.type === QUEUE) return queueChange(org, given);
  const candidate = completedComponent(org, given);
  const stored = org.components.get(candidate.type, candidate.fullName);
  if (stored === undefined) return rowWithoutComponent(org, candidate) === undefined ? 'created' : 'changed';
  const same = stored.body === candidate.body && stored.xml === storedXml(candidate.type, candidate.value);
  return same && candidate.value['password'] === undefined ? 'unchanged' : 'changed';
}

function profileChange(org: OrgState, { fullName, value }: CandidateComponent): ComponentChange {
  if (findProfile(org, fullName) === undefined) return 'created';
  return wouldChangeProfile(org, fullName, value) ? 'changed' : 'unchanged';
}

function queueChange(org: OrgState, { fullName, value }: CandidateComponent): ComponentChange {
  if (findQueue(org, fullName) === undefined) return 'created';
  return wouldChangeQueue(org, fullName, value) ? 'changed' : 'unchanged';
}

/**
 * Saves a component that has passed its rules: the component itself and the record that stands for it. Every way a
 * component comes (deployment, Tooling API, CRUD calls of the Metadata API) ends here. Call it within a transaction.
 *
 * @returns the component as stored; undefined for a type that keeps nothing of its own (an object's file)
 */
export function applyComponent(org: OrgState, given: CandidateComponent, userId: string): Component | undefined {
  if (isContainerType(given.type) && !isCustomObject(given)) return undefined;
  if (given.type === SETTINGS) return applySettings(org, given.fullName, given.value);
  if (given.type === PROFILE) return applyProfile(org, given.fullName, given.value, userId);
  if (given.type === FLOW) return applyFlow(org, given.fullName, given.value, userId);
  if (given.type === QUEUE) return applyQueue(org, given.fullName, given.value, userId);
  prepareApp(org, given);
  const candidate = completedComponent(org, given);
  const { type, body } = candidate;
  const fullName = properName(org, candidate);
  const stored = org.components.get(type, fullName);
  const value = storedForm(type, candidate.value);
  if (stored?.recordId !== undefined && changeOf(org, candidate) === 'unchanged') {
    // The rows of a permission set can be changed by themselves; a deployment sets them right again.
    if (type === 'PermissionSet') writePermissionRows(org, stored.recordId, value, userId);
    return stored;
  }
  const fields = rowFields[type]?.({ org, fullName, body, value, metadata: toolingMetadata(type, value) });
  let recordId = stored?.recordId ?? rowWithoutComponent(org, candidate);
  if (fields === undefined) recordId ??= newId(org, idPrefixes[type] ?? 'zzz');
  else {
    recordId =
      recordId === undefined || org.records.get(type, recordId) === undefined
        ? org.records.insert(type, { ...fields, ...newRowFields[type]?.() }, userId).Id
        : org.records.update(type, recordId, fields, userId).Id;
    if (stored !== undefined && stored.body !== body) dropCoverage(org, recordId);
  }
  const component = org.components.put({
    type,
    fullName,
    fileName: pathOf(type, fullName),
    body,
    xml: storedXml(type, candidate.value),
    recordId,
  });
  if (typeof candidate.value['password'] === 'string') {
    org.documents.put('named-credential-password', fullName, candidate.value['password']);
  }
  if (type === 'AssignmentRule') deactivateOtherRules(org, component, userId);
  // After the component is in place: the rows of a permission set look at the fields and classes it names.
  if (type === 'PermissionSet' && recordId !== undefined) writePermissionRows(org, recordId, value, userId);
  if (isAppFamily(type))
    afterAppChange(org, { ...candidate, fullName }, (policy) => applyComponent(org, policy, userId));
  return component;
}

/** Removes a component with its record and what hangs on it. Call it within a transaction, after its references are checked. */
export function removeComponent(org: OrgState, type: string, fullName: string): void {
  if (type === PROFILE) {
    removeProfile(org, fullName);
    return;
  }
  if (type === FLOW) {
    removeFlowVersion(org, fullName);
    return;
  }
  if (type === QUEUE) {
    removeQueue(org, fullName);
    return;
  }
  const stored = org.components.get(type, fullName);
  if (stored === undefined) return;
  if (type === 'CustomObject') removeContent(org, stored.fullName);
  org.components.delete(type, fullName);
  if (isAppFamily(type)) {
    afterAppRemoval(org, { ...stored, value: storedValue(stored) }, (...part) => {
      removeComponent(org, ...part);
    });
  }
  if (type === 'NamedCredential') org.documents.delete('named-credential-password', stored.fullName);
  if (type === 'CustomField') deleteRows(org, 'FieldPermissions', 'Field', stored.fullName);
  dropGrants(org, type, stored.fullName);
  if (stored.recordId === undefined) return;
  if (type === 'PermissionSet') {
    for (const sobject of ['FieldPermissions', 'ObjectPermissions', 'SetupEntityAccess']) {
      deleteRows(org, sobject, 'ParentId', stored.recordId);
    }
  }
  if (type === 'EmbeddedServiceConfig') forgetPublication(org, stored.recordId);
  if (type === 'ApexClass') deleteRows(org, 'SetupEntityAccess', 'SetupEntityId', stored.recordId);
  if (rowFields[type] !== undefined) org.records.delete(type, stored.recordId);
  if (type === 'ApexClass' || type === 'ApexTrigger') dropCoverage(org, stored.recordId);
}

/** A custom object goes with its records and fields. */
function removeContent(org: OrgState, object: string): void {
  for (const row of org.records.all(object)) org.records.delete(object, row.Id);
  for (const { fullName } of org.components.list('CustomField')) {
    if (fullName.toLowerCase().startsWith(`${object.toLowerCase()}.`)) removeComponent(org, 'CustomField', fullName);
  }
}

/** Id of a permission set that was made as a record, by REST: a deployment of that name changes it. */
function rowWithoutComponent(org: OrgState, { type, fullName }: CandidateComponent): string | undefined {
  if (type !== 'PermissionSet') return undefined;
  const name = fullName.toLowerCase();
  return org.records.all(type).find((row) => typeof row['Name'] === 'string' && row['Name'].toLowerCase() === name)?.Id;
}

/** Permission sets forget what is deleted: Salesforce takes the entries out of their metadata too. */
function dropGrants(org: OrgState, type: string, fullName: string): void {
  const grant = grants[type];
  if (grant === undefined) return;
  for (const component of org.components.list('PermissionSet')) {
    const value = storedValue(component);
    const entries = listOf(value, grant.element);
    const kept = entries.filter((entry) => textOf(entry, grant.name)?.toLowerCase() !== fullName.toLowerCase());
    if (kept.length === entries.length) continue;
    const { createdDate: _created, lastModifiedDate: _modified, ...init } = component;
    org.components.put({ ...init, xml: storedXml('PermissionSet', { ...value, [grant.element]: kept }) });
  }
}

function deleteRows(org: OrgState, sobject: string, field: string, value: string): void {
  for (const row of org.records.find(sobject, { [field]: value })) org.records.delete(sobject, row.Id);
}

/** The full name of an object's part, a field or a rule, spells its object as the org does. */
function properName(org: OrgState, { type, fullName }: CandidateComponent): string {
  if (parentTypeOf(type) === undefined) return fullName;
  const dot = fullName.indexOf('.');
  const object = fullName.slice(0, dot);
  return `${org.schema().data.object(object)?.name ?? object}${fullName.slice(dot)}`;
}

import { deleteRecord } from '../../records/save/delete-record.ts';
import { findUser } from '../../records/find-user.ts';
import { RecordRefused } from '../../records/save/save-error.ts';
import { saveRecords } from '../../records/save/save-records.ts';
import type { Component } from '../../state/component-store.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import { withoutTrace } from '../../state/without-trace.ts';
import { listOf, textOf, textsOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { queueComponent } from './queue-component.ts';
import { findQueue, QUEUE, queueObjects } from './queue-names.ts';

/**
 * Makes a queue, or changes one, by the rules that its records have. A list that the value mentions is the whole list; one
 * that it leaves out stays as it is, which is our reading: the guide does not say.
 * @throws RecordRefused for what a rule refuses. Call it within a transaction
 */
export function applyQueue(org: OrgState, fullName: string, value: MetadataValue, userId: string): Component {
  const groupId = saveGroup(org, fullName, value, userId);
  if (value['queueSobject'] !== undefined) {
    const objects = queueObjects(value).map((name) => org.schema().data.object(name)?.name ?? name);
    syncRows(org, { sobject: 'QueueSobject', owner: { QueueId: groupId }, field: 'SobjectType' }, objects, userId);
  }
  if (value['queueMembers'] !== undefined) {
    const members = memberIds(org, value);
    syncRows(org, { sobject: 'GroupMember', owner: { GroupId: groupId }, field: 'UserOrGroupId' }, members, userId);
  }
  const component = queueComponent(org, fullName);
  if (component === undefined) throw new Error(`The queue ${fullName} was saved without a row.`);
  return component;
}

/** Whether a queue that is there would be another afterwards. */
export function wouldChangeQueue(org: OrgState, fullName: string, value: MetadataValue): boolean {
  const before = queueComponent(org, fullName)?.xml;
  return withoutTrace(org, () => applyQueue(org, fullName, value, org.settings.adminUserId).xml) !== before;
}

/** Why the records of a queue would be refused; undefined where they would not. */
export function queueRefusal(org: OrgState, fullName: string, value: MetadataValue): RecordRefused | undefined {
  try {
    withoutTrace(org, () => applyQueue(org, fullName, value, org.settings.adminUserId));
    return undefined;
  } catch (error) {
    if (error instanceof RecordRefused) return error;
    throw error;
  }
}

/** Removes a queue with its rows. What would hold it back was looked at, together with what goes with it. */
export function removeQueue(org: OrgState, fullName: string): void {
  const row = findQueue(org, fullName);
  if (row === undefined) return;
  for (const member of org.records.find('GroupMember', { GroupId: row.Id }))
    org.records.delete('GroupMember', member.Id);
  for (const taken of org.records.find('QueueSobject', { QueueId: row.Id }))
    org.records.delete('QueueSobject', taken.Id);
  org.records.delete('Group', row.Id);
}

/** Members that a value names, by their ids. @throws RecordRefused for a name that nobody has */
function memberIds(org: OrgState, value: MetadataValue): string[] {
  const [members = {}] = listOf(value, 'queueMembers');
  const users = listOf(members, 'users').flatMap((one) => textsOf(one, 'user'));
  const groups = listOf(members, 'publicGroups').flatMap((one) => textsOf(one, 'publicGroup'));
  const idOf = (what: string, name: string, id: string | undefined): string => {
    if (id !== undefined) return id;
    throw new RecordRefused('INVALID_CROSS_REFERENCE_KEY', `In field: queueMembers - no ${what} named ${name} found`);
  };
  const groupNamed = (name: string): string | undefined =>
    org.records
      .find('Group', { Type: 'Regular' })
      .find((row) => fieldText(row['DeveloperName']).toLowerCase() === name.toLowerCase())?.Id;
  return [
    ...users.map((name) => idOf('User', name, findUser(org, name)?.Id)),
    ...groups.map((name) => idOf('Group', name, groupNamed(name))),
  ];
}

function saveGroup(org: OrgState, fullName: string, value: MetadataValue, userId: string): string {
  const values = {
    ...field('Name', textOf(value, 'name')),
    ...field('Email', textOf(value, 'email')),
    ...field('Description', textOf(value, 'description')),
    ...field('DoesSendEmailToMembers', value['doesSendEmailToMembers']),
    ...field('DoesIncludeBosses', value['doesIncludeBosses']),
    ...field('QueueRoutingConfigId', routingConfigId(org, value)),
  };
  const row = findQueue(org, fullName);
  if (row === undefined) return insert(org, 'Group', { ...values, Type: QUEUE, DeveloperName: fullName }, userId);
  return saved(org, { sobject: 'Group', operation: 'update', record: { id: row.Id, values } }, userId);
}

function routingConfigId(org: OrgState, value: MetadataValue): string | undefined {
  const name = textOf(value, 'queueRoutingConfig');
  return name === undefined ? undefined : org.components.get('QueueRoutingConfig', name)?.recordId;
}

function field(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

interface Rows {
  readonly sobject: string;
  readonly owner: Record<string, FieldValue>;
  /** What tells the rows of one owner apart. */
  readonly field: string;
}

function syncRows(org: OrgState, { sobject, owner, field: key }: Rows, wanted: string[], userId: string): void {
  const present = org.records.find(sobject, owner);
  for (const row of present) {
    if (!wanted.includes(fieldText(row[key]))) deleteRecord(org, sobject, row.Id, userId);
  }
  const known = new Set(present.map((row) => fieldText(row[key])));
  for (const one of new Set(wanted)) {
    if (!known.has(one)) insert(org, sobject, { ...owner, [key]: one }, userId);
  }
}

function insert(org: OrgState, sobject: string, values: Record<string, unknown>, userId: string): string {
  return saved(org, { sobject, operation: 'insert', record: { values } }, userId);
}

function saved(
  org: OrgState,
  save: {
    readonly sobject: string;
    readonly operation: 'insert' | 'update';
    readonly record: { id?: string; values: Record<string, unknown> };
  },
  userId: string,
): string {
  const { sobject, operation, record } = save;
  const request = {
    api: 'data',
    sobject,
    operation,
    records: [record],
    userId,
    mode: 'system',
    allOrNone: true,
  } as const;
  const [result] = saveRecords(org, request);
  const [error] = result?.errors ?? [];
  if (error !== undefined) throw new RecordRefused(error.statusCode, error.message, error.fields);
  return result?.id ?? '';
}

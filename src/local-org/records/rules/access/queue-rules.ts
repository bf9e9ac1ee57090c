import { apiNameProblem } from '../../../metadata/rules/names.ts';
import { messagingUsers } from '../../../metadata/references/messaging-references.ts';
import { fieldText } from '../../../state/field-text.ts';
import type { OrgState } from '../../../state/org-state.ts';
import type { StoredRecord } from '../../../state/record-store.ts';
import { RecordRefused } from '../../save/save-error.ts';
import { caseOwnerUse } from '../case-owner-uses.ts';
import type { ObjectRules } from '../object-rules.ts';

/** Queues and public groups. */
export const groupRules: ObjectRules = {
  prepare: ({ org, operation, old, values }) => {
    if (operation === 'insert') {
      values['DeveloperName'] ??= fieldText(values['Name'])
        .replaceAll(/[\W_]+/g, '_')
        .replaceAll(/^_|_$/g, '');
      values['OwnerId'] = org.settings.organizationId;
    }
    const name = fieldText(values['DeveloperName']);
    const problem = apiNameProblem(name, values['Type'] === 'Queue' ? 'Queue Name' : 'Group Name');
    if (problem !== undefined) throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', problem, ['DeveloperName']);
    const taken = org.records
      .find('Group', { Type: values['Type'] ?? null })
      .some((group) => group.Id !== old?.Id && fieldText(group['DeveloperName']).toLowerCase() === name.toLowerCase());
    if (!taken) return;
    const message =
      'The developer name you entered is already in use. Please use another one.: Group Name: duplicate developer name';
    throw new RecordRefused('DUPLICATE_DEVELOPER_NAME', message, ['DeveloperName']);
  },
  refuseDelete: (org, group) => {
    if (group['Type'] !== 'Queue') return;
    const [channel] = messagingUsers(org, 'Queue', fieldText(group['DeveloperName']), () => false);
    const holder = queueHolder(org, group) ?? (channel === undefined ? undefined : `it is in use: ${channel}`);
    if (holder !== undefined) throw new RecordRefused('DELETE_FAILED', queueHeld(holder));
  },
  cascade: [
    { sobject: 'GroupMember', field: 'GroupId' },
    { sobject: 'QueueSobject', field: 'QueueId' },
  ],
};

/**
 * What holds a queue back: records that it owns, and settings and rules that give it cases. That it stays then is known,
 * in which words Salesforce says so is not.
 */
export function queueHolder(org: OrgState, queue: StoredRecord): string | undefined {
  const owned = org.records
    .find('QueueSobject', { QueueId: queue.Id })
    .map((row) => fieldText(row['SobjectType']))
    .find((sobject) => org.records.find(sobject, { OwnerId: queue.Id }).length > 0);
  if (owned !== undefined) return `it owns records: ${owned}`;
  const use = caseOwnerUse(org, fieldText(queue['DeveloperName']), 'Queue');
  return use === undefined ? undefined : `it is in use: ${use}`;
}

/** The sentence about a queue that stays; ours. @param holder as `queueHolder` tells it */
export function queueHeld(holder: string): string {
  return `The queue cannot be deleted because ${holder}`;
}

/** Somebody is a member once. */
export const groupMemberRules: ObjectRules = {
  prepare: ({ org, operation, values }) => {
    if (operation === 'update') return;
    const { GroupId = null, UserOrGroupId = null } = values;
    const [twin] = org.records.find('GroupMember', { GroupId, UserOrGroupId });
    if (twin === undefined) return;
    const message = `duplicate value found: GroupMember duplicates value on record with id: ${twin.Id.slice(0, 15)}`;
    throw new RecordRefused('DUPLICATE_VALUE', message);
  },
};

/** Which objects a queue may own. */
export const queueSobjectRules: ObjectRules = {
  prepare: ({ org, operation, values }) => {
    if (operation === 'update') return;
    const queue = org.records.get('Group', fieldText(values['QueueId']));
    if (queue?.['Type'] !== 'Queue') {
      throw new RecordRefused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['QueueId']);
    }
    const object = org.schema().data.object(fieldText(values['SobjectType']));
    if (object?.field('OwnerId') === undefined) {
      const message = `Object Type: bad value for restricted picklist field: ${fieldText(values['SobjectType'])}`;
      throw new RecordRefused('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, ['SobjectType']);
    }
    values['SobjectType'] = object.name;
    const [twin] = org.records.find('QueueSobject', { QueueId: queue.Id, SobjectType: object.name });
    if (twin === undefined) return;
    const message = `duplicate value found: QueueSobject duplicates value on record with id: ${twin.Id.slice(0, 15)}`;
    throw new RecordRefused('DUPLICATE_VALUE', message);
  },
};

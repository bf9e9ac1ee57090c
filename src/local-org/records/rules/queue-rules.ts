import { fieldText } from '../../state/field-text.ts';
import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules } from './object-rules.ts';

/** Queues and public groups. */
export const groupRules: ObjectRules = {
  prepare: ({ org, operation, old, values }) => {
    if (operation === 'insert') {
      values['DeveloperName'] ??= fieldText(values['Name']).replaceAll(/\W+/g, '_');
      values['OwnerId'] = org.settings.organizationId;
    }
    const name = fieldText(values['DeveloperName']);
    const taken = org.records
      .find('Group', { Type: values['Type'] ?? null })
      .some((group) => group.Id !== old?.Id && fieldText(group['DeveloperName']).toLowerCase() === name.toLowerCase());
    if (!taken) return;
    const message =
      'The developer name you entered is already in use. Please use another one.: Group Name: duplicate developer name';
    throw new RecordRefused('DUPLICATE_DEVELOPER_NAME', message, ['DeveloperName']);
  },
  cascade: [
    { sobject: 'GroupMember', field: 'GroupId' },
    { sobject: 'QueueSobject', field: 'QueueId' },
  ],
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

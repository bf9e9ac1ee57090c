import type { Component } from '../../state/component-store.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { rowComponent } from '../apply/row-component.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { findQueue, QUEUE } from './queue-names.ts';

/** A queue as a component. Nothing is stored of it but its rows, which can be written by themselves. */
export function queueComponent(org: OrgState, fullName: string): Component | undefined {
  const row = findQueue(org, fullName);
  return row === undefined ? undefined : componentOf(org, row);
}

export function queueComponents(org: OrgState): Component[] {
  return org.records.find('Group', { Type: QUEUE }).map((row) => componentOf(org, row));
}

function componentOf(org: OrgState, row: StoredRecord): Component {
  return rowComponent(row, QUEUE, fieldText(row['DeveloperName']), queueValue(org, row));
}

function queueValue(org: OrgState, row: StoredRecord): MetadataValue {
  const members = org.records.find('GroupMember', { GroupId: row.Id }).map((one) => fieldText(one['UserOrGroupId']));
  const names = (sobject: string, field: string): string[] =>
    members
      .flatMap((id) => org.records.get(sobject, id) ?? [])
      .map((member) => fieldText(member[field]))
      .sort();
  const users = names('User', 'Username');
  const groups = names('Group', 'DeveloperName');
  const text = (element: string, field: string): MetadataValue =>
    fieldText(row[field]) === '' ? {} : { [element]: fieldText(row[field]) };
  return {
    ...text('description', 'Description'),
    doesIncludeBosses: row['DoesIncludeBosses'] === true,
    doesSendEmailToMembers: row['DoesSendEmailToMembers'] === true,
    ...text('email', 'Email'),
    name: fieldText(row['Name']),
    ...(members.length === 0
      ? {}
      : {
          queueMembers: {
            ...(groups.length === 0 ? {} : { publicGroups: { publicGroup: groups } }),
            ...(users.length === 0 ? {} : { users: { user: users } }),
          },
        }),
    ...routingConfig(org, row),
    queueSobject: org.records
      .find('QueueSobject', { QueueId: row.Id })
      .map((one) => fieldText(one['SobjectType']))
      .sort()
      .map((sobjectType) => ({ sobjectType })),
  };
}

function routingConfig(org: OrgState, row: StoredRecord): MetadataValue {
  const config = org.records.get('QueueRoutingConfig', fieldText(row['QueueRoutingConfigId']));
  return config === undefined ? {} : { queueRoutingConfig: fieldText(config['DeveloperName']) };
}

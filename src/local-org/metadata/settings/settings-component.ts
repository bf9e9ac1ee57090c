import { listRoutingAddresses } from '../../mail/routing/routing-address.ts';
import type { RoutingAddress } from '../../mail/routing/routing-address.ts';
import { settingsOf } from '../../settings/settings-documents.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import { writeMetadataFile } from '../elements/metadata-value.ts';
import type { MetadataFieldValue, MetadataValue } from '../elements/metadata-value.ts';
import { SETTINGS, settingsTypeOfMember, settingsTypes } from './settings-types.ts';
import type { SettingsType } from './settings-types.ts';

/** Salesforce shows what is part of every org as made at the epoch. */
const epoch = '1970-01-01T00:00:00.000Z';

/** A settings component as it stands in the org; undefined for settings this org does not have. */
export function settingsComponent(org: OrgState, fullName: string): Component | undefined {
  const type = settingsTypeOfMember(fullName);
  return type === undefined ? undefined : componentOf(org, type);
}

export function settingsComponents(org: OrgState): Component[] {
  return settingsTypes.map((type) => componentOf(org, type));
}

/** Settings as metadata has them: what was never set is not in them, routing addresses are. */
export function settingsValue(org: OrgState, { member }: SettingsType): MetadataValue {
  const settings = withoutEmpty(settingsOf(org, member));
  if (member !== 'Case') return settings;
  const routingAddresses = listRoutingAddresses(org).map(routingValue);
  const emailToCase = { ...(settings['emailToCase'] as MetadataValue), routingAddresses };
  return { ...settings, emailToCase };
}

function componentOf(org: OrgState, type: SettingsType): Component {
  return {
    type: SETTINGS,
    fullName: type.member,
    fileName: `settings/${type.member}.settings`,
    body: undefined,
    xml: writeMetadataFile(type.name, settingsValue(org, type)),
    recordId: type.id,
    createdDate: epoch,
    lastModifiedDate: epoch,
  };
}

function routingValue({ id: _id, caseOwner, caseOwnerType, ...address }: RoutingAddress): MetadataValue {
  return withoutEmpty({ ...address, ...(caseOwner === '' ? {} : { caseOwner, caseOwnerType }) });
}

function withoutEmpty(value: MetadataValue): MetadataValue {
  const isSet = ([, field]: [string, MetadataFieldValue]): boolean => field !== '' && field !== null;
  return Object.fromEntries(Object.entries(value).filter(isSet));
}

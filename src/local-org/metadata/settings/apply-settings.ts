import { replaceRoutingAddresses } from '../../mail/routing/replace-routing.ts';
import { provideEmailService } from '../../settings/email-to-case.ts';
import { changeSettings } from '../../settings/settings-documents.ts';
import type { SettingsField } from '../../settings/settings-documents.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import { withoutTrace } from '../../state/without-trace.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { readRoutingAddress, routingList } from './routing-list.ts';
import { settingsComponent } from './settings-component.ts';
import { settingsTypeOfMember } from './settings-types.ts';

/** Changes settings by what a checked value mentions; all else stays. Call it within a transaction. */
export function applySettings(org: OrgState, fullName: string, value: MetadataValue): Component | undefined {
  const type = settingsTypeOfMember(fullName);
  if (type === undefined) return undefined;
  if (type.member === 'Case') applyCaseSettings(org, value);
  else changeSettings(org, type.member, value);
  return settingsComponent(org, fullName);
}

/** Whether settings would be others afterwards. */
export function wouldChangeSettings(org: OrgState, fullName: string, value: MetadataValue): boolean {
  const before = settingsComponent(org, fullName)?.xml;
  return withoutTrace(org, () => applySettings(org, fullName, value)?.xml) !== before;
}

function applyCaseSettings(org: OrgState, value: MetadataValue): void {
  const { routingAddresses: _list, ...emailToCase } = (value['emailToCase'] ?? {}) as MetadataValue;
  const changes: Record<string, SettingsField> = { ...value, emailToCase };
  // Whoever takes the part of the automated case user takes it from the other.
  if (typeof value['defaultCaseUser'] === 'string') changes['useSystemUserAsDefaultCaseUser'] = false;
  if (value['useSystemUserAsDefaultCaseUser'] === true) changes['defaultCaseUser'] = '';
  // The service is made by a write of the whole block: flipping On-Demand alone does not do it.
  if (emailToCase['enableEmailToCase'] === true && emailToCase['enableOnDemandEmailToCase'] === true) {
    provideEmailService(org);
  }
  const addresses = routingList(value).map(readRoutingAddress);
  // An owner of an address is written over the org's default owner, too; the last one wins (Metadata API guide).
  const owner = addresses.findLast(({ caseOwner }) => caseOwner !== '');
  if (owner !== undefined) {
    changes['defaultCaseOwner'] = owner.caseOwner;
    changes['defaultCaseOwnerType'] = owner.caseOwnerType;
  }
  changeSettings(org, 'Case', changes);
  if (addresses.length > 0) replaceRoutingAddresses(org, addresses);
}

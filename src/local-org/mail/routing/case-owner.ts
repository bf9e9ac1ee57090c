import { findUser } from '../../records/find-user.ts';
import { emailToCaseOf } from '../../settings/email-to-case.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { RoutingAddressInit } from './routing-address.ts';

/** The id of an active user by username, or of a queue of cases by DeveloperName; undefined if there is none. */
export function findCaseOwner(org: OrgState, name: string, type: 'User' | 'Queue'): string | undefined {
  if (name === '') return undefined;
  if (type === 'User') {
    const user = findUser(org, name);
    return user?.['IsActive'] === true ? user.Id : undefined;
  }
  const rows = org.records.find('QueueSobject', { SobjectType: 'Case' });
  const queues = new Set(rows.map((row) => fieldText(row['QueueId'])));
  return org.records
    .find('Group', { Type: 'Queue' })
    .find((group) => queues.has(group.Id) && fieldText(group['DeveloperName']).toLowerCase() === name.toLowerCase())
    ?.Id;
}

/**
 * Whom cases of a routing address go to: its own owner, else the org's default one, else the administrator, as where the
 * one that is named is no longer there.
 */
export function ownerOf(org: OrgState, { caseOwner, caseOwnerType }: RoutingAddressInit): string {
  return findCaseOwner(org, caseOwner, caseOwnerType) ?? defaultCaseOwner(org);
}

/** The Default Case Owner of the Support Settings; the administrator as long as none is named that is there. */
export function defaultCaseOwner(org: OrgState): string {
  const standard = emailToCaseOf(org).defaultCaseOwner;
  return findCaseOwner(org, standard?.name ?? '', standard?.type ?? 'User') ?? org.settings.adminUserId;
}

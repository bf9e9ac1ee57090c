import { accessSetName } from '../../../blueprint/access/render-access.ts';
import { messagingAccessName } from '../../../blueprint/messaging/render-messaging.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { Before, SetupJournal } from '../journal/setup-journal.ts';
import type { Change, RecordRef } from '../plan/change.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import type { Kept } from './destroy-plan.ts';
import type { DestroyFacts } from './plan-destroy.ts';

/** A permission set that is assigned cannot be deleted, so its assignments go first, whoever made them. */
export function accessRemovals(
  { facts }: DestroyFacts,
  { settings }: SetupWish,
  removed: ReadonlySet<string>,
): Change[] {
  const ours = [settings.names.permissionSet, accessSetName(settings), messagingAccessName(settings)];
  const sets = new Set(ours.filter((name) => removed.has(`PermissionSet ${name}`)));
  return facts.assignments
    .filter(({ permissionSet }) => sets.has(permissionSet))
    .map(({ username, permissionSet }) => ({
      kind: 'delete-record' as const,
      sobject: 'PermissionSetAssignment',
      name: `${permissionSet} to ${username}`,
      record: {
        sobject: 'PermissionSetAssignment',
        where: { 'Assignee.Username': username, 'PermissionSet.Name': permissionSet },
      },
    }));
}

/** Records of the set-up: those of the journal, each by the rule of its kind, and settings that were changed. */
export function recordRemovals({ facts, journal }: DestroyFacts): { changes: Change[]; kept: Kept[] } {
  const changes: Change[] = [];
  const kept: Kept[] = [];
  for (const before of journal.before) changes.push(...putBack(before, journal));
  for (const { sobject, name, record } of journal.made) {
    if (sobject === 'OrgWideEmailAddress' && hasAddress(facts, name)) {
      changes.push({ kind: 'delete-record', sobject, name, record });
    }
    if (sobject === 'User') {
      changes.push(...deactivation(name, record, facts));
      kept.push({ what: `user ${name}`, why: 'Salesforce deletes no users; it is deactivated' });
    }
    if (sobject === 'Group') {
      kept.push({ what: `queue ${name}`, why: 'it owns what Email-to-Case brings, and may hold Cases' });
    }
  }
  for (const profile of journal.profiles) {
    kept.push({ what: `profile ${profile}`, why: 'the deactivated user still has it' });
  }
  return { changes, kept };
}

/** What was changed is what it was. Email-to-Case is permanent, and what goes with it is no use without it. */
function putBack(before: Before, { made }: SetupJournal): Change[] {
  if (before.kind === 'settings') {
    if (before.type !== 'EmailAuthorizationSettings') return [];
    const { type, values } = before;
    return [{ kind: 'settings', type, name: Object.keys(values).join(', '), values, before: {} }];
  }
  // A channel is put back as a whole, or goes as a whole.
  if (before.kind === 'channel') return [];
  // A user of ours that was activated again goes with what was made.
  const { sobject, name, record, values } = before;
  if (made.some((one) => one.sobject === sobject && one.name === name)) return [];
  return [{ kind: 'update-record', sobject, name, record, fields: values, before: {} }];
}

/** Users are never deleted. */
function deactivation(name: string, record: RecordRef, { integrationUser }: SetupFacts): Change[] {
  const active = integrationUser?.isActive === true && integrationUser.username.toLowerCase() === name.toLowerCase();
  if (!active) return [];
  return [
    { kind: 'update-record', sobject: 'User', name, record, fields: { IsActive: false }, before: { IsActive: true } },
  ];
}

function hasAddress({ orgWideAddresses }: SetupFacts, name: string): boolean {
  return orgWideAddresses.known && orgWideAddresses.value.some(({ address }) => address === name);
}

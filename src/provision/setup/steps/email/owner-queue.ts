import type { SetupFacts } from '../../facts/setup-facts.ts';
import type { Change, RecordRef } from '../../plan/change.ts';
import type { StepDraft } from '../../plan/setup-plan.ts';
import type { SetupWish } from '../../wish/setup-wish.ts';

/** The queue that owns new Cases, open to Cases, with the members that were named. */
export function ownerQueue(facts: SetupFacts, { setup }: SetupWish): Pick<StepDraft, 'changes' | 'blockers'> {
  const { owner, queue } = setup.emailToCase;
  if (owner.type !== 'Queue') return {};
  const existing = facts.queues.find((one) => one.developerName.toLowerCase() === owner.name.toLowerCase());
  if (existing === undefined && !queue.create) {
    return {
      blockers: [`The org has no queue ${owner.name}; name another, or let setup.emailToCase.queue.create on.`],
    };
  }
  const group: RecordRef = { sobject: 'Group', where: { DeveloperName: owner.name, Type: 'Queue' } };
  const changes: Change[] = [];
  if (existing === undefined) {
    const key = { DeveloperName: owner.name, Type: 'Queue' };
    changes.push({
      kind: 'create-record',
      sobject: 'Group',
      name: queue.label,
      key,
      fields: { ...key, Name: queue.label },
    });
  }
  if (existing?.takesCases !== true) {
    const key = { QueueId: group, SobjectType: 'Case' };
    changes.push({
      kind: 'create-record',
      sobject: 'QueueSobject',
      name: `queue ${owner.name} to Cases`,
      key,
      fields: key,
    });
  }
  for (const { id, username } of facts.queueMembers) {
    if (existing?.memberIds.includes(id) === true) continue;
    const key = { GroupId: group, UserOrGroupId: id };
    changes.push({
      kind: 'create-record',
      sobject: 'GroupMember',
      name: `${username} to queue ${owner.name}`,
      key,
      fields: key,
    });
  }
  return { changes };
}

import { saveComponents } from '../../../src/local-org/metadata/save-components.ts';
import { readFiles } from '../../../src/local-org/metadata/package/read-files.ts';
import { MemberList } from '../../../src/local-org/metadata/package/member-list.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';
import { rulesFile } from './assignment-rules-file.ts';
import type { Rule } from './assignment-rules-file.ts';

/** Puts assignment rules of cases into an org with all checks of a deployment. @throws Error with what is wrong */
export async function deployRules(org: OrgState, ...rules: readonly Rule[]): Promise<void> {
  const members = new MemberList({ types: [{ name: 'AssignmentRules', members: ['Case'] }], version: undefined });
  const files = new Map([['assignmentRules/Case.assignmentRules', Buffer.from(rulesFile(...rules))]]);
  const { components } = readFiles(files, '', members, { apiVersion: '68.0', autoUpdatePackage: false });
  const { failures } = await saveComponents(org, components, { userId: org.settings.adminUserId, checkOnly: false });
  if (failures.length > 0) throw new Error(failures.map(({ problem }) => problem).join('\n'));
}

/** A queue of cases, by its DeveloperName. */
export function queueOfCases(org: OrgState, developerName: string): string {
  const userId = org.settings.adminUserId;
  const queue = org.records.insert(
    'Group',
    { Name: developerName, DeveloperName: developerName, Type: 'Queue' },
    userId,
  );
  org.records.insert('QueueSobject', { QueueId: queue.Id, SobjectType: 'Case' }, userId);
  return queue.Id;
}

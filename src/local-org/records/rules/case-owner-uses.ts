import { textOf, listOf } from '../../metadata/elements/metadata-value.ts';
import { storedValue } from '../../metadata/apply/stored-value.ts';
import { listRoutingAddresses } from '../../mail/routing/routing-address.ts';
import { emailToCaseOf } from '../../settings/email-to-case.ts';
import type { OrgState } from '../../state/org-state.ts';

/** Where the Support Settings and rules of an org name somebody whom cases go to. */
export type CaseOwnerUse = 'default case owner' | 'automated case user' | 'routing address' | 'assignment rule';

/**
 * Where a user or queue is named: it can be neither deactivated nor deleted as long as it is (help, "Considerations for
 * Deactivating Users" and articles 000384586 and 000383178).
 * @param name a username, or the DeveloperName of a queue
 */
export function caseOwnerUse(org: OrgState, name: string, type: 'User' | 'Queue'): CaseOwnerUse | undefined {
  const isMeant = (other: string | undefined, otherType: string | undefined): boolean =>
    other?.toLowerCase() === name.toLowerCase() && (otherType === 'Queue') === (type === 'Queue');
  const { defaultCaseOwner: owner, defaultCaseUser: caseUser } = emailToCaseOf(org);
  if (isMeant(owner?.name, owner?.type)) return 'default case owner';
  if (isMeant(caseUser, 'User')) return 'automated case user';
  if (listRoutingAddresses(org).some((one) => isMeant(one.caseOwner, one.caseOwnerType))) return 'routing address';
  const inRules = org.components
    .list('AssignmentRule')
    .flatMap((rule) => listOf(storedValue(rule), 'ruleEntry'))
    .some((entry) => isMeant(textOf(entry, 'assignedTo'), textOf(entry, 'assignedToType')));
  return inRules ? 'assignment rule' : undefined;
}

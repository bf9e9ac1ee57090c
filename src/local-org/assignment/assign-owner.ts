import { textOf } from '../metadata/elements/metadata-value.ts';
import { defaultCaseOwner, findCaseOwner } from '../mail/routing/case-owner.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { assignedObjects, assignmentRule, matchingEntry, rulesOfObject } from './assignment-rule.ts';
import type { AssignmentRule } from './assignment-rule.ts';
import type { Assignment, AssignmentSource } from './assignment.ts';

/**
 * Whom a case goes to that no entry takes: the default case owner. Email-to-Case leaves it with its routing address.
 * Over REST that is so without an active rule as well, once the org has any (Salesforce Knowledge 000395506); in Apex it
 * is not (Apex Reference, "DmlOptions.AssignmentRuleHeader").
 */
const defaultOwner: Readonly<Record<AssignmentSource, { readonly unmatched: boolean; readonly inactive: boolean }>> = {
  rest: { unmatched: true, inactive: true },
  apex: { unmatched: true, inactive: false },
  mail: { unmatched: false, inactive: false },
};

/**
 * Gives a record that was saved to the owner its assignment names. It is a step of the save, after the triggers, and
 * no update of its own: no trigger sees it (Apex Developer Guide, "Triggers and Order of Execution", which fires them
 * again for the field updates of workflow rules alone).
 */
export function assignOwner(org: OrgState, sobject: string, id: string, assignment: Assignment, userId: string): void {
  if (assignment.rule === 'none' || !assignedObjects.includes(sobject)) return;
  const row = org.records.get(sobject, id);
  if (row === undefined) return;
  const ownerId = ownerOf(org, sobject, row, assignment, userId);
  if (ownerId !== undefined && ownerId !== row['OwnerId'])
    org.records.update(sobject, id, { OwnerId: ownerId }, userId);
}

/** The new owner; undefined leaves the record with whom it is. */
function ownerOf(
  org: OrgState,
  sobject: string,
  row: StoredRecord,
  { rule: wanted, source }: Assignment,
  userId: string,
): string | undefined {
  const rules = rulesOfObject(org, sobject);
  const ruleId = typeof wanted === 'object' ? wanted.id : rules.find((one) => one['Active'] === true)?.Id;
  const rule = ruleId === undefined ? undefined : assignmentRule(org, sobject, ruleId);
  if (rule === undefined) return defaultOwner[source].inactive && rules.length > 0 ? defaultCaseOwner(org) : undefined;
  return assignee(org, rule, row, userId) ?? (defaultOwner[source].unmatched ? defaultCaseOwner(org) : undefined);
}

/** Whom the rule gives it to. Users and queues that are gone since take nothing. */
function assignee(org: OrgState, rule: AssignmentRule, row: StoredRecord, userId: string): string | undefined {
  const entry = matchingEntry(org, rule, row, userId);
  if (entry === undefined) return undefined;
  const name = textOf(entry, 'assignedTo');
  // "Do not reassign owner".
  if (name === undefined) return fieldText(row['OwnerId']);
  return findCaseOwner(org, name, textOf(entry, 'assignedToType') === 'Queue' ? 'Queue' : 'User');
}

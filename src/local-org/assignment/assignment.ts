import type { OrgState } from '../state/org-state.ts';

/** Which assignment rule the cases of a save go by, and who says so. */
export interface Assignment {
  /** `active`, the id of a rule that need not be active, or `none`. */
  readonly rule: 'active' | 'none' | { readonly id: string };
  readonly source: AssignmentSource;
}

/** The header of a REST request, `Database.DMLOptions` of Apex, or Email-to-Case. */
export type AssignmentSource = 'rest' | 'apex' | 'mail';

const inForce = new WeakMap<OrgState, Assignment>();

/**
 * Does work in which all saves go by one assignment, those of triggers too: the header of a request holds for its whole
 * transaction, and `Database.DMLOptions` do not override it (REST API guide, "Assignment Rule Header"; Salesforce Knowledge
 * 000395506).
 */
export function withAssignment<T>(org: OrgState, assignment: Assignment, work: () => T): T {
  const before = inForce.get(org);
  inForce.set(org, assignment);
  try {
    return work();
  } finally {
    if (before === undefined) inForce.delete(org);
    else inForce.set(org, before);
  }
}

/** The assignment of the transaction that runs; undefined if it has none. */
export function assignmentInForce(org: OrgState): Assignment | undefined {
  return inForce.get(org);
}

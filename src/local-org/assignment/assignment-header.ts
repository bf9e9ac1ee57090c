import type { Context } from 'hono';

import type { LocalOrgEnv } from '../http/route.ts';
import { RestError } from '../http/rest-error.ts';
import type { OrgState } from '../state/org-state.ts';
import { toId18 } from '../store/record-id.ts';
import { withAssignment } from './assignment.ts';
import type { Assignment } from './assignment.ts';

const HEADER = 'Sforce-Auto-Assign';

/**
 * Does the saves of a REST request under its header `Sforce-Auto-Assign`: `TRUE`, `FALSE` in any case, or the id of a rule.
 * Without the header it is `TRUE`, for created and for updated records (REST API guide, "Assignment Rule Header").
 * @throws RestError 400 MALFORMED_ID, INVALID_CROSS_REFERENCE_KEY
 */
export function underAssignmentHeader<T>(c: Context<LocalOrgEnv>, org: OrgState, work: () => T): T {
  return withAssignment(org, { rule: ruleOf(org, c.req.header(HEADER) ?? 'TRUE'), source: 'rest' }, work);
}

function ruleOf(org: OrgState, header: string): Assignment['rule'] {
  const text = header.trim();
  if (/^true$/i.test(text)) return 'active';
  if (/^false$/i.test(text)) return 'none';
  const id = toId18(text);
  if (id === undefined) throw new RestError(400, 'MALFORMED_ID', `${HEADER}: malformed id ${text.slice(0, 40)}`);
  if (org.records.get('AssignmentRule', id) === undefined) {
    throw new RestError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  return { id };
}

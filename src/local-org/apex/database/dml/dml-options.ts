import type { Assignment } from '../../../assignment/assignment.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import type { Value } from '../../values/value.ts';

/** What `Database.DMLOptions` asks for, as far as the local org has it. */
export interface DmlOptions {
  /** Cuts text that is too long instead of refusing it. */
  readonly truncate: boolean;
  /** Absent: not said. */
  readonly allOrNone: boolean | undefined;
  /** The assignment rule that cases go by; absent: none. */
  readonly assignment: Assignment | undefined;
}

/** The options of a `Database.DMLOptions`; undefined for null. */
export function dmlOptionsOf(value: Value | undefined): DmlOptions | undefined {
  if (!(value instanceof PlatformObject)) return undefined;
  const allOrNone = value.get('OptAllOrNone');
  return {
    truncate: value.get('AllowFieldTruncation') === true,
    allOrNone: typeof allOrNone === 'boolean' ? allOrNone : undefined,
    assignment: assignmentOf(value.get('AssignmentRuleHeader')),
  };
}

/** A rule by its id, active or not, or the active one (Apex Reference, "DmlOptions.AssignmentRuleHeader"). */
function assignmentOf(header: Value | undefined): Assignment | undefined {
  if (!(header instanceof PlatformObject)) return undefined;
  const id = header.get('assignmentRuleId');
  if (typeof id === 'string') return { rule: { id }, source: 'apex' };
  return header.get('useDefaultRule') === true ? { rule: 'active', source: 'apex' } : undefined;
}

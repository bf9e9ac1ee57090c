import type { OrgState } from '../state/org-state.ts';
import { fieldText } from '../state/field-text.ts';

/**
 * As long as nothing runs Apex, a save on an object with active triggers says so in a `Warning` header: the record is
 * saved, the triggers are not run, and nobody shall take the one for the other.
 * @returns the header's value; undefined if there is nothing to say
 */
export function triggerWarning(org: OrgState, sobject: string): string | undefined {
  if (org.saveHooks !== undefined) return undefined;
  const names = org.records
    .find('ApexTrigger', { TableEnumOrId: sobject, Status: 'Active' })
    .map((trigger) => fieldText(trigger['Name']));
  if (names.length === 0) return undefined;
  return `299 local-org "The local org does not run Apex yet; triggers not fired: ${names.join(', ')}"`;
}

import { flagOf } from '../elements/metadata-value.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { RowSource } from './row-source.ts';
import { storedValue, storedXml } from './stored-value.ts';

/** Fields of an AssignmentRule row. */
export function assignmentRuleFields({ fullName, value }: RowSource): Record<string, FieldValue> {
  const dot = fullName.indexOf('.');
  return {
    Name: fullName.slice(dot + 1),
    SobjectType: fullName.slice(0, dot),
    Active: flagOf(value, 'active', false),
  };
}

/** An object has one active rule: activating another ends the former, as in Setup. */
export function deactivateOtherRules(org: OrgState, rule: Component, userId: string): void {
  if (!flagOf(storedValue(rule), 'active', false)) return;
  const object = rule.fullName.slice(0, rule.fullName.indexOf('.') + 1);
  for (const other of org.components.list('AssignmentRule')) {
    const value = storedValue(other);
    const concerned = other.fullName.startsWith(object) && other.fullName !== rule.fullName;
    if (!concerned || !flagOf(value, 'active', false)) continue;
    const { createdDate: _created, lastModifiedDate: _modified, ...init } = other;
    org.components.put({ ...init, xml: storedXml('AssignmentRule', { ...value, active: false }) });
    if (other.recordId !== undefined) {
      org.records.update('AssignmentRule', other.recordId, { Active: false }, userId);
    }
  }
}

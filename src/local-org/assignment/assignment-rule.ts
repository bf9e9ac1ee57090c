import { storedValue } from '../metadata/apply/stored-value.ts';
import { listOf, textOf } from '../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../metadata/elements/metadata-value.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { booleanFilterHolds, parseBooleanFilter } from './boolean-filter.ts';
import { criterionField, criterionValue } from './criterion-field.ts';
import { meets } from './criterion.ts';
import type { FilterOperation } from './criterion.ts';

/** Objects of this org that have assignment rules; on the platform leads have them as well. */
export const assignedObjects: readonly string[] = ['Case'];

/** One rule as it is in the org: its entries, in the order in which they are tried. */
export interface AssignmentRule {
  readonly entries: readonly MetadataValue[];
}

/** All rules of an object, active or not. */
export function rulesOfObject(org: OrgState, sobject: string): StoredRecord[] {
  return org.records.find('AssignmentRule', { SobjectType: sobject });
}

/** The entries of a rule by the id of its AssignmentRule row; undefined if there is none of this object. */
export function assignmentRule(org: OrgState, sobject: string, id: string): AssignmentRule | undefined {
  const row = org.records.get('AssignmentRule', id);
  if (row?.['SobjectType'] !== sobject) return undefined;
  const component = org.components.get('AssignmentRule', `${sobject}.${fieldText(row['Name'])}`);
  return component === undefined ? undefined : { entries: listOf(storedValue(component), 'ruleEntry') };
}

/** The first entry whose criteria a record meets; one without criteria takes all. */
export function matchingEntry(
  org: OrgState,
  { entries }: AssignmentRule,
  row: StoredRecord,
  userId: string,
): MetadataValue | undefined {
  return entries.find((entry) => {
    const criteria = listOf(entry, 'criteriaItems');
    const holds = (item: number): boolean => meetsCriterion(org, criteria[item - 1] ?? {}, row, userId);
    const logic = textOf(entry, 'booleanFilter');
    if (logic !== undefined) return booleanFilterHolds(parseBooleanFilter(logic, criteria.length), holds);
    return criteria.every((_, index) => holds(index + 1));
  });
}

function meetsCriterion(org: OrgState, criterion: MetadataValue, row: StoredRecord, userId: string): boolean {
  const place = criterionField(org, textOf(criterion, 'field') ?? '');
  // The field was there when the rule was saved, and may have been deleted since.
  if (place === undefined) return false;
  const operation = textOf(criterion, 'operation') as FilterOperation;
  const actual = criterionValue(org, place, row, userId);
  return meets(actual, place.field, operation, textOf(criterion, 'value') ?? '', org.now());
}

import { derivedFields } from '../records/derived-fields.ts';
import type { FieldSchema } from '../schema/schema.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';

/** Objects whose fields the criteria of case rules may look at, with the field of the case that leads there. */
const parents: Readonly<Record<string, string>> = { Account: 'AccountId', Contact: 'ContactId' };

/** Where a criterion looks: a field of the case, of its account or contact, or of the user who saves it. */
export interface CriterionField {
  readonly object: 'Case' | 'Account' | 'Contact' | 'User';
  readonly field: FieldSchema;
}

/** The field of a criterion, `Case.Origin`; undefined if there is none of that name where criteria may look. */
export function criterionField(org: OrgState, name: string): CriterionField | undefined {
  const [objectName = '', fieldName = '', ...rest] = name.split('.');
  const object = org.schema().data.object(objectName);
  const field = object?.field(fieldName);
  if (object === undefined || field === undefined || rest.length > 0) return undefined;
  return isCriterionObject(object.name) ? { object: object.name, field } : undefined;
}

/** Whether criteria may look at fields of an object, spelled as the schema spells it. */
export function isCriterionObject(name: string): name is CriterionField['object'] {
  return name === 'Case' || name === 'User' || Object.hasOwn(parents, name);
}

/** What stands in the field; null where the case has no such parent. */
export function criterionValue(
  org: OrgState,
  { object, field }: CriterionField,
  row: StoredRecord,
  userId: string,
): FieldValue {
  const id = object === 'User' ? userId : fieldText(row[parents[object] ?? ''] ?? null);
  const source = object === 'Case' ? row : org.records.get(object, id);
  if (source === undefined) return null;
  return { ...source, ...derivedFields(org, object, source) }[field.name] ?? null;
}

import type { FieldSchema } from '../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';
import { fieldText } from '../state/field-text.ts';

/** A stored value as REST answers spell it: times as `2026-11-20T12:00:00.000+0000`. */
export function wireValue(value: FieldValue, field: FieldSchema): FieldValue {
  if (field.type === 'datetime' && typeof value === 'string') return value.replace(/Z$/, '+0000');
  return value;
}

/** `{ type, url }` of a record in an answer. Definitions are reached by their durable id. */
export function recordAttributes(base: string, sobject: string, row: StoredRecord): { type: string; url: string } {
  return { type: sobject, url: `${base}/sobjects/${sobject}/${fieldText(row['DurableId'] ?? row.Id)}` };
}

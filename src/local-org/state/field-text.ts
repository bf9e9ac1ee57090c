import type { FieldValue } from './record-store.ts';

/** A field's value as text: nothing for null, JSON for what is no plain value. */
export function fieldText(value: FieldValue | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

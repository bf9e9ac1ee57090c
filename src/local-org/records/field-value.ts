import type { FieldSchema } from '../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';

/** Parts of a compound address with the suffixes of their fields. */
const ADDRESS_PARTS: Readonly<Record<string, string>> = {
  city: 'City',
  country: 'Country',
  countryCode: 'CountryCode',
  geocodeAccuracy: 'GeocodeAccuracy',
  latitude: 'Latitude',
  longitude: 'Longitude',
  postalCode: 'PostalCode',
  state: 'State',
  stateCode: 'StateCode',
  street: 'Street',
};

/**
 * A field's value on a row: a checkbox is never null, a compound address is made of its parts, and rows of objects whose
 * ids are null hold an empty one.
 */
export function fieldValue(row: StoredRecord, field: FieldSchema): FieldValue {
  if (field.type === 'id' && row.Id === '') return null;
  if (field.type === 'boolean') return row[field.name] ?? false;
  if (field.type === 'address') return compoundAddress(row, field.name.replace(/Address$/, ''));
  return row[field.name] ?? null;
}

function compoundAddress(row: StoredRecord, prefix: string): FieldValue {
  const parts = Object.entries(ADDRESS_PARTS).map(([part, suffix]) => [part, row[prefix + suffix] ?? null] as const);
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}

import type { FieldNotation } from './field-facts.ts';
import { DEFAULTED_FIELDS, DEFAULT_VALUES, FIELD_LENGTHS, TYPE_LENGTHS } from './field-facts.ts';
import { PICKLIST_VALUES } from './picklist-values.ts';
import type { FieldSchema } from './schema.ts';

/** A field of a standard object from its notation `type | properties | relationship | targets`. */
export function standardField(objectName: string, name: string, notation: FieldNotation): FieldSchema {
  const [type = 'string', properties = '', relationship = '', targets = ''] = notation.split(' | ');
  const has = (letter: string): boolean => properties.includes(letter);
  const key = `${objectName}.${name}`;
  return {
    name,
    label: labelOf(name),
    type: type === 'JunctionIdList' ? 'junctionidlist' : type,
    length: FIELD_LENGTHS[key] ?? TYPE_LENGTHS[type] ?? 0,
    nillable: has('N'),
    createable: has('C'),
    updateable: has('U'),
    filterable: has('F'),
    sortable: has('S'),
    groupable: has('G'),
    defaultedOnCreate: has('D') || DEFAULTED_FIELDS.has(key),
    restrictedPicklist: has('R'),
    idLookup: has('L'),
    autoNumber: has('A'),
    externalId: false,
    unique: false,
    custom: false,
    permissionable: false,
    defaultValue: DEFAULT_VALUES[key],
    referenceTo: targets === '' ? [] : targets.split(','),
    relationshipName: relationship === '' ? undefined : relationship,
    picklistValues: PICKLIST_VALUES[key] ?? [],
  };
}

/** `Id` and the system fields an object has, by kind of audit. */
const AUDIT_FIELDS: Readonly<
  Record<'full' | 'created' | 'modstamp' | 'none', Readonly<Record<string, FieldNotation>>>
> = {
  full: {
    CreatedDate: 'datetime | FSD',
    CreatedById: 'reference | FGSD | CreatedBy | User',
    LastModifiedDate: 'datetime | FSD',
    LastModifiedById: 'reference | FGSD | LastModifiedBy | User',
    SystemModstamp: 'datetime | FSD',
  },
  created: { CreatedDate: 'datetime | FSD', CreatedById: 'reference | FGSD | CreatedBy | User' },
  modstamp: { SystemModstamp: 'datetime | FSD' },
  none: {},
};

/** Notations of `Id`, `IsDeleted` and the audit fields. */
export function systemFields(
  audit: 'full' | 'created' | 'modstamp' | 'none',
  recycled: boolean,
): Record<string, FieldNotation> {
  return {
    Id: 'id | FGSD',
    ...(recycled ? { IsDeleted: 'boolean | FGSD' } : {}),
    ...AUDIT_FIELDS[audit],
  };
}

/** `ContactId` → `Contact ID`, `IsClosed` → `Is Closed`: what a describe shows where no better label is known. */
function labelOf(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').replace(/\bId$/, 'ID');
}

import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import type { FieldSchema, ObjectSchema } from './schema.ts';

/** What EntityDefinition and FieldDefinition rows have for an id: they are known by their `DurableId`. */
const NO_ID = '000000000000000AAA';

/** How FieldDefinition words a type, by describe type. */
const DATA_TYPES: Readonly<Record<string, (field: FieldSchema) => string>> = {
  string: (field) => (field.autoNumber ? 'Auto Number' : `Text(${field.length})`),
  boolean: () => 'Checkbox',
  textarea: (field) => (field.length > 255 ? `Long Text Area(${field.length})` : 'Text Area(255)'),
  reference: (field) => `Lookup(${field.referenceTo.join(',')})`,
  picklist: () => 'Picklist',
  multipicklist: () => 'Picklist (Multi-Select)',
  datetime: () => 'Date/Time',
  date: () => 'Date',
  double: () => 'Number(18, 0)',
  int: () => 'Number(9, 0)',
  email: () => 'Email',
  phone: () => 'Phone',
  url: () => 'URL(255)',
  currency: () => 'Currency(16, 2)',
  percent: () => 'Percent(18, 0)',
  address: () => 'Address',
  id: () => 'Lookup()',
};

const entityRows = new WeakMap<object, StoredRecord[]>();
const fieldRows = new WeakMap<object, StoredRecord[]>();

/** Rows of EntityDefinition: one per object of the data API, whoever looks. */
export function entityDefinitionRows(org: OrgState): StoredRecord[] {
  return held(entityRows, org, () => org.schema().data.objects().map(entityRow));
}

/** Rows of FieldDefinition: one per field, field-level security or not. */
export function fieldDefinitionRows(org: OrgState): StoredRecord[] {
  return held(fieldRows, org, () =>
    org
      .schema()
      .data.objects()
      .flatMap((object) => object.fields.map((field) => fieldRow(org, object, field))),
  );
}

function held(rows: WeakMap<object, StoredRecord[]>, org: OrgState, make: () => StoredRecord[]): StoredRecord[] {
  const schema = org.schema();
  let made = rows.get(schema);
  if (made === undefined) {
    made = make();
    rows.set(schema, made);
  }
  return made;
}

function entityRow(object: ObjectSchema): StoredRecord {
  return {
    Id: NO_ID,
    DurableId: object.name,
    QualifiedApiName: object.name,
    DeveloperName: object.name.replace(/__c$/, ''),
    Label: object.label,
    MasterLabel: object.label,
    PluralLabel: object.labelPlural,
    KeyPrefix: object.keyPrefix,
    IsQueryable: object.queryable,
    IsCreatable: object.createable,
    IsDeletable: object.deletable,
    IsEverCreatable: object.createable,
    IsEverUpdatable: object.updateable,
    IsEverDeletable: object.deletable,
    IsRetrieveable: true,
    IsIdEnabled: true,
    IsCustomSetting: object.customSetting === true,
    IsCustomizable: object.custom || object.createable,
    IsApexTriggerable: object.createable,
    IsTriggerable: object.createable,
    IsFlsEnabled: object.createable,
  };
}

function fieldRow(org: OrgState, object: ObjectSchema, field: FieldSchema): StoredRecord {
  const recordId = org.components.get('CustomField', `${object.name}.${field.name}`)?.recordId;
  const fieldId = recordId === undefined ? field.name : recordId.slice(0, 15);
  return {
    Id: NO_ID,
    DurableId: `${object.name}.${fieldId}`,
    EntityDefinitionId: object.name,
    QualifiedApiName: field.name,
    DeveloperName: field.name.replace(/__c$/, ''),
    FullName: field.name,
    Label: field.label,
    MasterLabel: field.label,
    DataType: DATA_TYPES[field.type]?.(field) ?? field.type,
    Length: field.length,
    RelationshipName: field.relationshipName ?? null,
    ReferenceTo: { referenceTo: [...field.referenceTo] },
    IsNillable: field.nillable,
    IsCalculated: false,
    IsApiFilterable: field.filterable,
    IsApiSortable: field.sortable,
    IsApiGroupable: field.groupable,
    IsFlsEnabled: field.permissionable,
    IsIndexed: field.type === 'id' || field.idLookup || field.type === 'reference',
    IsNameField: field.name === 'Name',
    IsPolymorphicForeignKey: field.referenceTo.length > 1,
    ValueTypeId: field.type,
  };
}

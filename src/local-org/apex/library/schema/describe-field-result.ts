import type { FieldSchema } from '../../../schema/schema.ts';
import { platformType } from '../../platform/platform.ts';
import { ApexList } from '../../values/collections/list.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { SObjectFieldToken, SObjectTypeToken } from '../../values/tokens.ts';
import type { NativeClass } from '../native.ts';
import { describeGetters } from './describe-getters.ts';
import type { FieldDescribe } from './describe-values.ts';
import { displayType, soapType } from './field-types.ts';

/** Bytes a character may take. */
const BYTES_PER_CHARACTER = 3;

function picklistEntries(field: FieldSchema): ApexList {
  const type = platformType('Schema.PicklistEntry');
  const items = field.picklistValues.map(
    (value) =>
      new PlatformObject(type, [
        ['active', true],
        ['defaultValue', value === field.defaultValue],
        ['label', value],
        ['value', value],
      ]),
  );
  return ApexList.of(type, items);
}

const getters = describeGetters<FieldDescribe>({
  accessible: ({ access }) => access.readable,
  aggregatable: ({ field }) => field.filterable && field.type !== 'boolean',
  aiPredictionField: () => false,
  autoNumber: ({ field }) => field.autoNumber,
  byteLength: ({ field }) => field.length * BYTES_PER_CHARACTER,
  calculated: () => false,
  calculatedFormula: () => null,
  cascadeDelete: () => false,
  caseSensitive: () => false,
  controller: () => null,
  createable: ({ access }) => access.createable,
  custom: ({ field }) => field.custom,
  defaultedOnCreate: ({ field }) => field.defaultedOnCreate,
  defaultValue: ({ field }) => field.defaultValue ?? null,
  dependentPicklist: () => false,
  deprecatedAndHidden: () => false,
  displayLocationInDecimal: () => false,
  encrypted: ({ field }) => field.type === 'encryptedstring',
  externalId: ({ field }) => field.externalId,
  filterable: ({ field }) => field.filterable,
  filteredLookupInfo: () => null,
  formulaTreatNullNumberAsZero: () => false,
  groupable: ({ field }) => field.groupable,
  highScaleNumber: () => false,
  htmlFormatted: () => false,
  idLookup: ({ field }) => field.idLookup || field.type === 'id',
  label: ({ field }) => field.label,
  length: ({ field }) => field.length,
  localName: ({ field }) => field.name,
  name: ({ field }) => field.name,
  nameField: ({ field }) => field.name === 'Name' || field.name === 'CaseNumber',
  namePointing: ({ field }) => field.referenceTo.length > 1,
  nillable: ({ field }) => field.nillable,
  permissionable: ({ field }) => field.permissionable,
  picklistValues: ({ field }) => picklistEntries(field),
  queryByDistance: ({ field }) => field.type === 'location',
  referenceTargetField: () => null,
  referenceTo: ({ field }) =>
    ApexList.of(
      platformType('Schema.SObjectType'),
      field.referenceTo.map((name) => SObjectTypeToken.of(name)),
    ),
  relationshipName: ({ field }) => field.relationshipName ?? null,
  relationshipOrder: () => null,
  restrictedDelete: () => false,
  restrictedPicklist: ({ field }) => field.restrictedPicklist,
  soapType: ({ field }) => soapType(field),
  sobjectField: ({ object, field }) => SObjectFieldToken.of(object.name, field.name),
  sobjectType: ({ object }) => SObjectTypeToken.of(object.name),
  sortable: ({ field }) => field.sortable,
  type: ({ field }) => displayType(field),
  unique: ({ field }) => field.unique,
  updateable: ({ access }) => access.updateable,
  writeRequiresMasterRead: () => false,
});

/**
 * Says of a field what the REST describe says of it, and what field-level security lets the user do. There are no
 * formulas, master-details and filtered lookups in the local org, so what tells of them is null or false. What its schema
 * does not hold (precision, scale, digits, compound fields, help texts) is not there.
 */
export const describeFieldResult: NativeClass = { name: 'Schema.DescribeFieldResult', ...getters };

import type { FieldSchema, ObjectSchema } from '../schema/schema.ts';

/** Describe types whose wire type (`soapType`) is not `xsd:string`. */
const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
};

/** An entry of the list of objects (`GET …/sobjects`). */
export function objectSummary(object: ObjectSchema, base: string): Record<string, unknown> {
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    // Prefixes beginning with z are the local org's own, for objects whose ids no client sees.
    keyPrefix: object.keyPrefix.startsWith('z') ? null : object.keyPrefix,
    custom: object.custom,
    customSetting: object.customSetting === true,
    createable: object.createable,
    updateable: object.updateable,
    deletable: object.deletable,
    undeletable: false,
    queryable: object.queryable,
    retrieveable: true,
    searchable: false,
    layoutable: object.createable,
    replicateable: true,
    mergeable: false,
    triggerable: object.createable,
    feedEnabled: false,
    activateable: false,
    deprecatedAndHidden: false,
    urls: {
      sobject: `${base}/sobjects/${object.name}`,
      describe: `${base}/sobjects/${object.name}/describe`,
      rowTemplate: `${base}/sobjects/${object.name}/{ID}`,
    },
  };
}

/** The describe of one object. */
export function describeObject(object: ObjectSchema, base: string): Record<string, unknown> {
  return {
    ...objectSummary(object, base),
    actionOverrides: [],
    childRelationships: object.childRelationships.map(({ childSObject, field, relationshipName }) => ({
      childSObject,
      field,
      relationshipName: relationshipName ?? null,
      cascadeDelete: false,
      deprecatedAndHidden: false,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      restrictedDelete: false,
    })),
    fields: object.fields.map(describeField),
    namedLayoutInfos: [],
    recordTypeInfos: [],
    supportedScopes: [{ label: 'All', name: 'everything' }],
  };
}

function describeField(field: FieldSchema): Record<string, unknown> {
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    length: field.length,
    byteLength: field.length * 3,
    precision: 0,
    scale: 0,
    digits: 0,
    nillable: field.nillable,
    createable: field.createable,
    updateable: field.updateable,
    filterable: field.filterable,
    sortable: field.sortable,
    groupable: field.groupable,
    aggregatable: field.filterable && field.type !== 'boolean',
    defaultedOnCreate: field.defaultedOnCreate,
    defaultValue: field.defaultValue ?? null,
    custom: field.custom,
    permissionable: field.permissionable,
    calculated: false,
    autoNumber: field.autoNumber,
    externalId: field.externalId,
    idLookup: field.idLookup || field.type === 'id',
    unique: field.unique,
    caseSensitive: false,
    nameField: field.name === 'Name' || field.name === 'CaseNumber',
    restrictedPicklist: field.restrictedPicklist,
    picklistValues: field.picklistValues.map((value) => ({
      active: true,
      defaultValue: value === field.defaultValue,
      label: value,
      validFor: null,
      value,
    })),
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName ?? null,
    polymorphicForeignKey: field.referenceTo.length > 1,
    htmlFormatted: false,
    deprecatedAndHidden: false,
    inlineHelpText: null,
  };
}

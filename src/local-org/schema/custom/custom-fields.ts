import type { Component } from '../../state/component-store.ts';
import { childrenOf, metadataElements, textOf } from './custom-metadata-xml.ts';
import type { MetadataElements } from './custom-metadata-xml.ts';
import type { FieldSchema } from '../schema.ts';

/** Describe type by metadata type (Metadata API, `FieldType`). */
const DESCRIBE_TYPES: Readonly<Record<string, string>> = {
  AutoNumber: 'string',
  Lookup: 'reference',
  MasterDetail: 'reference',
  ExternalLookup: 'reference',
  IndirectLookup: 'reference',
  Hierarchy: 'reference',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  EncryptedText: 'encryptedstring',
  Html: 'textarea',
  Location: 'location',
  LongTextArea: 'textarea',
  MultiselectPicklist: 'multipicklist',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Text: 'string',
  TextArea: 'textarea',
  Time: 'time',
  Url: 'url',
};

const DEFAULT_LENGTHS: Readonly<Record<string, number>> = {
  Email: 80,
  Phone: 40,
  Url: 255,
  TextArea: 255,
  Picklist: 255,
  MultiselectPicklist: 4099,
  AutoNumber: 30,
};
const UNFILTERABLE = new Set(['LongTextArea', 'Html', 'EncryptedText']);

/** A deployed custom field: the object it belongs to and its schema. */
export interface CustomField {
  readonly objectName: string;
  readonly field: FieldSchema;
  readonly childRelationshipName: string | undefined;
}

/** Reads a CustomField component (`Case.Case_From__c`). */
export function customField(component: Pick<Component, 'fullName' | 'xml'>): CustomField {
  const elements = metadataElements(component.xml);
  const [objectName = '', fieldName = ''] = component.fullName.split('.');
  const metadataType = textOf(elements, 'type') ?? 'Text';
  const required = textOf(elements, 'required') === 'true';
  const calculated = textOf(elements, 'formula') !== undefined || metadataType === 'AutoNumber';
  const type = DESCRIBE_TYPES[metadataType] ?? 'string';
  const referenceTo = textOf(elements, 'referenceTo');
  const unique = textOf(elements, 'unique') === 'true';
  const externalId = textOf(elements, 'externalId') === 'true';
  const filterable = !UNFILTERABLE.has(metadataType);
  return {
    objectName,
    childRelationshipName: childName(elements),
    field: {
      name: fieldName,
      label: textOf(elements, 'label') ?? fieldName,
      type,
      length: type === 'reference' ? 18 : Number(textOf(elements, 'length') ?? DEFAULT_LENGTHS[metadataType] ?? 0),
      nillable: !required && type !== 'boolean' && metadataType !== 'MasterDetail',
      createable: !calculated,
      updateable:
        !calculated && !(metadataType === 'MasterDetail' && textOf(elements, 'reparentableMasterDetail') !== 'true'),
      filterable,
      sortable: filterable && type !== 'multipicklist',
      groupable: filterable && !['double', 'currency', 'percent', 'datetime', 'multipicklist'].includes(type),
      defaultedOnCreate: type === 'boolean' || textOf(elements, 'defaultValue') !== undefined,
      restrictedPicklist: childrenOf(elements, 'valueSet').some((set) => textOf(set, 'restricted') === 'true'),
      idLookup: externalId,
      autoNumber: metadataType === 'AutoNumber',
      externalId,
      unique,
      custom: true,
      // A field its definition requires cannot be hidden from anybody.
      permissionable: !required && metadataType !== 'MasterDetail',
      defaultValue: defaultValue(elements, type),
      referenceTo: referenceTo === undefined ? [] : [referenceTo],
      relationshipName: type === 'reference' ? fieldName.replace(/__c$/i, '__r') : undefined,
      picklistValues: picklistValues(elements),
    },
  };
}

function childName(elements: MetadataElements): string | undefined {
  const name = textOf(elements, 'relationshipName');
  return name === undefined ? undefined : `${name}__r`;
}

function picklistValues(elements: MetadataElements): string[] {
  return childrenOf(elements, 'valueSet')
    .flatMap((set) => childrenOf(set, 'valueSetDefinition'))
    .flatMap((definition) => childrenOf(definition, 'value'))
    .flatMap((value) => textOf(value, 'fullName') ?? []);
}

/** Only literals are read: a default that is a formula is refused when it is deployed. */
function defaultValue(elements: MetadataElements, type: string): boolean | string | undefined {
  const text = textOf(elements, 'defaultValue');
  if (type === 'boolean') return text?.toLowerCase() === 'true';
  const literal = /^(["'])(.*)\1$/s.exec(text ?? '')?.[2];
  if (literal !== undefined) return literal;
  return childrenOf(elements, 'valueSet')
    .flatMap((set) => childrenOf(set, 'valueSetDefinition'))
    .flatMap((definition) => childrenOf(definition, 'value'))
    .filter((value) => textOf(value, 'default') === 'true')
    .flatMap((value) => textOf(value, 'fullName') ?? [])[0];
}

/** What a custom field of a type must and may say. Numbers are characters or digits, limits included. */
export interface FieldTypeFacts {
  /** Elements without which the field is refused. */
  readonly required: readonly string[];
  readonly length?: { readonly from: number; readonly to: number };
  /** A record may hold any text of the old type in the new one: such a change is allowed with data. */
  readonly widensTo?: readonly string[];
}

/**
 * Field types the local org knows, with the elements the Metadata API guide (CustomField) asks for. Master-detail
 * fields, formulas, roll-ups, geolocations and encrypted text are not implemented.
 */
export const fieldTypes: Readonly<Record<string, FieldTypeFacts>> = {
  AutoNumber: { required: ['displayFormat'] },
  Checkbox: { required: ['defaultValue'] },
  Currency: { required: ['precision', 'scale'] },
  Date: { required: [] },
  DateTime: { required: [] },
  Email: { required: [], widensTo: ['Text', 'TextArea', 'LongTextArea', 'Html'] },
  Html: { required: ['length', 'visibleLines'], length: { from: 256, to: 131_072 } },
  Lookup: { required: ['referenceTo'] },
  LongTextArea: { required: ['length', 'visibleLines'], length: { from: 256, to: 131_072 } },
  Number: { required: ['precision', 'scale'] },
  Percent: { required: ['precision', 'scale'] },
  Phone: { required: [], widensTo: ['Text', 'TextArea', 'LongTextArea', 'Html'] },
  Picklist: { required: ['valueSet'], widensTo: ['Text', 'TextArea', 'LongTextArea', 'MultiselectPicklist'] },
  MultiselectPicklist: { required: ['valueSet', 'visibleLines'] },
  Text: { required: ['length'], length: { from: 1, to: 255 }, widensTo: ['TextArea', 'LongTextArea', 'Html'] },
  TextArea: { required: [], widensTo: ['LongTextArea', 'Html'] },
  Time: { required: [] },
  Url: { required: [], widensTo: ['Text', 'TextArea', 'LongTextArea', 'Html'] },
};

/** Elements that belong to some types only, with those types. */
export const typedElements: Readonly<Record<string, readonly string[]>> = {
  length: ['Text', 'LongTextArea', 'Html', 'EncryptedText'],
  precision: ['Number', 'Currency', 'Percent'],
  scale: ['Number', 'Currency', 'Percent'],
  visibleLines: ['LongTextArea', 'Html', 'MultiselectPicklist'],
  displayFormat: ['AutoNumber'],
  valueSet: ['Picklist', 'MultiselectPicklist'],
  externalId: ['Text', 'Number', 'Email', 'AutoNumber'],
  unique: ['Text', 'Number', 'Email', 'AutoNumber'],
  caseSensitive: ['Text', 'AutoNumber'],
  relationshipName: ['Lookup', 'MasterDetail', 'Hierarchy'],
  relationshipOrder: ['MasterDetail'],
  referenceTo: ['Lookup', 'MasterDetail', 'Hierarchy'],
};

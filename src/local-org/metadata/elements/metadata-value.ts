import { elementsOf } from '../types/element-schema.ts';
import type { ElementSchema } from '../types/element-schema.ts';
import { metadataNamespace } from '../types/metadata-type.ts';
import { isNil } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { writeElement } from '../xml/write-xml.ts';
import type { XmlValue } from '../xml/write-xml.ts';

/** Metadata as JSON has it (the Tooling API's `Metadata`): booleans and numbers are such, repeated elements are lists. */
export interface MetadataValue {
  readonly [element: string]: MetadataFieldValue;
}
export type MetadataFieldValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | MetadataValue
  | readonly MetadataFieldValue[];

/** The value of an element that {@link checkElements} has passed. Elements that are not there are not in the value. */
export function readMetadataValue(element: XmlElement, typeName: string): MetadataValue {
  const schema = elementsOf(typeName) ?? new Map<string, ElementSchema>();
  const value: Record<string, MetadataFieldValue> = {};
  for (const child of element.children) {
    const wanted = schema.get(child.name);
    if (wanted === undefined || isNil(child)) continue;
    const read = readField(child, wanted);
    const list = value[child.name];
    if (!wanted.many) value[child.name] = read;
    else if (Array.isArray(list)) value[child.name] = [...(list as readonly MetadataFieldValue[]), read];
    else value[child.name] = [read];
  }
  return value;
}

function readField(element: XmlElement, schema: ElementSchema): MetadataFieldValue {
  if (schema.kind === 'complex') return readMetadataValue(element, schema.type);
  const text = schema.kind === 'string' ? element.text : element.text.trim();
  if (schema.kind === 'boolean') return text === 'true' || text === '1';
  if (schema.kind === 'number') return text === '' ? null : Number(text);
  return text;
}

/**
 * A metadata file of a value that came as JSON, elements in the WSDL's order. Unknown keys are written too, at the end:
 * whether they are allowed is for {@link checkElements} to say, in Salesforce's words.
 */
export function writeMetadataFile(typeName: string, value: MetadataValue): string {
  const body = Object.entries(inSchemaOrder(typeName, value))
    .map(([name, field]) => writeElement(name, field, 4))
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${typeName} xmlns="${metadataNamespace}">\n${body}</${typeName}>\n`;
}

/** A value's elements as XML values in the WSDL's order, without those that hold nothing. */
export function inSchemaOrder(typeName: string, value: MetadataValue): Record<string, XmlValue> {
  const schema = elementsOf(typeName) ?? new Map<string, ElementSchema>();
  // Files have the own name of a nested component first, then the rest in the WSDL's order.
  const known = [...schema.keys()].sort((a, b) => Number(b === 'fullName') - Number(a === 'fullName'));
  const names = [...known, ...Object.keys(value).filter((name) => !schema.has(name))];
  const ordered: Record<string, XmlValue> = {};
  for (const name of names) {
    const field = name === 'apiVersion' ? versionText(value[name]) : toXmlValue(schema.get(name), value[name]);
    if (field !== undefined) ordered[name] = field;
  }
  return ordered;
}

/** Versions are written with one decimal, `66.0`, which a JSON number does not keep. */
function versionText(field: MetadataFieldValue): XmlValue {
  return typeof field === 'number' && Number.isInteger(field) ? field.toFixed(1) : toXmlValue(undefined, field);
}

function toXmlValue(schema: ElementSchema | undefined, field: MetadataFieldValue): XmlValue {
  if (field === null || field === undefined) return undefined;
  if (Array.isArray(field)) return (field as readonly MetadataFieldValue[]).map((item) => toXmlValue(schema, item));
  if (typeof field !== 'object') return field;
  return inSchemaOrder(schema?.type ?? '', field as MetadataValue);
}

/** A text element of a value; undefined where it is missing or empty. */
export function textOf(value: MetadataValue, name: string): string | undefined {
  const field = value[name];
  return typeof field === 'string' && field.trim() !== '' ? field.trim() : undefined;
}

/** The texts of a repeated element; none where it is missing. */
export function textsOf(value: MetadataValue, name: string): string[] {
  const field = value[name];
  const items = Array.isArray(field) ? (field as readonly MetadataFieldValue[]) : [field];
  return items.flatMap((item) => (typeof item === 'string' && item.trim() !== '' ? [item.trim()] : []));
}

/** A boolean element of a value. */
export function flagOf(value: MetadataValue, name: string, otherwise: boolean): boolean {
  const field = value[name];
  return typeof field === 'boolean' ? field : otherwise;
}

/** The items of a repeated element that are values themselves. */
export function listOf(value: MetadataValue, name: string): readonly MetadataValue[] {
  const field = value[name];
  const items = Array.isArray(field) ? (field as readonly MetadataFieldValue[]) : [field];
  return items.filter(
    (item): item is MetadataValue => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}

import { XMLParser } from 'fast-xml-parser';

/** The elements of a CustomField or CustomObject component this org builds its schema from (Metadata API names). */
export type MetadataElements = Readonly<Record<string, unknown>>;

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true, processEntities: true });

/** The child elements of a component's root element. Repeated elements are arrays, leaves are strings. */
export function metadataElements(xml: string): MetadataElements {
  const document = parser.parse(xml) as Record<string, unknown>;
  const root = Object.entries(document).find(([name]) => !name.startsWith('?'))?.[1];
  return typeof root === 'object' && root !== null ? (root as MetadataElements) : {};
}

/** A leaf's text; undefined if absent or empty. */
export function textOf(elements: MetadataElements, name: string): string | undefined {
  const value = elements[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** All occurrences of an element that holds others. */
export function childrenOf(elements: MetadataElements, name: string): MetadataElements[] {
  const value = elements[name];
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.filter((item): item is MetadataElements => typeof item === 'object' && item !== null);
}

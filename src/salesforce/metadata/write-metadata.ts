import { escapeXml } from '../../escape-xml.ts';

const namespace = 'http://soap.sforce.com/2006/04/metadata';

/**
 * Plain data as a metadata file, elements in the order in which they stand.
 * @param values element names to texts, numbers, objects or lists; without `fullName`, which the name of the file says
 */
export function metadataFile(type: string, values: Readonly<Record<string, unknown>>): string {
  const { fullName: _, ...elements } = values;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${namespace}">\n${children(elements, '    ')}</${type}>\n`;
}

function children(values: Readonly<Record<string, unknown>>, indent: string): string {
  return Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((one: unknown) => element(name, one, indent)))
    .join('');
}

function element(name: string, value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return `${indent}<${name}>${escapeXml(String(value))}</${name}>\n`;
  const inner = children(value as Record<string, unknown>, `${indent}    `);
  return `${indent}<${name}>\n${inner}${indent}</${name}>\n`;
}

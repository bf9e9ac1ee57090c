import { escapeXml } from './entities.ts';

/** What an element may hold: text, nothing (left out), nil, a list (repeated), or further elements in order. */
export type XmlValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** Key of an object value whose string becomes the element's `xsi:type`. */
export const xsiType = '@xsi:type';

/**
 * One element, or as many as the list has items. `undefined` writes nothing, `null` an `xsi:nil` element; objects
 * become child elements in the order of their keys.
 *
 * @param indent spaces before the element; undefined writes everything on one line, as SOAP answers are
 */
export function writeElement(name: string, value: XmlValue, indent?: number): string {
  if (value === undefined) return '';
  if (Array.isArray(value))
    return (value as readonly XmlValue[]).map((item) => writeElement(name, item, indent)).join('');
  const before = indent === undefined ? '' : ' '.repeat(indent);
  const after = indent === undefined ? '' : '\n';
  if (value === null) return `${before}<${name} xsi:nil="true"/>${after}`;
  if (typeof value !== 'object') return `${before}<${name}>${escapeXml(String(value))}</${name}>${after}`;
  if (value instanceof Date) return `${before}<${name}>${value.toISOString()}</${name}>${after}`;
  const entries = Object.entries(value as { readonly [name: string]: XmlValue });
  const type = entries.find(([key]) => key === xsiType)?.[1];
  const children = entries
    .filter(([key]) => key !== xsiType)
    .map(([key, child]) => writeElement(key, child, indent === undefined ? undefined : indent + 4))
    .join('');
  const open = typeof type === 'string' ? `${name} xsi:type="${escapeXml(type)}"` : name;
  if (children === '') return `${before}<${open}/>${after}`;
  return `${before}<${open}>${after}${children}${before}</${name}>${after}`;
}

import { XMLParser } from 'fast-xml-parser';

/** A metadata document as plain data: element names to texts, objects, or arrays where an element repeats. */
export type MetadataValues = Record<string, unknown>;

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
});

/**
 * Reads a metadata file into plain data, without its root element; comments and attributes are left out, every leaf is text.
 * @param xml e.g. the content of `X.namedCredential`
 */
export function metadataValues(xml: string): MetadataValues {
  const document = parser.parse(xml) as Record<string, unknown>;
  const root = Object.values(document).find((value) => typeof value === 'object' && value !== null);
  return withoutBlanks(root ?? {}) as MetadataValues;
}

/** Line ends and indentation between elements arrive as `#text`; they mean nothing in metadata. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '#text');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutBlanks(inner)]));
}

/**
 * Whether an org's metadata holds everything that is wanted. What the org has beyond that (defaults it filled in) does not
 * count; order in lists does not either. `undefined` means that this API does not tell, and is no difference; `null` means
 * empty, and is the same as an empty text or false.
 * @returns the paths that differ, e.g. `endpoint`, `fieldPermissions[Case.Case_From__c].editable`; empty when all is as wanted
 */
export function missingFrom(actual: unknown, wanted: unknown, path = ''): string[] {
  if (actual === undefined) return [];
  if (typeof wanted !== 'object' || wanted === null) return holdsLeaf(actual, wanted) ? [] : [path];
  if (Array.isArray(wanted)) {
    const have = asList(actual);
    return wanted.flatMap((item) =>
      have.some((one) => missingFrom(one, item).length === 0) ? [] : [`${path}[${nameOf(item)}]`],
    );
  }
  const single = Array.isArray(actual) ? bestMatch(actual, wanted) : actual;
  const have = typeof single === 'object' && single !== null ? (single as Record<string, unknown>) : {};
  return Object.entries(wanted).flatMap(([key, value]) =>
    missingFrom(have[key], value, path === '' ? key : `${path}.${key}`),
  );
}

/** An element that stands there once in a file may come back as a list of one. */
function holdsLeaf(actual: unknown, wanted: unknown): boolean {
  if (!Array.isArray(actual)) return leaf(actual) === leaf(wanted);
  return actual.length === 0 ? leaf(wanted) === '' : actual.some((one) => leaf(one) === leaf(wanted));
}

function bestMatch(list: unknown[], wanted: object): unknown {
  return list.find((one) => missingFrom(one, wanted).length === 0) ?? list[0];
}

function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function leaf(value: unknown): string {
  if (value === undefined || value === null || value === false || value === 'false') return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function nameOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const values = Object.values(item);
  return String(values.find((value) => typeof value === 'string' && !/^(true|false)$/.test(value)) ?? '');
}

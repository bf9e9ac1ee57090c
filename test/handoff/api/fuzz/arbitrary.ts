import * as fc from 'fast-check';

import { schemaAt, type JsonSchema, type OpenApi } from './document.ts';

/** Texts that have broken servers. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\uD800',
    '\u202E',
    '\r\nBcc: x@example.com',
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    "' OR 1=1 --",
    '%00',
    '{{7*7}}',
    '<script>alert(1)</script>',
    'NaN',
    '1e999',
    'a'.repeat(5000),
    '😀'.repeat(300),
  ),
);

/** Values of any type. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, 0, -0, 1e308, -1, 2 ** 53, [], {}, [[]]) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'prototype').map((key) => objectOf([[key, {}]])),
  },
);

/** Values that fit a schema of the document. */
export function fitting(document: OpenApi, schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(document, schemaAt(document, schema.$ref));
  if (schema.oneOf !== undefined) return fc.oneof(...schema.oneOf.map((one) => fitting(document, one)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return fittingObject(document, schema);
    case 'array':
      return fc.array(fitting(document, schema.items ?? {}), { maxLength: 4 });
    case 'string':
      return fittingText(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1e9, 1e9) });
    case 'boolean':
      return fc.boolean();
    default:
      throw new Error(`nothing is made for the schema ${JSON.stringify(schema)}`);
  }
}

function fittingObject(document: OpenApi, schema: JsonSchema): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties, propertyNames } = schema;
  if (properties !== undefined) {
    const members = Object.entries(properties).map(([key, member]) => [key, fitting(document, member)] as const);
    return fc.record(Object.fromEntries(members), { requiredKeys: [...required], noNullPrototype: true });
  }
  if (typeof additionalProperties !== 'object' || propertyNames === undefined) {
    throw new Error(`nothing is made for the schema ${JSON.stringify(schema)}`);
  }
  return fc.dictionary(fittingText(propertyNames), fitting(document, additionalProperties), {
    maxKeys: 4,
    noNullPrototype: true,
  });
}

function fittingText({ pattern, format, minLength }: JsonSchema): fc.Arbitrary<string> {
  const made = textOf(pattern, format).filter((text) => Array.from(text).length >= (minLength ?? 0));
  return pattern === undefined ? made : made.filter((text) => new RegExp(pattern, 'u').test(text));
}

/** Mostly such that fit the pattern, which is looked at afterwards. */
function textOf(pattern: string | undefined, format: string | undefined): fc.Arbitrary<string> {
  if (format === 'uuid')
    return fc.oneof(
      fc.uuid(),
      fc.uuid().map((id) => id.toUpperCase()),
    );
  if (format === 'base64') return fc.base64String({ maxLength: 200 });
  if (format === 'uri') return fc.webUrl({ validSchemes: ['http', 'https'] });
  if (format === 'date-time') {
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
  }
  if (pattern === undefined) return hostileText;
  if (pattern.includes('@')) return fc.emailAddress();
  // fast-check writes no text for properties of Unicode.
  if (!pattern.includes('\\p{')) return fc.stringMatching(new RegExp(pattern, 'u'));
  return fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.constant('😀'.repeat(35)));
}

/** A value in which one thing is another one, gone or added. */
export function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(value);
  return fc
    .record({
      place: fc.constantFrom(...places),
      other: hostileValue,
      how: fc.constantFrom('change', 'drop', 'add'),
      key: hostileText,
    })
    .map(({ place, other, how, key }) =>
      changed(value, place, (found) => {
        if (how === 'drop') return undefined;
        if (how === 'add' && typeof found === 'object' && found !== null && !Array.isArray(found)) {
          return objectOf([...Object.entries(found), [key, other]]);
        }
        return other;
      }),
    );
}

type Place = readonly string[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...at, key]))];
}

function changed(value: unknown, [step, ...rest]: Place, change: (found: unknown) => unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return change(value);
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [
    key,
    key === step ? changed(member, rest, change) : member,
  ]);
  const kept = members.filter(([, member]) => member !== undefined);
  return Array.isArray(value) ? kept.map(([, member]) => member) : objectOf(kept);
}

/** With `__proto__` as any other key. */
function objectOf(members: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(members);
}

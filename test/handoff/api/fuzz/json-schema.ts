import { schemaAt, type JsonSchema, type OpenApi } from './document.ts';

/** Keywords that say nothing about what is valid. */
const silent = new Set(['description', 'default', 'contentEncoding']);
const understood = new Set([
  '$ref',
  'type',
  'oneOf',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'pattern',
  'format',
  'minLength',
  'minimum',
  'maximum',
]);

/**
 * What is wrong with a value by a schema of the document; undefined if nothing is. It knows nothing of the code the document is made of.
 * @throws Error if the schema says something that this does not know
 */
export function wrongBy(document: OpenApi, schema: JsonSchema, value: unknown, at = ''): string | undefined {
  const unknown = Object.keys(schema).find((keyword) => !understood.has(keyword) && !silent.has(keyword));
  if (unknown !== undefined) throw new Error(`a schema says ${unknown}, which is not known here`);
  if (schema.$ref !== undefined) return wrongBy(document, schemaAt(document, schema.$ref), value, at);
  if (schema.oneOf !== undefined) {
    const fitting = schema.oneOf.filter((one) => wrongBy(document, one, value, at) === undefined).length;
    return fitting === 1 ? undefined : `${at}: fits ${fitting} of ${schema.oneOf.length}`;
  }
  if (schema.type !== undefined && !isOfType(schema.type, value)) return `${at}: is no ${schema.type}`;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return `${at}: is none of the enum`;
  if (schema.const !== undefined && schema.const !== value) return `${at}: is not the const`;
  if (typeof value === 'string') return wrongText(schema, value, at);
  if (typeof value === 'number') return wrongNumber(schema, value, at);
  if (Array.isArray(value)) return wrongItem(document, schema, value, at);
  if (typeof value === 'object' && value !== null) return wrongMember(document, schema, value, at);
  return undefined;
}

function isOfType(type: NonNullable<JsonSchema['type']>, value: unknown): boolean {
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function wrongText({ pattern, format, minLength = 0 }: JsonSchema, value: string, at: string): string | undefined {
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return `${at}: does not fit ${pattern}`;
  if (format === 'uri' && !URL.canParse(value)) return `${at}: is no URI`;
  return Array.from(value).length < minLength ? `${at}: is too short` : undefined;
}

function wrongNumber({ minimum, maximum }: JsonSchema, value: number, at: string): string | undefined {
  const isWithin = value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
  return isWithin ? undefined : `${at}: is out of bounds`;
}

function wrongItem(document: OpenApi, { items }: JsonSchema, values: unknown[], at: string): string | undefined {
  if (items === undefined) return undefined;
  return first(values.map((value, index) => wrongBy(document, items, value, `${at}/${index}`)));
}

function wrongMember(document: OpenApi, schema: JsonSchema, value: object, at: string): string | undefined {
  const { properties = {}, required = [], additionalProperties = true, propertyNames } = schema;
  const missing = required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${at}: has no ${missing}`;
  return first(
    Object.entries(value).map(([key, member]) => {
      const place = `${at}/${key}`;
      const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
      const named = propertyNames === undefined ? undefined : wrongBy(document, propertyNames, key, place);
      if (named !== undefined) return named;
      if (own !== undefined) return wrongBy(document, own, member, place);
      if (additionalProperties === false) return `${place}: is not known`;
      return additionalProperties === true ? undefined : wrongBy(document, additionalProperties, member, place);
    }),
  );
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}

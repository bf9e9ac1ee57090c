import flowTable from '../flows/flow-types.json' with { type: 'json' };
import table from '../metadata-types.json' with { type: 'json' };

/** What one XML element of a metadata type may hold. */
export interface ElementSchema {
  readonly name: string;
  readonly kind: 'string' | 'boolean' | 'number' | 'enum' | 'complex';
  /** Name of the enum or complex type; the kind itself for plain values. */
  readonly type: string;
  /** May stand several times. */
  readonly many: boolean;
  readonly required: boolean;
}

interface ElementRow {
  readonly type: string;
  readonly many?: boolean;
  readonly required?: boolean;
}

const rows: Record<string, Record<string, ElementRow>> = { ...table.types, ...flowTable.types };
const enums: Record<string, readonly string[]> = { ...table.enums, ...flowTable.enums };
const knownTypes = new Set(table.knownTypes);

/**
 * Elements the WSDL has as required but real files leave out: Salesforce takes an Apex `-meta.xml` without them (status
 * is Active then, and the version the package's).
 */
const optionalInFiles = new Set([
  'ApexClass.apiVersion',
  'ApexClass.status',
  'ApexTrigger.apiVersion',
  'ApexTrigger.status',
  // The guide's own example of EmbeddedServiceConfig, older than the element, has none.
  'EmbeddedServiceMessagingChannel.shouldShowAgentforceTagline',
]);

/** Where the content of Apex would stand; in files it is the body beside the `-meta.xml`. */
const notInFiles = new Set(['ApexClass.content', 'ApexTrigger.content']);

const schemas = new Map<string, ReadonlyMap<string, ElementSchema>>();

/** Elements of a metadata type or of a type nested in one, by name, in the WSDL's order; undefined for unknown types. */
export function elementsOf(typeName: string): ReadonlyMap<string, ElementSchema> | undefined {
  const known = schemas.get(typeName);
  if (known !== undefined) return known;
  if (!Object.hasOwn(rows, typeName)) return undefined;
  const elements = new Map(
    Object.entries(rows[typeName] ?? {})
      .filter(([name]) => !notInFiles.has(`${typeName}.${name}`))
      .map(([name, row]): [string, ElementSchema] => [name, toSchema(typeName, name, row)]),
  );
  schemas.set(typeName, elements);
  return elements;
}

function toSchema(typeName: string, name: string, row: ElementRow): ElementSchema {
  return {
    name,
    kind: kindOf(row.type),
    type: row.type,
    many: row.many ?? false,
    required: (row.required ?? false) && !optionalInFiles.has(`${typeName}.${name}`),
  };
}

function kindOf(type: string): ElementSchema['kind'] {
  // Days, times of day and moments alike: text in files.
  if (type === 'Date') return 'string';
  if (type === 'string' || type === 'boolean' || type === 'number') return type;
  return Object.hasOwn(enums, type) ? 'enum' : 'complex';
}

/** Values of an enum of the WSDL; empty for what is none. */
export function enumValues(enumName: string): readonly string[] {
  return enums[enumName] ?? [];
}

/** True for every metadata type Salesforce has, supported here or not. */
export function isSalesforceType(name: string): boolean {
  return knownTypes.has(name);
}

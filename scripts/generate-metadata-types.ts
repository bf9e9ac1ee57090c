/**
 * Writes `src/local-org/metadata/metadata-types.json`, the table of XML elements the local org accepts, from the types
 * that Salesforce generates out of its WSDLs (`@salesforce/types`, `lib/metadata.d.ts`).
 *
 * Run with `node scripts/generate-metadata-types.ts`; `--check` only compares. A test holds the two together.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { ApiSchemaTypes } from '@salesforce/types/metadata';

/** Top types whose elements the table holds; everything they reach comes along. */
const roots = [
  'ApexClass',
  'ApexTrigger',
  'AssignmentRules',
  'CaseSettings',
  'ConnectedApp',
  'ConnectedAppSettings',
  'CustomField',
  'CustomObject',
  'DeploymentSettings',
  'EmailAuthorizationSettings',
  'EmbeddedServiceConfig',
  'ExternalClientAppSettings',
  'ExternalClientApplication',
  'ExternalCredential',
  'ExtlClntAppConfigurablePolicies',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppOauthSecuritySettings',
  'ExtlClntAppOauthSettings',
  'MessagingChannel',
  'NamedCredential',
  'OauthOidcSettings',
  'PermissionSet',
  'Profile',
  'PublicKeyCertificate',
  'PublicKeyCertificateSet',
  'Queue',
  'QueueRoutingConfig',
  'RemoteSiteSetting',
] as const satisfies readonly (keyof ApiSchemaTypes)[];

interface ElementRow {
  type: string;
  many?: true;
  required?: true;
}

interface Table {
  source: string;
  /** Every metadata type Salesforce knows, to tell "not implemented here" from "no such type". */
  knownTypes: string[];
  enums: Record<string, string[]>;
  types: Record<string, Record<string, ElementRow>>;
}

interface Declarations {
  aliases: Map<string, string>;
  objects: Map<string, { base: string | undefined; elements: Record<string, ElementRow> }>;
}

function readDeclarations(source: string): Declarations {
  const aliases = new Map<string, string>();
  const objects: Declarations['objects'] = new Map();
  for (const match of source.matchAll(/^export type (\w+) = ([^{\n]*);$/gm)) {
    aliases.set(match[1] ?? '', match[2] ?? '');
  }
  for (const match of source.matchAll(/^export type (\w+) = (?:(\w+) & )?\{\n([\s\S]*?)^\};$/gm)) {
    const elements: Record<string, ElementRow> = {};
    for (const line of (match[3] ?? '').matchAll(/^ {4}(\w+)(\?)?: ([\w.]+)(\[\])?;$/gm)) {
      const [, name = '', optional, type = '', list] = line;
      elements[name] = {
        type,
        ...(list === undefined ? {} : { many: true as const }),
        ...(optional === undefined && list === undefined ? { required: true as const } : {}),
      };
    }
    objects.set(match[1] ?? '', { base: match[2], elements });
  }
  return { aliases, objects };
}

function elementsWithBase(declarations: Declarations, name: string): Record<string, ElementRow> {
  const found = declarations.objects.get(name);
  if (found === undefined) return {};
  const inherited = found.base === undefined ? {} : elementsWithBase(declarations, found.base);
  return { ...inherited, ...found.elements };
}

function isMetadata(declarations: Declarations, name: string): boolean {
  const base = declarations.objects.get(name)?.base;
  return base !== undefined && (base === 'Metadata' || isMetadata(declarations, base));
}

function enumValues(alias: string): string[] | undefined {
  const values = [...alias.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  return values.length > 0 ? values : undefined;
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The table as text, ready to be written; the same text for the same version of the package. */
export function generateMetadataTypes(): string {
  const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@salesforce/types/metadata')));
  const source = readFileSync(join(packageFolder, 'lib', 'metadata.d.ts'), 'utf8');
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const declarations = readDeclarations(source);

  const enums: Table['enums'] = {};
  const types: Table['types'] = {};
  const queue: string[] = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (name in types) continue;
    const elements = elementsWithBase(declarations, name);
    for (const element of Object.values(elements)) {
      const alias = declarations.aliases.get(element.type);
      const values = alias === undefined ? undefined : enumValues(alias);
      if (values !== undefined) enums[element.type] = values;
      else if (alias !== undefined) element.type = 'string';
      else if (declarations.objects.has(element.type)) queue.push(element.type);
    }
    types[name] = sorted(elements);
  }
  const knownTypes = [...declarations.objects.keys()].filter((name) => isMetadata(declarations, name)).sort();
  const table: Table = {
    source: `@salesforce/types ${version}`,
    knownTypes,
    enums: sorted(enums),
    types: sorted(types),
  };
  return layOut(table);
}

/** One line an enum and one line an element: readable in a review, stable in a diff. */
function layOut(table: Table): string {
  const line = (key: string, value: unknown): string => `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const enums = Object.entries(table.enums).map(([name, values]) => `    ${line(name, values)}`);
  const types = Object.entries(table.types).map(([name, elements]) => {
    const rows = Object.entries(elements).map(([element, row]) => `      ${line(element, row)}`);
    return `    ${JSON.stringify(name)}: {\n${rows.join(',\n')}\n    }`;
  });
  return [
    '{',
    `  ${line('source', table.source)},`,
    `  ${line('knownTypes', table.knownTypes)},`,
    `  "enums": {\n${enums.join(',\n')}\n  },`,
    `  "types": {\n${types.join(',\n')}\n  }`,
    '}',
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const target = join(dirname(fileURLToPath(import.meta.url)), '..', 'src/local-org/metadata/metadata-types.json');
  const text = generateMetadataTypes();
  if (!argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(
      'metadata-types.json is not what @salesforce/types says: run node scripts/generate-metadata-types.ts',
    );
    process.exitCode = 1;
  }
}

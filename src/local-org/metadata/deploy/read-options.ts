import { MetadataFault } from '../metadata-fault.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { OrgKind } from '../../state/org-settings.ts';
import { isTestLevel } from './deploy-options.ts';
import type { DeployOptions } from './deploy-options.ts';

const flags = [
  'allowMissingFiles',
  'autoUpdatePackage',
  'checkOnly',
  'ignoreWarnings',
  'performRetrieve',
  'purgeOnDelete',
  'rollbackOnError',
  'singlePackage',
] as const;

const lists = new Set(['runTests', 'runAllTests']);

/** Options as a client gave them, whatever the protocol: names with the texts of their values. */
type RawOptions = ReadonlyMap<string, readonly string[]>;

/**
 * DeployOptions of a SOAP call.
 * @throws MetadataFault for elements DeployOptions does not have, and for values that are none of theirs
 */
export function readSoapOptions(element: XmlElement | undefined, kind: OrgKind): DeployOptions {
  const raw = new Map<string, string[]>();
  for (const child of element?.children ?? []) {
    raw.set(child.name, [...(raw.get(child.name) ?? []), child.text.trim()]);
  }
  return toOptions(raw, kind);
}

/**
 * `deployOptions` of a REST call.
 * @throws MetadataFault as {@link readSoapOptions}
 */
export function readRestOptions(json: Readonly<Record<string, unknown>>, kind: OrgKind): DeployOptions {
  const raw = new Map<string, string[]>();
  for (const [name, value] of Object.entries(json)) {
    if (value !== null && value !== undefined) raw.set(name, (Array.isArray(value) ? value : [value]).map(String));
  }
  return toOptions(raw, kind);
}

function toOptions(raw: RawOptions, kind: OrgKind): DeployOptions {
  for (const name of raw.keys()) {
    if (!(flags as readonly string[]).includes(name) && !lists.has(name) && name !== 'testLevel') {
      throw new MetadataFault('INVALID_OPERATION', `Element ${name} invalid at this location in type DeployOptions`);
    }
  }
  const level = raw.get('testLevel')?.[0];
  if (level !== undefined && level !== '' && !isTestLevel(level)) {
    throw new MetadataFault('INVALID_OPERATION', `'${level}' is not a valid value for the enum 'TestLevel'`);
  }
  return {
    allowMissingFiles: flag(raw, 'allowMissingFiles', false),
    autoUpdatePackage: flag(raw, 'autoUpdatePackage', false),
    checkOnly: flag(raw, 'checkOnly', false),
    ignoreWarnings: flag(raw, 'ignoreWarnings', false),
    performRetrieve: flag(raw, 'performRetrieve', false),
    purgeOnDelete: flag(raw, 'purgeOnDelete', false),
    // The guide's default is false, and production demands true: left out there, it is what production demands.
    rollbackOnError: flag(raw, 'rollbackOnError', kind === 'production'),
    singlePackage: flag(raw, 'singlePackage', false),
    runTests: (raw.get('runTests') ?? []).filter((name) => name !== ''),
    testLevel: level !== undefined && isTestLevel(level) ? level : undefined,
  };
}

function flag(raw: RawOptions, name: (typeof flags)[number], otherwise: boolean): boolean {
  const text = raw.get(name)?.[0];
  if (text === undefined || text === '') return otherwise;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new MetadataFault('INVALID_OPERATION', `${name}: '${text}' is not a valid value for the type xsd:boolean`);
}

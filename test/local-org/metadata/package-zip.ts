import { zipSync } from 'fflate';

export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export type PackageFiles = Record<string, string>;

/** A zip of text files, paths as given. */
export function zipOf(files: PackageFiles): Buffer {
  const entries = Object.entries(files).map(([path, text]): [string, Uint8Array] => [path, Buffer.from(text, 'utf8')]);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

/** A metadata file of one root element. */
export function metadataFile(type: string, lines: readonly string[]): string {
  return `${declaration}<${type} xmlns="${metadataNamespace}">\n${lines.map((line) => `    ${line}\n`).join('')}</${type}>\n`;
}

/** A package.xml or destructive-changes file. */
export function manifest(members: Record<string, readonly string[]>, version = '68.0'): string {
  const types = Object.entries(members).map(
    ([name, names]) =>
      `<types>${names.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return metadataFile('Package', [...types, `<version>${version}</version>`]);
}

/** A manifest that deploys nothing, as destructive changes need one. */
export const emptyManifest = manifest({});

export function namedCredential(endpoint: string, more: readonly string[] = []): string {
  return metadataFile('NamedCredential', [
    `<endpoint>${endpoint}</endpoint>`,
    '<label>OpenCX Integration</label>',
    '<principalType>Anonymous</principalType>',
    '<protocol>NoAuthentication</protocol>',
    ...more,
  ]);
}

/** An object file with text fields of these names. */
export function objectFile(fields: readonly string[]): string {
  return metadataFile(
    'CustomObject',
    fields.map(
      (name) =>
        `<fields><fullName>${name}</fullName><label>${name}</label><length>255</length><required>false</required><type>Text</type></fields>`,
    ),
  );
}

export function permissionSet(fields: readonly string[], more: readonly string[] = []): string {
  return metadataFile('PermissionSet', [
    ...fields.map(
      (field) =>
        `<fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions>`,
    ),
    '<label>OpenCX</label>',
    ...more,
  ]);
}

export function apexMeta(type: 'ApexClass' | 'ApexTrigger', version = '66.0', status = 'Active'): string {
  return metadataFile(type, [`<apiVersion>${version}</apiVersion>`, `<status>${status}</status>`]);
}

/** Files of one Apex class. */
export function apexClass(name: string, body: string): PackageFiles {
  return { [`classes/${name}.cls`]: body, [`classes/${name}.cls-meta.xml`]: apexMeta('ApexClass') };
}

/** Files of one Apex trigger. */
export function apexTrigger(name: string, body: string): PackageFiles {
  return { [`triggers/${name}.trigger`]: body, [`triggers/${name}.trigger-meta.xml`]: apexMeta('ApexTrigger') };
}

/** One `<objectPermissions>` entry: the WSDL asks for every flag. */
export function objectPermission(object: string, granted: readonly string[]): string {
  const flag = (name: string): string => `<${name}>${granted.includes(name)}</${name}>`;
  const flags = ['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords'].map((name) => flag(name));
  return `<objectPermissions>${flags.join('')}<object>${object}</object>${flag('viewAllRecords')}</objectPermissions>`;
}

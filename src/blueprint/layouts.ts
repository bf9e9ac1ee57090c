import type { Blueprint, BlueprintComponent } from './blueprint.ts';
import { withMarker, withoutMarker } from './marker.ts';
import { xmlText } from './rendering/escape.ts';

/** What a package can be made of: a blueprint, or any components with their files. */
export interface PackageContent {
  readonly apiVersion: string;
  readonly components: readonly Pick<BlueprintComponent, 'type' | 'fullName' | 'files'>[];
}

/** What a manifest names: what a package holds, or what it deletes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly components: readonly { readonly type: string; readonly fullName: string }[];
}

/** Path → content; iteration order is the order of writing and zipping. */
export type Layout = Map<string, string>;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const sourceRoot = 'force-app/main/default';

/** A Metadata API package: package.xml first, then the files by path; fields of one object share its file. */
export function mdapiLayout(blueprint: PackageContent): Layout {
  const files = new Map<string, string>();
  for (const component of blueprint.components) {
    for (const { path, content } of component.files) {
      const before = files.get(path);
      files.set(path, before === undefined ? content : mergeObjects(before, content));
    }
  }
  return new Map([['package.xml', packageXml(blueprint)], ...sorted(files)]);
}

/** A Salesforce DX project: sfdx-project.json, manifest/package.xml and the source files. */
export function sourceLayout(blueprint: Blueprint): Layout {
  const files = new Map<string, string>();
  for (const component of blueprint.components) {
    for (const { path, content } of sourceFiles(component)) files.set(`${sourceRoot}/${path}`, content);
  }
  return new Map([
    ['sfdx-project.json', projectJson(blueprint)],
    ['manifest/package.xml', packageXml(blueprint)],
    ...sorted(files),
  ]);
}

/** The manifest: types and members in alphabetical order, as Salesforce's own tools write it. */
export function packageXml({ apiVersion, components: all }: Manifest): string {
  const members = Map.groupBy(all, ({ type }) => type);
  const types = [...members]
    .sort(([a], [b]) => compare(a, b))
    .map(([type, components]) => {
      const names = components.map(({ fullName }) => fullName).sort(compare);
      const lines = names.map((name) => `        <members>${xmlText(name)}</members>\n`).join('');
      return `    <types>\n${lines}        <name>${type}</name>\n    </types>\n`;
    });
  const version = `    <version>${xmlText(apiVersion)}</version>\n`;
  return withMarker(`${declaration}<Package ${namespace}>\n${types.join('')}${version}</Package>\n`, 'package', 1)
    .content;
}

function projectJson(blueprint: Blueprint): string {
  const project = {
    packageDirectories: [{ path: 'force-app', default: true }],
    name: 'opencx-salesforce',
    namespace: '',
    sfdcLoginUrl: 'https://login.salesforce.com',
    sourceApiVersion: blueprint.apiVersion,
  };
  return `${JSON.stringify(project, null, 2)}\n`;
}

/** In a DX project Apex keeps its two files, a field has a file of its own, and all else ends with -meta.xml. */
function sourceFiles(component: BlueprintComponent): { path: string; content: string }[] {
  switch (component.type) {
    case 'ApexClass':
    case 'ApexTrigger':
      return component.files;
    case 'CustomField': {
      const [object, field] = component.fullName.split('.');
      const path = `objects/${object}/fields/${field}.field-meta.xml`;
      return component.files.map(({ content }) => ({ path, content: fieldDocument(component, content) }));
    }
    case 'CustomObject':
      return component.files.flatMap((file) => objectFiles(component, file.content));
    case 'NamedCredential':
    case 'ExternalCredential':
    case 'PermissionSet':
    case 'ExternalClientApplication':
    case 'ExtlClntAppGlobalOauthSettings':
    case 'ExtlClntAppOauthSettings':
    case 'ExtlClntAppOauthConfigurablePolicies':
    case 'PublicKeyCertificate':
    case 'PublicKeyCertificateSet':
    case 'QueueRoutingConfig':
    case 'Queue':
    case 'Flow':
    case 'MessagingChannel':
    case 'EmbeddedServiceConfig':
      return component.files.map(({ path, content }) => ({ path: `${path}-meta.xml`, content }));
  }
}

const fieldElement = /^ {4}<fields>\n([\s\S]*?)^ {4}<\/fields>\n/gm;

/** Two rendered objects as one. Both were rendered here, so their shape is known to the character. */
function mergeObjects(first: string, second: string): string {
  const fields = [first, second].flatMap((object) => [...object.matchAll(fieldElement)].map(([element]) => element));
  const merged = `${declaration}<CustomObject ${namespace}>\n${fields.join('')}</CustomObject>\n`;
  return withMarker(merged, 'fields', 1).content;
}

function fieldDocument(component: BlueprintComponent, objectXml: string): string {
  const inner = [...objectXml.matchAll(fieldElement)].map(([, body]) => body ?? '').join('');
  const dedented = inner.replaceAll(/^ {4}/gm, '');
  const document = `${declaration}<CustomField ${namespace}>\n${dedented}</CustomField>\n`;
  return withMarker(document, component.role, component.marker.version).content;
}

/** In a DX project the fields of an object have files beside its own. */
function objectFiles(component: BlueprintComponent, objectXml: string): { path: string; content: string }[] {
  const { fullName, role, marker } = component;
  const folder = `objects/${fullName}`;
  const bare = withoutMarker(objectXml).replaceAll(fieldElement, '');
  const own = withMarker(bare, role, marker.version).content;
  const fields = [...objectXml.matchAll(fieldElement)].map(([element]) => {
    const [, name = ''] = /<fullName>([^<]+)<\/fullName>/.exec(element) ?? [];
    return { path: `${folder}/fields/${name}.field-meta.xml`, content: fieldDocument(component, element) };
  });
  return [{ path: `${folder}/${fullName}.object-meta.xml`, content: own }, ...fields];
}

function sorted(files: Map<string, string>): [string, string][] {
  return [...files].sort(([a], [b]) => compare(a, b));
}

/** By code unit, the same on every machine whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

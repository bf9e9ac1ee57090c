import { metadataNamespace } from '../types/metadata-type.ts';
import { childText, childrenOf, XmlSyntaxError } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { parseXml } from '../xml/parse-xml.ts';
import type { MetadataProblem } from '../elements/metadata-problem.ts';

/** What a `package.xml` or a destructive-changes file names. */
export interface Manifest {
  /** In the order of the file. A member may be `*`. */
  readonly types: readonly { readonly name: string; readonly members: readonly string[] }[];
  /** API version of the package, e.g. `66.0`; undefined where the file names none. */
  readonly version: string | undefined;
}

const packageElements = new Set([
  'apiAccessLevel',
  'description',
  'fullName',
  'namespacePrefix',
  'objectPermissions',
  'packageType',
  'postInstallClass',
  'setupWeblink',
  'types',
  'uninstallClass',
  'version',
]);

/** A manifest's text, read; or why it is refused. */
export function readManifest(text: string): { manifest: Manifest } | { problem: MetadataProblem } {
  let root: XmlElement;
  try {
    root = parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    return { problem: { message: `Error parsing file: ${error.message}`, line: error.line, column: error.column } };
  }
  return readManifestElement(root, 'Package');
}

/** The same for an element that was read already, as retrieve requests carry one (`unpackaged`). */
export function readManifestElement(
  root: XmlElement,
  rootName: string,
): { manifest: Manifest } | { problem: MetadataProblem } {
  if (root.name !== rootName || root.namespace !== metadataNamespace) {
    return at(
      root,
      `Error parsing file: Unexpected element {${root.namespace}}${root.name}, expected {${metadataNamespace}}Package`,
    );
  }
  const unknown = root.children.find(
    (child) => !packageElements.has(child.name) || child.namespace !== metadataNamespace,
  );
  if (unknown !== undefined) {
    return at(
      unknown,
      `Error parsing file: Element {${unknown.namespace}}${unknown.name} invalid at this location in type Package`,
    );
  }
  const types: { name: string; members: string[] }[] = [];
  for (const element of childrenOf(root, 'types')) {
    const stranger = element.children.find((child) => child.name !== 'members' && child.name !== 'name');
    if (stranger !== undefined) {
      return at(
        stranger,
        `Error parsing file: Element {${stranger.namespace}}${stranger.name} invalid at this location in type PackageTypeMembers`,
      );
    }
    const name = childText(element, 'name');
    if (name === undefined || name === '') return at(element, 'Required field is missing: name');
    types.push({ name, members: childrenOf(element, 'members').map((member) => member.text.trim()) });
  }
  const version = childText(root, 'version');
  return { manifest: { types, version: version === '' ? undefined : version } };
}

function at(element: XmlElement, message: string): { problem: MetadataProblem } {
  return { problem: { message, line: element.line, column: element.column } };
}

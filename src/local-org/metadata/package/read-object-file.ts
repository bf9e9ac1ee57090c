import { checkElements } from '../elements/check-elements.ts';
import { readMetadataValue, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { childrenOf } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { readRootElement } from './component-xml.ts';
import type { PackageComponent, PackageProblem } from './deploy-package.ts';
import type { MemberList } from './member-list.ts';
import type { FileOptions, PackageContent, PackageFile } from './package-file.ts';

/**
 * Reads an object file, which is a bundle: each `<fields>` element is a component of its own (`Case.Case_From__c`). The
 * object's other parts are not implemented and say so, one by one; its own properties are those of custom settings.
 */
export function readObjectFile(
  file: PackageFile,
  objectName: string,
  members: MemberList,
  options: FileOptions,
): PackageContent {
  const refuse = (
    problem: Pick<PackageProblem, 'message' | 'line' | 'column'>,
    componentType: string,
    fullName: string,
  ): PackageProblem => ({
    ...problem,
    componentType,
    fullName,
    fileName: file.fileName,
    severity: 'Error',
  });
  const read = readRootElement(file.text, 'CustomObject');
  if ('problem' in read) return { components: [], problems: [refuse(read.problem, 'CustomObject', objectName)] };
  const problem = checkElements(read.root, 'CustomObject');
  if (problem !== undefined) return { components: [], problems: [refuse(problem, 'CustomObject', objectName)] };

  const isNamed = members.has('CustomObject', objectName);
  const isOwn = isNamed && objectName.toLowerCase().endsWith('__c');
  const components: PackageComponent[] = [];
  const problems: PackageProblem[] = [];
  for (const element of read.root.children) {
    if (element.name === 'fields' || element.name === 'fullName') continue;
    if (isOwn && ownElements.has(element.name)) continue;
    const what = `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the element ${element.name} of CustomObject.`;
    problems.push(refuse({ message: what, line: element.line, column: element.column }, 'CustomObject', objectName));
  }
  for (const element of childrenOf(read.root, 'fields')) {
    const field = readField(element, file, objectName);
    if (field === undefined) {
      problems.push(
        refuse(
          { message: 'Required field is missing: fullName', line: element.line, column: element.column },
          'CustomField',
          objectName,
        ),
      );
    } else if (!members.hasOrParent('CustomField', field.fullName) && !options.autoUpdatePackage) {
      problems.push(
        refuse(
          { message: 'Not in package.xml', line: element.line, column: element.column },
          'CustomField',
          field.fullName,
        ),
      );
    } else components.push(field);
  }
  if (isNamed) components.unshift(objectItself(file, objectName, isOwn ? ownValue(read.root) : {}));
  return { components, problems };
}

function readField(element: XmlElement, file: PackageFile, objectName: string): PackageComponent | undefined {
  const value = readMetadataValue(element, 'CustomField');
  const fieldName = textOf(value, 'fullName');
  if (fieldName === undefined) return undefined;
  return {
    type: 'CustomField',
    fullName: `${objectName}.${fieldName}`,
    fileName: file.fileName,
    path: file.path,
    body: undefined,
    value,
    place: { line: element.line, column: element.column },
  };
}

/** What a custom object may say of itself here. */
const ownElements: ReadonlySet<string> = new Set([
  'customSettingsType',
  'description',
  'enableFeeds',
  'label',
  'visibility',
]);

function ownValue(root: XmlElement): MetadataValue {
  const value = readMetadataValue(root, 'CustomObject');
  return Object.fromEntries(Object.entries(value).filter(([name]) => ownElements.has(name)));
}

/** The object as a component, when the manifest names it: a standard object carries nothing of its own here. */
function objectItself(file: PackageFile, objectName: string, value: MetadataValue): PackageComponent {
  return {
    type: 'CustomObject',
    fullName: objectName,
    fileName: file.fileName,
    path: file.path,
    body: undefined,
    value,
    place: undefined,
  };
}

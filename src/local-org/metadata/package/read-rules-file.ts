import type { MetadataProblem } from '../elements/metadata-problem.ts';
import { checkElements } from '../elements/check-elements.ts';
import { readMetadataValue, textOf } from '../elements/metadata-value.ts';
import { childrenOf } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { readRootElement } from './component-xml.ts';
import type { PackageComponent, PackageProblem } from './deploy-package.ts';
import type { MemberList } from './member-list.ts';
import type { FileOptions, PackageContent, PackageFile } from './package-file.ts';

/**
 * Reads the assignment rules of an object: each `<assignmentRule>` is a component of its own (`Case.Standard`). Rules that
 * are in the org and not in the file stay.
 */
export function readRulesFile(
  file: PackageFile,
  objectName: string,
  members: MemberList,
  options: FileOptions,
): PackageContent {
  const refuse = (problem: MetadataProblem, componentType: string, fullName: string): PackageProblem => {
    return { ...problem, componentType, fullName, fileName: file.fileName, severity: 'Error' };
  };
  const read = readRootElement(file.text, 'AssignmentRules');
  const damage = 'problem' in read ? read.problem : checkElements(read.root, 'AssignmentRules');
  if ('problem' in read || damage !== undefined) {
    return { components: [], problems: damage === undefined ? [] : [refuse(damage, 'AssignmentRules', objectName)] };
  }
  const own = { fileName: file.fileName, path: file.path, body: undefined };
  const components: PackageComponent[] = members.has('AssignmentRules', objectName)
    ? [{ ...own, type: 'AssignmentRules', fullName: objectName, value: {}, place: undefined }]
    : [];
  const problems: PackageProblem[] = [];
  for (const element of childrenOf(read.root, 'assignmentRule')) {
    const place = placeOf(element);
    const value = readMetadataValue(element, 'AssignmentRule');
    const name = textOf(value, 'fullName');
    const fullName = `${objectName}.${name ?? ''}`;
    if (name === undefined) {
      problems.push(
        refuse({ message: 'Required field is missing: fullName', ...place }, 'AssignmentRules', objectName),
      );
    } else if (!members.hasOrParent('AssignmentRule', fullName) && !options.autoUpdatePackage) {
      problems.push(refuse({ message: 'Not in package.xml', ...place }, 'AssignmentRule', fullName));
    } else components.push({ ...own, type: 'AssignmentRule', fullName, value, place });
  }
  return { components, problems };
}

function placeOf({ line, column }: XmlElement): { line: number; column: number } {
  return { line, column };
}

import { invalidElement } from '../elements/check-elements.ts';
import type { MetadataProblem } from '../elements/metadata-problem.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { notImplementedProblem } from '../rules/not-implemented.ts';
import { SETTINGS, settingsTypeOfMember } from '../settings/settings-types.ts';
import { laterElement } from '../types/element-versions.ts';
import { metadataTypeOfFolder } from '../types/metadata-type.ts';
import type { MetadataType } from '../types/metadata-type.ts';
import { readComponentXml } from './component-xml.ts';
import { decodeText } from './decode-text.ts';
import type { PackageComponent, PackageProblem } from './deploy-package.ts';
import type { MemberList } from './member-list.ts';
import type { FileOptions, PackageContent, PackageFile } from './package-file.ts';
import { readObjectFile } from './read-object-file.ts';
import { readRulesFile } from './read-rules-file.ts';
import type { ZipFiles } from './read-zip.ts';

const metaSuffix = '-meta.xml';
const notNamed = 'Not in package.xml';

/** Reads all component files below a package's folder. */
export function readFiles(files: ZipFiles, root: string, members: MemberList, options: FileOptions): PackageContent {
  const components: PackageComponent[] = [];
  const problems: PackageProblem[] = [];
  for (const [fileName, bytes] of files) {
    const path = fileName.startsWith(root) ? fileName.slice(root.length) : '';
    const slash = path.indexOf('/');
    if (slash < 0) continue;
    const folder = path.slice(0, slash);
    const type = metadataTypeOfFolder(folder);
    const file = { fileName, path, text: decodeText(bytes) };
    const read =
      type === undefined
        ? { components: [], problems: [unknownFolder(fileName, folder)] }
        : readFile(file, type, files, members, options);
    components.push(...read.components);
    problems.push(...read.problems);
  }
  return { components, problems };
}

const nothing: PackageContent = { components: [], problems: [] };

function readFile(
  file: PackageFile,
  type: MetadataType,
  files: ZipFiles,
  members: MemberList,
  options: FileOptions,
): PackageContent {
  const isMeta = type.metaFile && file.path.endsWith(metaSuffix);
  const contentPath = isMeta ? file.path.slice(0, -metaSuffix.length) : file.path;
  const fullName = fullNameOf(contentPath, type);
  const refuse = (problem: MetadataProblem, name = fullName ?? baseName(file.path)): PackageContent => ({
    components: [],
    problems: [{ ...problem, componentType: type.name, fullName: name, fileName: file.fileName, severity: 'Error' }],
  });
  if (fullName === undefined) return refuse({ message: notNamed });
  if (isMeta) {
    const content = file.fileName.slice(0, -metaSuffix.length);
    return files.has(content) ? nothing : refuse({ message: `Expected content file for component: ${content}` });
  }
  if (type.name === 'CustomObject') return readObjectFile(file, fullName, members, options);
  if (type.name === 'AssignmentRules') return readRulesFile(file, fullName, members, options);
  if (!members.has(type.name, fullName) && !options.autoUpdatePackage) return refuse({ message: notNamed });

  const metaBytes = type.metaFile ? files.get(`${file.fileName}${metaSuffix}`) : undefined;
  if (type.metaFile && metaBytes === undefined) {
    return refuse({ message: `Expected metadata file for component: ${file.fileName}${metaSuffix}` });
  }
  const elements = type.name === SETTINGS ? settingsTypeOfMember(fullName)?.name : type.name;
  if (elements === undefined) return refuse({ message: notImplementedProblem(`the settings ${fullName}`) });
  const read = readComponentXml(metaBytes === undefined ? file.text : decodeText(metaBytes), elements);
  if ('problem' in read) return refuse(read.problem);
  const later = laterElement(type.name, read.value, options.apiVersion);
  if (later !== undefined) return refuse({ message: invalidElement(later, type.name) });
  const component: PackageComponent = {
    type: type.name,
    fullName,
    fileName: file.fileName,
    path: file.path,
    body: type.metaFile ? file.text : undefined,
    value: type.metaFile ? withApexDefaults(read.value, options.apiVersion) : read.value,
    place: undefined,
  };
  return { components: [component], problems: [] };
}

function withApexDefaults(value: MetadataValue, apiVersion: string): MetadataValue {
  return { ...value, apiVersion: value['apiVersion'] ?? Number(apiVersion), status: value['status'] ?? 'Active' };
}

/** `classes/X.cls` is `X`; undefined where the suffix is another. */
function fullNameOf(path: string, type: MetadataType): string | undefined {
  const name = path.slice(type.folder.length + 1);
  const suffix = `.${type.suffix}`;
  return name.endsWith(suffix) && name.length > suffix.length ? name.slice(0, -suffix.length) : undefined;
}

function unknownFolder(fileName: string, folder: string): PackageProblem {
  return {
    componentType: '',
    fullName: baseName(fileName),
    fileName,
    severity: 'Error',
    message: notImplementedProblem(`metadata in the folder ${folder}`),
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

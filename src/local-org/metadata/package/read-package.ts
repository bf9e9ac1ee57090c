import type { DeployOptions } from '../deploy/deploy-options.ts';
import { settingsTypeNamed } from '../settings/settings-types.ts';
import { isSalesforceType, elementsOf } from '../types/element-schema.ts';
import { isLaterType } from '../types/element-versions.ts';
import { isSupportedType } from '../types/metadata-type.ts';
import { decodeText } from './decode-text.ts';
import type { DeployPackage, PackageComponent, PackageDeletion, PackageProblem } from './deploy-package.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { MemberList } from './member-list.ts';
import { readFiles } from './read-files.ts';
import type { ZipFiles } from './read-zip.ts';

const manifestName = 'package.xml';

/** The oldest version the Metadata API still takes; this org's own API begins higher. */
const lowestPackageVersion = 7;

const destructiveFiles = [
  // Without a suffix deletions come first, as with "Pre" (Metadata API guide, "Deleting Components from an Organization").
  { name: 'destructiveChangesPre.xml', when: 'before' },
  { name: 'destructiveChanges.xml', when: 'before' },
  { name: 'destructiveChangesPost.xml', when: 'after' },
] as const;

type ReadOptions = Pick<DeployOptions, 'singlePackage' | 'allowMissingFiles' | 'autoUpdatePackage'>;

/**
 * Reads the files of a zip as one deployment. What is wrong goes into `problems`; nothing is thrown.
 *
 * @param apiVersion version for Apex whose `-meta.xml` and package name none, e.g. `68.0`
 */
export function readPackage(files: ZipFiles, options: ReadOptions, apiVersion: string): DeployPackage {
  const parts = packageRoots(files, options.singlePackage).map((root) => readRoot(files, root, options, apiVersion));
  return {
    components: parts.flatMap((part) => part.components),
    deletions: parts.flatMap((part) => part.deletions),
    problems: parts.flatMap((part) => part.problems),
    manifests: parts.flatMap((part) => part.manifests),
  };
}

/**
 * Folders that hold a package, with a trailing slash. With `singlePackage` it is the root, or the only folder there is:
 * the official CLI sends `--metadata-dir` that way. Without it every top folder is a package, so a `package.xml` at the
 * root yields "No package.xml found" for each folder, as Salesforce says.
 */
function packageRoots(files: ZipFiles, singlePackage: boolean): string[] {
  const folders = [...new Set([...files.keys()].filter((path) => path.includes('/')).map((path) => topFolder(path)))];
  if (!singlePackage) return folders.length > 0 ? folders : [''];
  const [only, ...others] = folders;
  const oneDown = only !== undefined && others.length === 0 && files.has(`${only}${manifestName}`);
  return !files.has(manifestName) && oneDown ? [only] : [''];
}

function topFolder(path: string): string {
  return path.slice(0, path.indexOf('/') + 1);
}

function readRoot(files: ZipFiles, root: string, options: ReadOptions, apiVersion: string): DeployPackage {
  const manifestPath = `${root}${manifestName}`;
  const bytes = files.get(manifestPath);
  const failed = (problems: readonly PackageProblem[]): DeployPackage => ({
    components: [],
    deletions: [],
    problems,
    manifests: [],
  });
  if (bytes === undefined) return failed([manifestProblem(manifestPath, { message: 'No package.xml found' })]);
  const read = readManifest(decodeText(bytes));
  if ('problem' in read) return failed([manifestProblem(manifestPath, read.problem)]);
  const { version } = read.manifest;
  if (version !== undefined && !isOfferedVersion(version, apiVersion)) {
    return failed([manifestProblem(manifestPath, { message: `Invalid version specified: ${version}` })]);
  }
  const unknownType = read.manifest.types.find(
    ({ name }) => !isKnownType(name) || isLaterType(name, version ?? apiVersion),
  );
  if (unknownType !== undefined) {
    return failed([
      manifestProblem(manifestPath, { message: `Unknown type name '${unknownType.name}' specified in package.xml` }),
    ]);
  }
  const members = new MemberList(read.manifest);
  const content = readFiles(files, root, members, {
    apiVersion: read.manifest.version ?? apiVersion,
    autoUpdatePackage: options.autoUpdatePackage,
  });
  const destructive = destructiveFiles.map((file) => readDestructive(files, `${root}${file.name}`, file.when));
  return {
    components: content.components,
    deletions: destructive.flatMap((part) => part.deletions),
    problems: [
      ...unsupportedMembers(read.manifest, manifestPath),
      ...missingFiles(members, content, manifestPath, options.allowMissingFiles),
      ...content.problems,
      ...destructive.flatMap((part) => part.problems),
    ],
    manifests: [manifestPath],
  };
}

/** Settings are known to packages by the one type `Settings`, not by the types of their files. */
function isKnownType(name: string): boolean {
  if (settingsTypeNamed(name) !== undefined) return false;
  return isSupportedType(name) || isSalesforceType(name) || elementsOf(name) !== undefined;
}

/** `66.0`, up to the org's own version. */
function isOfferedVersion(version: string, highest: string): boolean {
  return (
    /^\d{1,3}(?:\.\d)?$/.test(version) && Number(version) >= lowestPackageVersion && Number(version) <= Number(highest)
  );
}

function unsupportedMembers(manifest: Manifest, fileName: string): PackageProblem[] {
  return manifest.types
    .filter(({ name }) => !isSupportedType(name))
    .flatMap(({ name, members }) =>
      members.map((fullName) => ({
        componentType: name,
        fullName,
        fileName,
        severity: 'Error' as const,
        message: `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the metadata type ${name}.`,
      })),
    );
}

function missingFiles(
  members: MemberList,
  content: { components: readonly PackageComponent[]; problems: readonly PackageProblem[] },
  fileName: string,
  allowed: boolean,
): PackageProblem[] {
  const present = [
    ...content.components,
    ...content.problems.map((problem) => ({ ...problem, type: problem.componentType })),
  ];
  return members.unmet(present).map(({ type, fullName }) => ({
    componentType: '',
    fullName,
    fileName,
    severity: allowed ? 'Warning' : 'Error',
    message: `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`,
  }));
}

function readDestructive(
  files: ZipFiles,
  fileName: string,
  when: PackageDeletion['when'],
): { deletions: PackageDeletion[]; problems: PackageProblem[] } {
  const bytes = files.get(fileName);
  if (bytes === undefined) return { deletions: [], problems: [] };
  const read = readManifest(decodeText(bytes));
  if ('problem' in read) return { deletions: [], problems: [manifestProblem(fileName, read.problem)] };
  const unknown = read.manifest.types.filter(({ name }) => !isKnownType(name));
  const deletions = read.manifest.types
    .filter(({ name }) => isSupportedType(name))
    .flatMap(({ name, members }) => members.map((fullName) => ({ type: name, fullName, when, fileName })));
  return {
    deletions,
    problems: [
      ...unknown.map(({ name }) =>
        manifestProblem(fileName, { message: `Unknown type name '${name}' specified in package.xml` }),
      ),
      ...unsupportedMembers(
        { ...read.manifest, types: read.manifest.types.filter((type) => !unknown.includes(type)) },
        fileName,
      ),
    ],
  };
}

function manifestProblem(
  fileName: string,
  problem: { message: string; line?: number; column?: number },
): PackageProblem {
  return {
    ...problem,
    componentType: '',
    fullName: fileName.slice(fileName.lastIndexOf('/') + 1),
    fileName,
    severity: 'Error',
  };
}

import type { PackageComponent, PackageProblem } from './deploy-package.ts';

export interface FileOptions {
  /** For Apex whose `-meta.xml` names no version. */
  readonly apiVersion: string;
  /** Take files that the manifest does not name. */
  readonly autoUpdatePackage: boolean;
}

export interface PackageContent {
  readonly components: readonly PackageComponent[];
  readonly problems: readonly PackageProblem[];
}

/** One file of a package, as text. */
export interface PackageFile {
  readonly fileName: string;
  readonly path: string;
  readonly text: string;
}

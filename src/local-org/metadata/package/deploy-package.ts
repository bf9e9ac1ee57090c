import type { MetadataProblem } from '../elements/metadata-problem.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';

/** One component a deployment brings, read and checked against its type's elements. */
export interface PackageComponent {
  readonly type: string;
  readonly fullName: string;
  /** Where its file lies in the zip, folders of the package included: what the result names. */
  readonly fileName: string;
  /** The same without the package's own folder: where the component store keeps it. */
  readonly path: string;
  /** Apex source; undefined for types without a body. */
  readonly body: string | undefined;
  readonly value: MetadataValue;
  /** Where its element begins, for problems found later; undefined for a file of its own. */
  readonly place: { readonly line: number; readonly column: number } | undefined;
}

/** A component named for deletion by a destructive-changes file. */
export interface PackageDeletion {
  readonly type: string;
  readonly fullName: string;
  readonly when: 'before' | 'after';
  /** Path of the file that names it. */
  readonly fileName: string;
}

/** What is wrong with the package before any component is looked at, or with a file that is no component. */
export interface PackageProblem extends MetadataProblem {
  /** Empty where the file is a manifest. */
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly severity: 'Error' | 'Warning';
}

export interface DeployPackage {
  readonly components: readonly PackageComponent[];
  readonly deletions: readonly PackageDeletion[];
  readonly problems: readonly PackageProblem[];
  /** Paths of the manifests that were read, for the result's row about them. */
  readonly manifests: readonly string[];
}

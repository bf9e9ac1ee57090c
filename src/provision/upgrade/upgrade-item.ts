import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import type { OrgApex } from '../org/org-components.ts';
import type { MergeConflict } from './three-way.ts';

/**
 * Where a component of the org stands against the template of today:
 * `current` the same · `upgrade` untouched, the template is newer · `edited` changed in the org, the template is the same ·
 * `merge` both, in different lines · `conflict` both, in the same lines · `no-base` edited, and nobody knows what it was before
 * · `missing` not there · `foreign` not made by this product · `newer` made by a newer one · `unread` this session cannot tell
 */
export type UpgradeStatus =
  | 'current'
  | 'upgrade'
  | 'edited'
  | 'merge'
  | 'conflict'
  | 'no-base'
  | 'missing'
  | 'foreign'
  | 'newer'
  | 'unread';

/** The three texts of an Apex component, as lines without the marker. */
export interface UpgradeTexts {
  org: string[];
  template: string[];
  /** The old template; undefined where it is not known. */
  base?: string[];
  /** Edits of the org carried over to the new template, where that is possible. */
  merged?: string[];
  conflicts: MergeConflict[];
  /** Lines edited in the org; undefined where the old template is not known. */
  editedLines?: number;
}

export interface UpgradeItem {
  /** As today's template gives it. */
  component: BlueprintComponent;
  status: UpgradeStatus;
  /** Version of the template that the org's component says it comes from. */
  fromVersion?: number;
  /** What differs beside the text of Apex, e.g. `apiVersion`, `status`, `label`. */
  differences: string[];
  /** The org's Apex. */
  existing?: OrgApex;
  texts?: UpgradeTexts;
  /** Whether the org's component belongs to exactly this rendering, edited or not: then it is the base of the next upgrade. */
  settled: boolean;
}

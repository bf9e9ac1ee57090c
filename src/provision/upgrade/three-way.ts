import { diff3Merge } from 'node-diff3';

/** Lines that the org and the new template both changed, each in its own way. */
export interface MergeConflict {
  /** Index of the first of them in the org's text, from 0. */
  at: number;
  org: string[];
  base: string[];
  template: string[];
}

export interface Merge {
  /** The merged text; meaningless while there are conflicts. */
  lines: string[];
  conflicts: MergeConflict[];
}

/**
 * Carries the org's edits of the old template over to the new one. The same change on both sides is none to quarrel about;
 * changes of neighbouring lines are, since nobody can tell whether they belong together.
 * @param base what both started from
 */
export function mergeThreeWays(org: readonly string[], base: readonly string[], template: readonly string[]): Merge {
  const regions = diff3Merge([...org], [...base], [...template], { excludeFalseConflicts: true });
  return {
    lines: regions.flatMap((region) => region.ok ?? []),
    conflicts: regions.flatMap(({ conflict }) =>
      conflict === undefined ? [] : [{ at: conflict.aIndex, org: conflict.a, base: conflict.o, template: conflict.b }],
    ),
  };
}

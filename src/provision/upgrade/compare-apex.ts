import { readMarker, type Marker } from '../../blueprint/marker.ts';
import { bodyOf } from '../org/component-files.ts';
import type { OrgApex } from '../org/org-components.ts';
import type { PlanItem } from '../plan/plan.ts';
import { codeHash, codeLines, sameLines } from './code-lines.ts';
import { changedLines } from './hunks.ts';
import { mergeThreeWays } from './three-way.ts';
import type { UpgradeItem, UpgradeStatus, UpgradeTexts } from './upgrade-item.ts';

/**
 * Compares an Apex component three ways. Pure.
 * @param item its difference as the plan sees it
 * @param existing what the org holds
 * @param kept what this folder kept when it last deployed the component
 * @param apiVersion of the blueprint, e.g. 66.0
 */
export function compareApex(
  item: PlanItem,
  existing: OrgApex | undefined,
  kept: string | undefined,
  apiVersion: string,
): UpgradeItem {
  const { component } = item;
  if (existing === undefined) return { component, status: 'missing', differences: [], settled: false };
  const differences = item.differences.filter((one) => one !== 'body');
  const org = codeLines(existing.body);
  const template = codeLines(bodyOf(component));
  const marker = readMarker(existing.body);
  if (marker === undefined) {
    const texts = { org, template, conflicts: [] };
    return { component, status: 'foreign', differences, existing, texts, settled: false };
  }
  const base = baseOf(marker, org, template, component.marker, kept);
  const texts = textsOf(org, template, base);
  return {
    component,
    status: statusOf({ marker, wanted: component.marker, texts, meta: metaStatus(existing, differences, apiVersion) }),
    fromVersion: marker.version,
    differences,
    existing,
    texts,
    settled: marker.hash === component.marker.hash,
  };
}

/**
 * What the org's text was before anybody edited it. The marker's hash decides: a text kept here may be another machine's past.
 */
function baseOf(
  marker: Marker,
  org: string[],
  template: string[],
  wanted: Marker,
  kept: string | undefined,
): string[] | undefined {
  if (codeHash(org) === marker.hash) return org;
  if (wanted.hash === marker.hash) return template;
  const lines = kept === undefined ? undefined : codeLines(kept);
  return lines !== undefined && codeHash(lines) === marker.hash ? lines : undefined;
}

function textsOf(org: string[], template: string[], base: string[] | undefined): UpgradeTexts {
  if (base === undefined) return { org, template, conflicts: [] };
  const merge = mergeThreeWays(org, base, template);
  return {
    org,
    template,
    base,
    conflicts: merge.conflicts,
    editedLines: changedLines(base, org),
    ...(merge.conflicts.length === 0 ? { merged: merge.lines } : {}),
  };
}

interface Standing {
  marker: Marker;
  wanted: Marker;
  texts: UpgradeTexts;
  /** What the -meta.xml alone would make of it. */
  meta: 'current' | 'upgrade' | 'edited';
}

function statusOf({ marker, wanted, texts, meta }: Standing): UpgradeStatus {
  if (marker.version > wanted.version) return 'newer';
  const { org, template, base, merged } = texts;
  if (sameLines(org, template)) {
    // The marker alone may be older: the text of a template can stay the same from one version to the next.
    return marker.hash === wanted.hash && marker.version === wanted.version ? meta : 'upgrade';
  }
  if (base === undefined) return 'no-base';
  if (merged === undefined) return 'conflict';
  if (sameLines(merged, org)) return meta === 'upgrade' ? 'merge' : 'edited';
  return sameLines(merged, template) ? 'upgrade' : 'merge';
}

/** A lower API version is an old template's; a higher one, and a trigger that is not as rendered, are somebody's decision. */
function metaStatus(existing: OrgApex, differences: readonly string[], apiVersion: string): Standing['meta'] {
  if (differences.length === 0) return 'current';
  return Number(existing.apiVersion) < Number(apiVersion) ? 'upgrade' : 'edited';
}

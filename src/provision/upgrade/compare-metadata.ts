import { readMarker, type Marker } from '../../blueprint/marker.ts';
import type { OrgMetadata } from '../org/org-components.ts';
import { wantedValues, type PlanItem } from '../plan/plan.ts';
import type { UpgradeItem, UpgradeStatus } from './upgrade-item.ts';

/**
 * Says where a component that is not Apex stands: by the marker in its description, and by what the plan found to differ.
 * There is no text to merge; what the org has beyond the template stays in any case.
 */
export function compareMetadata(item: PlanItem, existing: OrgMetadata | undefined): UpgradeItem {
  const { component } = item;
  if (item.unread === true) return { component, status: 'unread', differences: [], settled: false };
  if (existing === undefined) return { component, status: 'missing', differences: [], settled: false };
  const description = existing.values['description'];
  const marker = typeof description === 'string' ? readMarker(description) : undefined;
  const differences = item.differences.filter((one) => one !== 'description' || !sameWords(item, description, marker));
  return {
    component,
    status: statusOf(marker, description, component.marker, differences),
    differences,
    ...(marker === undefined ? {} : { fromVersion: marker.version }),
    settled: marker?.hash === component.marker.hash,
  };
}

function statusOf(
  marker: Marker | undefined,
  description: unknown,
  wanted: Marker,
  differences: readonly string[],
): UpgradeStatus {
  // An API that does not tell the description leaves the differences alone to judge by.
  if (marker === undefined && description !== undefined) return 'foreign';
  if (marker !== undefined && marker.version > wanted.version) return 'newer';
  if (marker !== undefined && marker.version < wanted.version) return 'upgrade';
  if (differences.length === 0) return 'current';
  return marker?.hash === wanted.hash ? 'edited' : 'upgrade';
}

/**
 * Whether two descriptions of the same version differ in the marker's hash alone. It covers the whole file, so it changes
 * with the webhook URL, which may be set without a deployment.
 */
function sameWords(item: PlanItem, description: unknown, marker: Marker | undefined): boolean {
  if (marker?.version !== item.component.marker.version || typeof description !== 'string') return false;
  return withoutHash(description) === withoutHash(String(wantedValues(item.component)['description']));
}

function withoutHash(description: string): string {
  return description.replace(/sha256=[0-9a-f]{64}/, '');
}

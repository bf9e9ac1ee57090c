import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import { storedValue } from '../apply/stored-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { appOf, satelliteTypes } from './app-types.ts';

/** The component of a satellite type that belongs to an app. */
export function partOf(
  org: OrgState,
  appName: string,
  type: (typeof satelliteTypes)[number],
): { readonly component: Component; readonly value: MetadataValue } | undefined {
  for (const component of org.components.list(type)) {
    const value = storedValue(component);
    if (appOf(value).toLowerCase() === appName.toLowerCase()) return { component, value };
  }
  return undefined;
}

/** All components of an app but itself. */
export function partsOf(org: OrgState, appName: string): Component[] {
  return satelliteTypes.flatMap((type) => partOf(org, appName, type)?.component ?? []);
}

import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import { settingsComponent, settingsComponents } from './settings-component.ts';
import { SETTINGS } from './settings-types.ts';

/** A component of the org by type and name: deployed ones, and the settings that every org has. */
export function storedComponent(org: OrgState, type: string, fullName: string): Component | undefined {
  return type === SETTINGS ? settingsComponent(org, fullName) : org.components.get(type, fullName);
}

/** All components of a type. */
export function storedComponents(org: OrgState, type: string): Component[] {
  return type === SETTINGS ? settingsComponents(org) : org.components.list(type);
}

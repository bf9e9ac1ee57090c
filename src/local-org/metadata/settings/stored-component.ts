import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import { flowComponent, flowComponents } from '../flows/flow-component.ts';
import { FLOW } from '../flows/flow-versions.ts';
import { profileComponent, profileComponents } from '../profiles/profile-component.ts';
import { PROFILE } from '../profiles/profile-names.ts';
import { queueComponent, queueComponents } from '../queues/queue-component.ts';
import { QUEUE } from '../queues/queue-names.ts';
import { settingsComponent, settingsComponents } from './settings-component.ts';
import { SETTINGS } from './settings-types.ts';

/** A component of the org by type and name: deployed ones, and what is made of rows and settings. */
export function storedComponent(org: OrgState, type: string, fullName: string): Component | undefined {
  if (type === PROFILE) return profileComponent(org, fullName);
  if (type === FLOW) return flowComponent(org, fullName);
  if (type === QUEUE) return queueComponent(org, fullName);
  return type === SETTINGS ? settingsComponent(org, fullName) : org.components.get(type, fullName);
}

/** All components of a type. */
export function storedComponents(org: OrgState, type: string): Component[] {
  if (type === PROFILE) return profileComponents(org);
  if (type === FLOW) return flowComponents(org);
  if (type === QUEUE) return queueComponents(org);
  return type === SETTINGS ? settingsComponents(org) : org.components.list(type);
}

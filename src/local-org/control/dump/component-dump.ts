import { storedValue } from '../../metadata/apply/stored-value.ts';
import { storedComponents } from '../../metadata/settings/stored-component.ts';
import { SETTINGS } from '../../metadata/settings/settings-types.ts';
import { metadataTypes } from '../../metadata/types/metadata-type.ts';
import type { MetadataType } from '../../metadata/types/metadata-type.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';

/** A component as a test compares it: without its id and dates. */
export interface DumpedComponent {
  readonly type: string;
  readonly fullName: string;
  /** Of Apex. */
  readonly body?: string;
  /** The metadata as JSON. */
  readonly value: unknown;
}

/** All components, by type and name; settings stand by themselves. */
export function componentDump(org: OrgState): DumpedComponent[] {
  const types = (metadataTypes as readonly MetadataType[]).flatMap(({ name, children }) => [
    name,
    ...children.map((child) => child.name),
  ]);
  return types
    .filter((type) => type !== SETTINGS)
    .flatMap((type) => storedComponents(org, type))
    .map(dumped)
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function dumped(component: Component): DumpedComponent {
  const { type, fullName, body } = component;
  return { type, fullName, ...(body === undefined ? {} : { body }), value: storedValue(component) };
}

function keyOf({ type, fullName }: DumpedComponent): string {
  return `${type}\n${fullName.toLowerCase()}`;
}

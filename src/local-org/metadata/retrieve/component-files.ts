import { storedValue } from '../apply/stored-value.ts';
import { pathOf } from '../apply/component-path.ts';
import { storedComponent, storedComponents } from '../settings/stored-component.ts';
import { inSchemaOrder, writeMetadataFile } from '../elements/metadata-value.ts';
import { isContainerType, metadataNamespace, metadataTypeNamed, parentTypeOf } from '../types/metadata-type.ts';
import { asOfVersion, hasLaterElements } from '../types/element-versions.ts';
import { writeElement } from '../xml/write-xml.ts';
import type { MetadataType } from '../types/metadata-type.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';

/** A component found for a retrieve, or an object's file that bundles several. */
export interface FoundComponent {
  readonly type: string;
  readonly fullName: string;
  /** Undefined for an object of the org that has no component of its own. */
  readonly component: Component | undefined;
}

export interface RetrievedFile {
  /** Path in the package. */
  readonly path: string;
  readonly text: string;
}

/**
 * Components of a type, for `*` and for listMetadata. Objects of the schema count as components of CustomObject, those that
 * have assignment rules as components of AssignmentRules.
 */
export function componentsOf(org: OrgState, type: string): FoundComponent[] {
  if (type === 'CustomObject') {
    return org
      .schema()
      .data.objects()
      .map(({ name }) => ({ type, fullName: name, component: undefined }));
  }
  if (type === 'AssignmentRules') {
    const objects = new Set(org.components.list('AssignmentRule').map(({ fullName }) => objectOf(fullName)));
    return [...objects].sort().map((fullName) => ({ type, fullName, component: undefined }));
  }
  return storedComponents(org, type).map((component) => ({ type, fullName: component.fullName, component }));
}

/** One component by name. */
export function findComponent(org: OrgState, type: string, fullName: string): FoundComponent | undefined {
  if (type === 'CustomObject') {
    const object = org.schema().data.object(fullName);
    return object === undefined ? undefined : { type, fullName: object.name, component: undefined };
  }
  if (type === 'AssignmentRules') {
    return componentsOf(org, type).find((rules) => rules.fullName.toLowerCase() === fullName.toLowerCase());
  }
  const component = storedComponent(org, type, fullName);
  return component === undefined ? undefined : { type, fullName: component.fullName, component };
}

/**
 * Files of the components found, as an API version shows them: one each, with a `-meta.xml` for Apex; fields and rules go into their
 * object's file.
 */
export function filesOf(org: OrgState, found: readonly FoundComponent[], version: string): RetrievedFile[] {
  const files: RetrievedFile[] = [];
  const bundles = new Map<string, Map<string, Component>>();
  const bundleOf = (type: MetadataType, objectName: string): Map<string, Component> => {
    const key = `${type.name}.${objectName}`;
    const parts = bundles.get(key) ?? new Map<string, Component>();
    bundles.set(key, parts);
    return parts;
  };
  for (const { type, fullName, component } of found) {
    const [container, parent] = [metadataTypeNamed(type), parentTypeOf(type)];
    if (container !== undefined && isContainerType(type)) {
      const parts = bundleOf(container, fullName);
      for (const part of partsOf(org, container, fullName)) parts.set(part.fullName, part);
    } else if (component !== undefined && parent !== undefined) {
      bundleOf(parent, objectOf(component.fullName)).set(component.fullName, component);
    } else if (component !== undefined) files.push(...ownFiles(component, version));
  }
  for (const [key, parts] of bundles) {
    const [type = '', objectName = ''] = key.split('.');
    const named = found.some((one) => one.type === type && one.fullName === objectName);
    const own = named ? ownElements(org.components.get(type, objectName)) : [];
    const body = [...own, ...byName([...parts.values()]).map(({ xml }) => xml)].sort(byElement);
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${metadataNamespace}">\n${body.join('')}</${type}>\n`;
    files.push({ path: pathOf(type, objectName), text });
  }
  return files;
}

/** What a custom object says of itself. */
function ownElements(component: Component | undefined): string[] {
  if (component === undefined) return [];
  const value = inSchemaOrder(component.type, storedValue(component));
  return Object.entries(value).map(([name, one]) => writeElement(name, one, 4));
}

/** By the name of the element; those of one name stay in their order. */
function byElement(one: string, other: string): number {
  const nameOf = (text: string): string => /^\s*<(\w+)/.exec(text)?.[1] ?? '';
  const [a, b] = [nameOf(one), nameOf(other)];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Components that lie in the file of an object, its fields or its assignment rules, in the order of their names. */
export function partsOf(org: OrgState, container: MetadataType, objectName: string): Component[] {
  const all = container.children.flatMap((child) => org.components.list(child.name));
  return byName(all.filter((part) => objectOf(part.fullName) === objectName));
}

function byName(parts: readonly Component[]): Component[] {
  return parts.toSorted((a, b) => (a.fullName < b.fullName ? -1 : 1));
}

function ownFiles(component: Component, version: string): RetrievedFile[] {
  const path = pathOf(component.type, component.fullName);
  if (hasLaterElements(component.type)) {
    const value = asOfVersion(component.type, storedValue(component), version);
    return [{ path, text: writeMetadataFile(component.type, value) }];
  }
  if (metadataTypeNamed(component.type)?.metaFile !== true) return [{ path, text: component.xml }];
  return [
    { path, text: component.body ?? '' },
    { path: `${path}-meta.xml`, text: writeMetadataFile(component.type, storedValue(component)) },
  ];
}

function objectOf(fieldName: string): string {
  return fieldName.slice(0, fieldName.indexOf('.'));
}

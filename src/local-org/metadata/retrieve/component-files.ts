import { storedValue } from '../apply/stored-value.ts';
import { pathOf } from '../apply/apply-component.ts';
import { writeMetadataFile } from '../elements/metadata-value.ts';
import { metadataNamespace, metadataTypeNamed, parentTypeOf } from '../types/metadata-type.ts';
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

/** Components of a type, for `*` and for listMetadata. Objects of the schema count as components of CustomObject. */
export function componentsOf(org: OrgState, type: string): FoundComponent[] {
  if (type === 'CustomObject') {
    return org
      .schema()
      .data.objects()
      .map(({ name }) => ({ type, fullName: name, component: undefined }));
  }
  return org.components.list(type).map((component) => ({ type, fullName: component.fullName, component }));
}

/** One component by name. */
export function findComponent(org: OrgState, type: string, fullName: string): FoundComponent | undefined {
  if (type === 'CustomObject') {
    const object = org.schema().data.object(fullName);
    return object === undefined ? undefined : { type, fullName: object.name, component: undefined };
  }
  const component = org.components.get(type, fullName);
  return component === undefined ? undefined : { type, fullName: component.fullName, component };
}

/** Files of the components found: one each, with a `-meta.xml` for Apex; fields go into their object's file. */
export function filesOf(org: OrgState, found: readonly FoundComponent[]): RetrievedFile[] {
  const files: RetrievedFile[] = [];
  const fieldsByObject = new Map<string, Map<string, Component>>();
  const objectFields = (objectName: string): Map<string, Component> => {
    const fields = fieldsByObject.get(objectName) ?? new Map<string, Component>();
    fieldsByObject.set(objectName, fields);
    return fields;
  };
  for (const { type, fullName, component } of found) {
    if (type === 'CustomObject') {
      const fields = objectFields(fullName);
      for (const field of org.components.list('CustomField')) {
        if (objectOf(field.fullName) === fullName) fields.set(field.fullName, field);
      }
    } else if (component !== undefined && parentTypeOf(type) !== undefined) {
      objectFields(objectOf(component.fullName)).set(component.fullName, component);
    } else if (component !== undefined) files.push(...ownFiles(component));
  }
  for (const [objectName, fields] of fieldsByObject) {
    const body = [...fields.values()].sort((a, b) => (a.fullName < b.fullName ? -1 : 1)).map(({ xml }) => xml);
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="${metadataNamespace}">\n${body.join('')}</CustomObject>\n`;
    files.push({ path: pathOf('CustomObject', objectName), text });
  }
  return files;
}

function ownFiles(component: Component): RetrievedFile[] {
  const path = pathOf(component.type, component.fullName);
  if (metadataTypeNamed(component.type)?.metaFile !== true) return [{ path, text: component.xml }];
  return [
    { path, text: component.body ?? '' },
    { path: `${path}-meta.xml`, text: writeMetadataFile(component.type, storedValue(component)) },
  ];
}

function objectOf(fieldName: string): string {
  return fieldName.slice(0, fieldName.indexOf('.'));
}

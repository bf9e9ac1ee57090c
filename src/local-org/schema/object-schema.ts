import type { ApiSchema, ChildRelationship, FieldSchema, ObjectSchema } from './schema.ts';

export type ObjectInit = Omit<ObjectSchema, 'field' | 'childRelationships'>;

/** An object that knows its fields by name without regard to case. */
export function objectSchema(init: ObjectInit, childRelationships: readonly ChildRelationship[]): ObjectSchema {
  const byName = new Map(init.fields.map((field) => [field.name.toLowerCase(), field]));
  return { ...init, childRelationships, field: (name) => byName.get(name.toLowerCase()) };
}

/**
 * Puts objects together into one API: adds to each the child relationships that the others' references make.
 * @param childName name of the relationship in sub-queries for `Child.Field`, undefined where SOQL offers none
 */
export function apiSchema(
  inits: readonly ObjectInit[],
  childName: (child: ObjectInit, field: FieldSchema) => string | undefined,
): ApiSchema {
  const children = new Map<string, ChildRelationship[]>();
  for (const child of inits) {
    for (const field of child.fields) {
      for (const parent of field.referenceTo) {
        const list = children.get(parent) ?? [];
        list.push({ childSObject: child.name, field: field.name, relationshipName: childName(child, field) });
        children.set(parent, list);
      }
    }
  }
  return apiOf(inits.map((init) => objectSchema(init, children.get(init.name) ?? [])));
}

/** Lookups over finished objects. */
export function apiOf(objects: readonly ObjectSchema[]): ApiSchema {
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const byPrefix = new Map(objects.map((object) => [object.keyPrefix, object]));
  return {
    object: (name) => byName.get(name.toLowerCase()),
    objectByKeyPrefix: (prefix) => byPrefix.get(prefix),
    objects: () => objects,
  };
}

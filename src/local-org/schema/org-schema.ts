import type { ComponentStore } from '../state/component-store.ts';
import { customField } from './custom/custom-fields.ts';
import type { CustomField } from './custom/custom-fields.ts';
import { customObject } from './custom/custom-objects.ts';
import { CHILD_RELATIONSHIP_NAMES } from './field-facts.ts';
import type { ObjectInit } from './object-schema.ts';
import { apiSchema } from './object-schema.ts';
import type { ApiSchema, Schema } from './schema.ts';
import { standardObjects } from './standard-objects.ts';

/**
 * The schema with what has been deployed. It follows the component store (a deploy or a rollback is seen by the next
 * call) and is built again only after custom objects or fields changed.
 */
export function openOrgSchema(components: ComponentStore): () => Schema {
  let tooling: ApiSchema | undefined;
  let built: { stamp: string; schema: Schema } | undefined;
  return () => {
    const stamp = `${components.version('CustomObject')}/${components.version('CustomField')}`;
    if (built?.stamp === stamp) return built.schema;
    tooling ??= apiSchema(standardObjects('tooling'), (child, field) => standardChildName(child.name, field.name));
    const fields = components.list('CustomField').map(customField);
    built = { stamp, schema: { data: dataSchema(components, fields), tooling } };
    return built.schema;
  };
}

function dataSchema(components: ComponentStore, customFields: readonly CustomField[]): ApiSchema {
  const customObjects = components
    .list('CustomObject')
    .filter((component) => component.fullName.endsWith('__c'))
    .map((component, ordinal) => customObject(component, ordinal));
  const childNames = new Map(
    customFields.map((custom) => [`${custom.objectName}.${custom.field.name}`, custom.childRelationshipName]),
  );
  // Settings have no field-level security.
  const withCustomFields = (object: ObjectInit): ObjectInit => {
    const own = customFields.filter((custom) => custom.objectName.toLowerCase() === object.name.toLowerCase());
    if (own.length === 0) return object;
    const added = own.map(({ field }) => (object.customSetting === true ? { ...field, permissionable: false } : field));
    return { ...object, fields: [...object.fields, ...added] };
  };
  return apiSchema(
    [...standardObjects('data'), ...customObjects].map(withCustomFields),
    (child, field) => childNames.get(`${child.name}.${field.name}`) ?? standardChildName(child.name, field.name),
  );
}

function standardChildName(child: string, field: string): string | undefined {
  return CHILD_RELATIONSHIP_NAMES[`${child}.${field}`];
}

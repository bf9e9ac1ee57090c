import type { ChildRelationship, FieldSchema } from '../../schema/schema.ts';

/** What the compiler needs to know of a field. */
export type ApexField = Pick<FieldSchema, 'name' | 'type' | 'referenceTo' | 'relationshipName'>;

/** What the compiler needs to know of an object; every ObjectSchema is one. */
export interface ApexObject {
  readonly name: string;
  readonly customSetting?: boolean;
  readonly fields: readonly ApexField[];
  readonly childRelationships: readonly ChildRelationship[];
}

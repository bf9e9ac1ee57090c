/** One field of an object, as describe tells it. */
export interface FieldSchema {
  /** API name in its proper case, e.g. `ContactId`, `Case_From__c`. */
  readonly name: string;
  readonly label: string;
  /** Describe type: string, picklist, reference, boolean, datetime, id, int, double, textarea, email, complexvalue, … */
  readonly type: string;
  /** Characters, for text types; 0 where it does not apply. */
  readonly length: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly defaultedOnCreate: boolean;
  /** Only the values listed are accepted. */
  readonly restrictedPicklist: boolean;
  /** May be used to find a record in an upsert. */
  readonly idLookup: boolean;
  readonly autoNumber: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly custom: boolean;
  /** Shown only to users whom a profile or permission set grants it (field-level security). */
  readonly permissionable: boolean;
  /** What a new record gets when none is given; undefined if nothing, or if only the save knows. */
  readonly defaultValue: boolean | string | undefined;
  /** Objects a reference may point to; empty for other types. */
  readonly referenceTo: readonly string[];
  /** Name used in SOQL paths, e.g. `Contact` for `ContactId`. */
  readonly relationshipName: string | undefined;
  readonly picklistValues: readonly string[];
}

export interface ChildRelationship {
  /** The child object, e.g. `EmailMessage`. */
  readonly childSObject: string;
  /** The child's reference field, e.g. `ParentId`. */
  readonly field: string;
  /** Name in sub-queries, e.g. `EmailMessages`; undefined where SOQL offers none. */
  readonly relationshipName: string | undefined;
}

export interface ObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** First three characters of its ids, e.g. `500`. */
  readonly keyPrefix: string;
  readonly custom: boolean;
  /** Its records are settings: of the org, of a profile, of a user. */
  readonly customSetting?: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly queryable: boolean;
  readonly fields: readonly FieldSchema[];
  readonly childRelationships: readonly ChildRelationship[];
  /** Case-insensitive; undefined if there is no such field. */
  field(name: string): FieldSchema | undefined;
}

/** Objects of one API. Lookups ignore case. */
export interface ApiSchema {
  object(name: string): ObjectSchema | undefined;
  /** The object whose ids begin with these three characters. */
  objectByKeyPrefix(prefix: string): ObjectSchema | undefined;
  objects(): readonly ObjectSchema[];
}

export interface Schema {
  readonly data: ApiSchema;
  readonly tooling: ApiSchema;
}

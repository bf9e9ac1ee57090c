/** A field value as stored: what JSON holds. Dates are ISO 8601 in UTC, ids are 18 characters. */
export type FieldValue = string | number | boolean | null | { [key: string]: unknown } | unknown[];

/** A record as stored. Field names are spelled as the schema spells them; a missing key is null. */
export interface StoredRecord {
  Id: string;
  [field: string]: FieldValue;
}

/**
 * Rows of all objects. This is storage, not the API: it assigns ids and the system fields (CreatedDate, CreatedById,
 * LastModifiedDate, LastModifiedById, SystemModstamp) and checks nothing else; `records/` holds the API's rules.
 * An object that is both in the data and in the Tooling API (ApexClass, NamedCredential, …) has one set of rows.
 */
export interface RecordStore {
  insert(sobject: string, values: Record<string, FieldValue>, userId: string): StoredRecord;
  /** @throws Error if there is no such row */
  update(sobject: string, id: string, values: Record<string, FieldValue>, userId: string): StoredRecord;
  /**
   * Writes fields as they are given, those among them that the store keeps itself, and nothing else: no time moves on.
   * @throws Error if there is no such row
   */
  overwrite(sobject: string, id: string, values: Record<string, FieldValue>): StoredRecord;
  /**
   * Puts the row into the recycle bin; false if there is no such row.
   * @param together the record whose deletion takes this one along; absent for a record deleted by itself
   */
  delete(sobject: string, id: string, together?: string): boolean;
  /** Takes a row out of the recycle bin; undefined if it is not in there. */
  undelete(sobject: string, id: string): StoredRecord | undefined;
  /** Ids of rows in the recycle bin that the deletion of another record took along. */
  deletedTogether(sobject: string, id: string): string[];
  /** Removes a row from the recycle bin for good; false if it is not in there. */
  purge(id: string): boolean;
  /** Makes all rows of objects invisible, deleted ones too. Meant for a transaction that is rolled back. */
  hide(sobjects: readonly string[]): void;
  /** `id` may have 15 or 18 characters. */
  get(sobject: string, id: string): StoredRecord | undefined;
  /** Rows whose fields equal the given values (strings compared exactly), in order of creation. */
  find(sobject: string, match: Record<string, FieldValue>): StoredRecord[];
  /** Rows whose field has one of the values, in order of creation; quick for `Id` and references. */
  findAny(sobject: string, field: string, values: Iterable<FieldValue>): StoredRecord[];
  all(sobject: string): StoredRecord[];
  /** True if a row with this id once was and has been deleted. */
  isDeleted(id: string): boolean;
  /** Rows in the recycle bin, for `queryAll`. */
  deleted(sobject: string): StoredRecord[];
  /** Grows with every change of the object's rows, rolled-back ones included: lets readers keep what they computed. */
  version(sobject: string): number;
}

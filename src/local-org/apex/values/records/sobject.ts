import type { SObjectType } from '../../types/type.ts';
import { ApexValue } from '../value.ts';
import type { Value } from '../value.ts';

/** A message of `addError`, on the record or on one of its fields. */
export interface RecordError {
  readonly message: string;
  readonly field: string | undefined;
}

/** A record in memory. */
export class SObject extends ApexValue {
  readonly type: SObjectType;
  /**
   * Populated fields under the names the schema writes: scalar values by field name, parents (SObject) by relationship
   * name, children (ApexList of SObject) by child relationship name; aggregates by alias.
   */
  readonly fields = new Map<string, Value>();
  /**
   * Where it came from: reading a field that a query did not select is an exception, reading an unset field of a record
   * made in Apex gives null. Records of `Trigger.old` and, after the save, `Trigger.new` are read-only.
   */
  origin: 'made' | 'queried' | 'trigger' = 'made';
  readOnly = false;
  /** False for old records of an update, which take no `addError`. */
  allowsErrors = true;
  readonly errors: RecordError[] = [];
  /** Names of fields that Apex wrote to a record it did not make: a null among them counts as populated. */
  assigned: Set<string> | undefined = undefined;
  /** Id of the record this one is a clone of, null if that has none; undefined if it is no clone. */
  clonedFrom: string | null | undefined = undefined;
  /** What `setOptions` was given. */
  options: Value = null;

  constructor(type: SObjectType) {
    super();
    this.type = type;
  }
}

import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';

/** A record being saved, as an object's rules see it. */
export interface RuleInput {
  readonly org: OrgState;
  readonly operation: 'insert' | 'update';
  readonly userId: string;
  /** As stored; undefined for an insert. */
  readonly old: StoredRecord | undefined;
  /** What the record will be: the old values with the sent ones over them. Rules may change it. */
  readonly values: Record<string, FieldValue>;
  /** Names of the fields that were sent. */
  readonly sent: ReadonlySet<string>;
}

/** What an object does beyond what every object does. */
export interface ObjectRules {
  /** Fills in what is known before anything else of a save, and what triggers see already. */
  readonly initialize?: (input: RuleInput) => void;
  /** Fills in and checks, before the record is stored. @throws RecordRefused */
  readonly prepare?: (input: RuleInput) => void;
  /** Makes the rows that come with it, after it is stored. */
  readonly finish?: (input: RuleInput, record: StoredRecord) => void;
  /** Fields that are taken and not stored: they become other rows. */
  readonly transient?: readonly string[];
  /** Objects whose rows go with this one, by their reference field. */
  readonly cascade?: readonly { readonly sobject: string; readonly field: string }[];
  /** Whether it may be deleted by somebody; rows that go along with another's are not asked. @throws RecordRefused */
  readonly refuseDelete?: (org: OrgState, record: StoredRecord) => void;
  /** Removes what belongs to it and is no record. */
  readonly removed?: (org: OrgState, record: StoredRecord) => void;
}

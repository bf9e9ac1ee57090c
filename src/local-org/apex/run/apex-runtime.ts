import type { ApexThrown } from '../values/exception.ts';
import type { SObject } from '../values/records/sobject.ts';
import type { Entry, Run } from './run.ts';

/** What a trigger sees of a save. Lists are parallel; records of `after` events and all old ones are read-only. */
export interface TriggerEvent {
  readonly when: 'before' | 'after';
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  /** Object name as the schema writes it. */
  readonly sobject: string;
  /** `Trigger.new`; undefined for a delete. */
  readonly newRecords: readonly SObject[] | undefined;
  /** `Trigger.old`; undefined for an insert and an undelete. */
  readonly oldRecords: readonly SObject[] | undefined;
}

/** The Apex of one org, ready to run. */
export interface ApexRuntime {
  /** The transaction that runs at this moment; undefined outside of Apex. */
  readonly current: Run | undefined;
  /** Whether the object has active triggers for such an event. */
  hasTriggers(event: Pick<TriggerEvent, 'when' | 'operation' | 'sobject'>): boolean;
  /**
   * Runs the active triggers for an event within a transaction.
   * @throws ApexThrown what a trigger did not catch
   */
  runTriggers(run: Run, event: TriggerEvent): void;
  /**
   * Runs work in a new transaction (of Apex and of the store); what it enqueued starts once it has committed.
   * @throws whatever the work throws, after rolling back
   */
  transact<T>(entry: Entry, userId: string, work: (run: Run) => T): T;
}

/** An exception that a trigger did not catch. */
export class TriggerFailure extends Error {
  /** Name of the trigger. */
  readonly trigger: string;
  readonly event: Pick<TriggerEvent, 'when' | 'operation'>;
  readonly thrown: ApexThrown;

  constructor(trigger: string, event: Pick<TriggerEvent, 'when' | 'operation'>, thrown: ApexThrown) {
    super(thrown.message);
    this.trigger = trigger;
    this.event = event;
    this.thrown = thrown;
  }
}

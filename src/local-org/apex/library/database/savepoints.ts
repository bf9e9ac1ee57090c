import { SavepointValue } from '../../database/dml/savepoint-value.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../native.ts';
import type { NativeClass, StaticNative } from '../native.ts';

function savepointOf(value: Value | undefined): SavepointValue {
  if (value instanceof SavepointValue) return value;
  throw nullArgument();
}

/** It was released, an earlier one was rolled back, or it belongs to another trigger's run. */
function invalid(): Error {
  return apexError('System.TypeException', 'The savepoint is no longer valid.');
}

/** Each counts as a DML statement (Apex Developer Guide, "Transaction Control"). */
function counted(run: Run): void {
  run.limits.use('DmlStatements');
  run.hasPendingWork = true;
}

/**
 * Savepoints of `System.Database`. Going back to one undoes what was stored; records in memory keep their ids, and static
 * variables their values.
 */
export const databaseSavepoints: Readonly<Record<string, StaticNative>> = {
  setsavepoint: (run) => {
    counted(run);
    return new SavepointValue(run.org.savepoint());
  },
  rollback: (run, args) => {
    const { savepoint } = savepointOf(args[0]);
    counted(run);
    if (!savepoint.rollback()) throw invalid();
    return null;
  },
  releasesavepoint: (_run, args) => {
    if (!savepointOf(args[0]).savepoint.release()) throw invalid();
    return null;
  },
};

export const savepointClass: NativeClass = { name: 'System.Savepoint' };

import { withMixedDml } from '../../database/dml/setup-objects.ts';
import { apexError } from '../../values/exception.ts';
import { nullPointer } from '../../library/native.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import type { Transaction } from '../transaction.ts';

/** `System.runAs(user) { … }`: in tests alone, and only for the length of its block. */
export function runAs<T>(run: Transaction, user: Value, work: () => T): T {
  if (!run.isTest) throw apexError('System.UnexpectedException', 'System.runAs() is only allowed in test methods');
  if (!(user instanceof SObject)) throw nullPointer();
  const id = user.fields.get('Id');
  const row = typeof id === 'string' ? run.org.records.get('User', id) : undefined;
  if (row === undefined) throw apexError('System.TypeException', 'Invalid user for System.runAs');
  run.limits.use('RunAs');
  const former = run.userId;
  run.userId = row.Id;
  try {
    return withMixedDml(run, work);
  } finally {
    run.userId = former;
  }
}

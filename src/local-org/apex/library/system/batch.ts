import { enqueueBatch } from '../../async/enqueue.ts';
import { apexError } from '../../values/exception.ts';
import type { NativeClass } from '../native.ts';
import { integerArgument } from '../native.ts';
import { transactionOf } from '../../run/transaction.ts';

/** Records of one chunk without a size, and at most (Apex Developer Guide, "Using Batch Apex"). */
const SCOPE = { default: 200, largest: 2000 } as const;

function scopeSize(size: number): number {
  if (size <= 0) throw apexError('System.InvalidParameterValueException', 'Invalid value for scope size.');
  return Math.min(size, SCOPE.largest);
}

/** The start of a batch; what else `Database` does has a room of its own. */
export const batchClass: NativeClass = {
  name: 'System.Database',
  statics: {
    'executebatch/1': (run, [batch = null]) => enqueueBatch(transactionOf(run), batch, SCOPE.default),
    'executebatch/2': (run, args) =>
      enqueueBatch(transactionOf(run), args[0] ?? null, scopeSize(integerArgument(args, 1))),
  },
};

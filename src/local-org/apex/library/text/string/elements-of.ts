import type { Run } from '../../../run/run.ts';
import { Instance } from '../../../values/instance.ts';
import { apexError } from '../../../values/exception.ts';
import { ApexList } from '../../../values/collections/list.ts';
import { ApexSet } from '../../../values/collections/set.ts';
import type { Value } from '../../../values/value.ts';
import { nullArgument } from '../../native.ts';

/**
 * What an iterable of Apex yields: a List, a Set or an object of the customer's with an `iterator`.
 * @throws ApexThrown System.NullPointerException for null, System.TypeException for anything else
 */
export function elementsOf(run: Run, iterable: Value): readonly Value[] {
  if (iterable === null) throw nullArgument();
  if (iterable instanceof ApexList || iterable instanceof ApexSet) return iterable.items;
  if (iterable instanceof Instance && run.hasMethod(iterable, 'iterator', 0)) {
    return Array.from(iterated(run, run.invoke(iterable, 'iterator', [])));
  }
  throw apexError('System.TypeException', 'Object is not iterable');
}

function* iterated(run: Run, iterator: Value): Generator<Value> {
  if (!(iterator instanceof Instance)) yield* elementsOf(run, iterator);
  else while (run.invoke(iterator, 'hasNext', []) === true) yield run.invoke(iterator, 'next', []);
}

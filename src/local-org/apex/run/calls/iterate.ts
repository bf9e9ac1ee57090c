import { nullPointer } from '../../library/native.ts';
import { unknownType } from '../../types/type.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { ApexValue } from '../../values/value.ts';
import type { Value } from '../../values/value.ts';
import type { Signal } from '../frame.ts';
import { signals } from '../frame.ts';
import type { Transaction } from '../transaction.ts';

/** Calls a method without arguments, the customer's or the platform's. */
function call(run: Transaction, target: Value, name: string): Value {
  if (target === null) throw nullPointer();
  if (target instanceof Instance) return run.invoke(target, name, []);
  const native =
    target instanceof ApexValue && target.type.kind === 'class'
      ? run.program.natives.method(target.type.symbol, name, 0)
      : undefined;
  if (native === undefined) throw new Error(`Nothing can be iterated here: ${name} is missing.`);
  const details = { parameters: [], arguments: [], returnType: unknownType, target: unknownType };
  return native(run, target, [], details);
}

/** A for loop over an Iterable, by its iterator; `turn` says how each round ended. */
export function iterate(run: Transaction, iterable: Value, turn: (item: Value) => Signal): Signal {
  const iterator = call(run, iterable, 'iterator');
  while (call(run, iterator, 'hasNext') === true) {
    const signal = turn(call(run, iterator, 'next'));
    if (signal === signals.return) return signal;
    if (signal === signals.break) break;
  }
  return signals.next;
}

/** All items of a List, a Set or an Iterable. */
export function itemsOf(run: Transaction, value: Value): Value[] {
  if (value instanceof ApexList || value instanceof ApexSet) return [...value.items];
  const items: Value[] = [];
  iterate(run, value, (item) => {
    items.push(item);
    return signals.next;
  });
  return items;
}

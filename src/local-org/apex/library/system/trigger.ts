import type { TriggerEvent } from '../../run/apex-runtime.ts';
import type { Run } from '../../run/run.ts';
import type { TriggerContext } from '../../run/triggers/trigger-context.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';
import { transactionOf } from '../../run/transaction.ts';

function read(pick: (context: TriggerContext) => Value, outside: Value = null): (run: Run) => Value {
  return (run) => {
    const { trigger } = transactionOf(run);
    return trigger === undefined ? outside : pick(trigger);
  };
}

function is(matches: Partial<Pick<TriggerEvent, 'when' | 'operation'>>): (run: Run) => Value {
  return read(
    ({ event }) =>
      (matches.when === undefined || matches.when === event.when) &&
      (matches.operation === undefined || matches.operation === event.operation),
    false,
  );
}

/** Context variables of triggers. */
export const triggerClass: NativeClass = {
  name: 'System.Trigger',
  staticFields: {
    isafter: is({ when: 'after' }),
    isbefore: is({ when: 'before' }),
    isdelete: is({ operation: 'delete' }),
    isexecuting: read(() => true, false),
    isinsert: is({ operation: 'insert' }),
    isundelete: is({ operation: 'undelete' }),
    isupdate: is({ operation: 'update' }),
    new: read((context) => context.newList),
    newmap: read((context) => context.newMap),
    old: read((context) => context.oldList),
    oldmap: read((context) => context.oldMap),
    operationtype: read(({ event }) =>
      platformConstant('System.TriggerOperation', `${event.when}_${event.operation}`.toUpperCase()),
    ),
    size: read((context) => context.size),
  },
};

import { RestError } from '../../../http/rest-error.ts';
import { derivedFields } from '../../../records/derived-fields.ts';
import { SaveAborted } from '../../../records/save/save-error.ts';
import type { OrgState } from '../../../state/org-state.ts';
import type { StoredRecord } from '../../../state/record-store.ts';
import type { RecordChange, SaveEvent, SaveHooks } from '../../../state/save-hooks.ts';
import type { ObjectSchema } from '../../../schema/schema.ts';
import { TriggerFailure } from '../../run/apex-runtime.ts';
import type { ApexRuntime, TriggerEvent } from '../../run/apex-runtime.ts';
import type { Run } from '../../run/run.ts';
import { ApexThrown } from '../../values/exception.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { recordOfStored } from '../../values/records/stored-record.ts';
import { limitText, triggerFailureText } from './trigger-failure-text.ts';
import { TriggerStack } from './trigger-stack.ts';
import { changesOfRecord } from './written-fields.ts';

const operations = ['insert', 'update', 'delete', 'undelete'] as const;
const notImplementedMark = 'LOCAL_ORG_NOT_IMPLEMENTED: ';
const refusedCode = 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY';

/**
 * What makes triggers take part in the saves of an org: those of Apex run in its transaction, those that come over the
 * API each open one around the whole save.
 */
export function triggerHooks(org: OrgState, runtime: ApexRuntime): SaveHooks {
  const stacks = new WeakMap<Run, TriggerStack>();
  const fire = (when: 'before' | 'after', event: SaveEvent): void => {
    const { operation, sobject, changes } = event;
    const run = runtime.current;
    const object = org.schema().data.object(sobject);
    if (changes.length === 0 || object === undefined || !runtime.hasTriggers({ when, operation, sobject })) return;
    if (run === undefined) throw new Error('Triggers run within a transaction of Apex.');
    let stack = stacks.get(run);
    if (stack === undefined) {
      stack = new TriggerStack();
      stacks.set(run, stack);
    }
    fireWithin(run, runtime, object, when, event, stack);
  };
  return {
    concerns: (sobject) =>
      operations.some(
        (operation) =>
          runtime.hasTriggers({ when: 'before', operation, sobject }) ||
          runtime.hasTriggers({ when: 'after', operation, sobject }),
      ),
    transaction(userId, work) {
      if (runtime.current !== undefined) return org.transaction(work);
      try {
        return runtime.transact('api', userId, () => work());
      } catch (error) {
        if (!(error instanceof ApexThrown)) throw error;
        const { message } = error;
        if (message.startsWith(notImplementedMark)) {
          throw new RestError(501, 'LOCAL_ORG_NOT_IMPLEMENTED', message.slice(notImplementedMark.length));
        }
        throw new SaveAborted({ statusCode: refusedCode, message: limitText(error), fields: [] });
      }
    },
    attempt: () => runtime.current?.limits.mark() ?? ((): void => undefined),
    before: (event) => {
      fire('before', event);
    },
    after: (event) => {
      fire('after', event);
    },
  };
}

function fireWithin(
  run: Run,
  runtime: ApexRuntime,
  object: ObjectSchema,
  when: 'before' | 'after',
  { operation, changes }: SaveEvent,
  stack: TriggerStack,
): void {
  const records = changes.map((change) => recordsOf(run, object, when, operation, change));
  const newRecords = records.flatMap((one) => one.new ?? []);
  const oldRecords = records.flatMap((one) => one.old ?? []);
  const event: TriggerEvent = {
    when,
    operation,
    sobject: object.name,
    newRecords: newRecords.length === 0 ? undefined : newRecords,
    oldRecords: oldRecords.length === 0 ? undefined : oldRecords,
  };
  const given = newRecords.map((record) => new Map(record.fields));
  const tooDeep = stack.enter(event, changes[0]?.old?.Id ?? changes[0]?.values?.['Id']);
  try {
    if (tooDeep !== undefined) {
      for (const change of changes) change.fail(tooDeep, [], refusedCode);
      return;
    }
    runtime.runTriggers(run, event);
  } catch (error) {
    if (!(error instanceof TriggerFailure)) throw error;
    const message = triggerFailureText(run, error);
    for (const change of changes) change.fail(message, [], refusedCode);
    return;
  } finally {
    stack.leave();
  }
  for (const [index, change] of changes.entries()) {
    const one = records[index];
    const asked = one?.new ?? one?.old;
    if (asked === undefined) continue;
    for (const { message, field } of asked.errors) change.fail(message, field === undefined ? [] : [field]);
    if (when === 'after' || one?.new === undefined || asked.errors.length > 0) continue;
    changesOfRecord(run, object, operation, one.new, given[index] ?? new Map(), change);
  }
}

/** The records of one change as the trigger sees them. */
function recordsOf(
  run: Run,
  object: ObjectSchema,
  when: 'before' | 'after',
  operation: SaveEvent['operation'],
  change: RecordChange,
): { new: SObject | undefined; old: SObject | undefined } {
  const seen = (row: StoredRecord): SObject => {
    const derived = derivedFields(run.org, object.name, row);
    return recordOfStored(object, derived === undefined ? row : { ...row, ...derived }, 'trigger');
  };
  // A record that is not stored yet has no id, and nothing is derived from it.
  const fresh = change.values === undefined ? undefined : seen(change.values as StoredRecord);
  const old = change.old === undefined ? undefined : seen(change.old);
  if (fresh !== undefined) fresh.readOnly = when === 'after';
  if (old !== undefined) {
    old.readOnly = true;
    old.allowsErrors = operation === 'delete';
  }
  return { new: fresh, old };
}

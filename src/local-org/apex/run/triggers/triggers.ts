import { logEvents } from '../../logs/log-events.ts';
import { platformType } from '../../platform/platform.ts';
import { listOf, mapOf } from '../../platform/platform.ts';
import type { ClassSymbol } from '../../symbols/symbol.ts';
import { findSObjectType } from '../../symbols/program.ts';
import { primitives } from '../../types/type.ts';
import type { ApexType } from '../../types/type.ts';
import { ApexThrown } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import type { SObject } from '../../values/records/sobject.ts';
import type { TriggerEvent } from '../apex-runtime.ts';
import { TriggerFailure } from '../apex-runtime.ts';
import type { MethodCode, RunnableProgram } from '../code.ts';
import { runCode } from '../calls/invoke.ts';
import type { Transaction } from '../transaction.ts';
import { thrownText } from '../thrown-text.ts';
import type { TriggerContext } from './trigger-context.ts';

interface RunnableTrigger {
  readonly name: string;
  readonly symbol: ClassSymbol;
  readonly code: MethodCode;
  /** `after insert` */
  readonly events: ReadonlySet<string>;
}

const indexes = new WeakMap<RunnableProgram, Map<string, RunnableTrigger[]>>();

/** Triggers of a program by the lower-case name of their object, in the order of their names. */
function indexOf(program: RunnableProgram): Map<string, RunnableTrigger[]> {
  let index = indexes.get(program);
  if (index !== undefined) return index;
  index = new Map();
  const found = Array.from(program.scripts, ([symbol, code]) => ({ symbol, code }));
  for (const { symbol, code } of found.toSorted((a, b) => (a.symbol.name < b.symbol.name ? -1 : 1))) {
    const { declaration } = symbol;
    if (declaration?.kind !== 'trigger' || declaration.object === undefined) continue;
    const key = declaration.object.text.toLowerCase();
    const events = new Set(declaration.events.map((event) => event.text.replaceAll(/\s+/g, ' ')));
    index.set(key, [...(index.get(key) ?? []), { name: symbol.name, symbol, code, events }]);
  }
  indexes.set(program, index);
  return index;
}

/** Triggers for an event, whether or not they are active. */
export function triggersFor(
  program: RunnableProgram,
  event: Pick<TriggerEvent, 'when' | 'operation' | 'sobject'>,
): readonly RunnableTrigger[] {
  const wanted = `${event.when} ${event.operation}`;
  return (indexOf(program).get(event.sobject.toLowerCase()) ?? []).filter((one) => one.events.has(wanted));
}

function listOfRecords(records: readonly SObject[] | undefined, type: ApexType): ApexList | null {
  if (records === undefined) return null;
  const list = new ApexList(listOf(type), [...records]);
  list.isReadOnly = true;
  return list;
}

function mapOfRecords(run: Transaction, records: readonly SObject[] | undefined, type: ApexType): ApexMap | null {
  if (records === undefined || records.some((record) => (record.fields.get('Id') ?? null) === null)) return null;
  const map = new ApexMap(mapOf(primitives.Id, type));
  for (const record of records) map.entries.set(run, record.fields.get('Id') ?? null, record);
  return map;
}

function contextOf(run: Transaction, event: TriggerEvent): TriggerContext {
  const type = findSObjectType(event.sobject, run.program.program) ?? platformType('SObject');
  return {
    event,
    size: (event.newRecords ?? event.oldRecords ?? []).length,
    newList: listOfRecords(event.newRecords, type),
    oldList: listOfRecords(event.oldRecords, type),
    newMap: mapOfRecords(run, event.newRecords, type),
    oldMap: mapOfRecords(run, event.oldRecords, type),
  };
}

/**
 * Runs the given triggers one after the other, each in a context of its own.
 * @throws TriggerFailure an exception a trigger did not catch; ApexThrown for a limit, which ends the transaction
 */
export function fireTriggers(run: Transaction, triggers: readonly RunnableTrigger[], event: TriggerEvent): void {
  const former = run.trigger;
  run.trigger = contextOf(run, event);
  try {
    for (const trigger of triggers) fire(run, trigger, event);
  } finally {
    run.trigger = former;
  }
}

function fire(run: Transaction, trigger: RunnableTrigger, event: TriggerEvent): void {
  const unitName = `${trigger.name} on ${event.sobject} trigger event ${eventName(event)}`;
  const codeUnit = [unitName, `__sfdc_trigger/${trigger.name}`] as const;
  if (run.log.isOn('ApexCode', 'ERROR')) {
    const id = run.org.records.find('ApexTrigger', { Name: trigger.name })[0]?.Id ?? '';
    logEvents.codeUnitStarted(run.log, id.slice(0, 15), ...codeUnit);
  }
  // A trigger's variables live as long as one run of it, and a run within a run has its own.
  const fields = Array.from(trigger.symbol.members().fields.values());
  const former = fields.map((field) => [field, run.statics.get(field) ?? null] as const);
  for (const field of fields) run.statics.delete(field);
  try {
    runCode(run, trigger.code, null, []);
  } catch (error) {
    if (!(error instanceof ApexThrown) || !error.catchable) throw error;
    const { exception } = error;
    // No Apex is left that could catch it: the save came over the API.
    if (run.frames.length === 0) logEvents.fatalError(run.log, thrownText(run, exception), exception.stackTrace ?? '');
    throw new TriggerFailure(trigger.name, event, error);
  } finally {
    for (const [field, value] of former) run.statics.set(field, value);
    logEvents.codeUnitFinished(run.log, ...codeUnit);
  }
}

/** `AfterInsert`, as messages and logs write it. */
function eventName({ when, operation }: Pick<TriggerEvent, 'when' | 'operation'>): string {
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  return capital(when) + capital(operation);
}

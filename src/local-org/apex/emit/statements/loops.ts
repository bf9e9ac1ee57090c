import type { Statement } from '../../parse/ast.ts';
import type { Expression } from '../../parse/ast-expressions.ts';
import { nullPointer } from '../../library/native.ts';
import type { Code, Signal, Step } from '../../run/frame.ts';
import { signals } from '../../run/frame.ts';
import { iterate } from '../../run/calls/iterate.ts';
import { castTo } from '../../run/runtime-type.ts';
import { isCollection } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexSet } from '../../values/collections/set.ts';
import type { Value } from '../../values/value.ts';
import { conversion } from '../expressions/conversions.ts';
import type { BodyEmitter } from '../emitter.ts';
import { typeNamed, typeOf } from '../emitter.ts';
import { emitCondition } from './steps.ts';

/** Records that one turn of `for (List<Account> some : [SELECT …])` gets. */
const QUERY_BATCH = 200;

function emitBody(emitter: BodyEmitter, body: Statement | undefined): Step {
  return body === undefined ? () => signals.next : emitter.statement(body);
}

export function emitWhile(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'while' | 'doWhile' }>): Step {
  const condition = emitCondition(emitter, statement.condition);
  const body = emitBody(emitter, statement.body);
  const runsFirst = statement.kind === 'doWhile';
  return (frame) => {
    let goesOn = runsFirst || condition(frame);
    while (goesOn) {
      const signal = body(frame);
      if (signal === signals.return) return signal;
      if (signal === signals.break) break;
      frame.run.step();
      goesOn = condition(frame);
    }
    return signals.next;
  };
}

export function emitFor(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'for' }>): Step {
  const effects = (expressions: readonly Expression[]): Code[] => expressions.map((one) => emitter.expression(one));
  const init: Step =
    'kind' in statement.init
      ? emitter.statement(statement.init)
      : ((codes) => (frame) => {
          for (const code of codes) code(frame);
          return signals.next;
        })(effects(statement.init));
  const condition = statement.condition === undefined ? () => true : emitCondition(emitter, statement.condition);
  const update = effects(statement.update);
  const body = emitBody(emitter, statement.body);
  return (frame) => {
    init(frame);
    while (condition(frame)) {
      const signal = body(frame);
      if (signal === signals.return) return signal;
      if (signal === signals.break) break;
      frame.run.step();
      for (const code of update) code(frame);
    }
    return signals.next;
  };
}

/** What a loop walks over, and who must be told that it does. */
function walked(value: Value, turn: (item: Value) => Signal): Signal {
  if (!(value instanceof ApexList) && !(value instanceof ApexSet)) throw nullPointer();
  value.iterators += 1;
  try {
    for (const item of value.items) {
      const signal = turn(item);
      if (signal === signals.return) return signal;
      if (signal === signals.break) break;
    }
    return signals.next;
  } finally {
    value.iterators -= 1;
  }
}

/** `for (List<Account> some : [SELECT …])`: the rows in batches. */
function inBatches(value: Value): Value {
  if (!(value instanceof ApexList)) return value;
  const batches: Value[] = [];
  for (let start = 0; start < value.items.length; start += QUERY_BATCH) {
    batches.push(new ApexList(value.type, value.items.slice(start, start + QUERY_BATCH)));
  }
  return new ApexList(value.type, batches);
}

export function emitForEach(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'forEach' }>): Step {
  const collection = emitter.expression(statement.collection);
  const collectionType = typeOf(emitter, statement.collection);
  const type = typeNamed(emitter, statement.type);
  const slot = emitter.slots.declare(statement.name.text, type);
  const body = emitBody(emitter, statement.body);
  const element = isCollection(collectionType, 'List', 'Set') ? collectionType.arguments[0] : undefined;
  const convert = element === undefined ? undefined : conversion(element, type);
  const isBatched = collectionType.kind === 'rows' && type.kind === 'class';
  const { line } = statement.at;
  return (frame) => {
    const turn = (item: Value): Signal => {
      frame.run.step();
      frame.locals[slot] = convert === undefined ? castTo(item, type) : convert(item);
      const signal = body(frame);
      frame.line = line;
      return signal;
    };
    const value = collection(frame);
    if (value === null) throw nullPointer();
    if (value instanceof ApexList || value instanceof ApexSet) {
      return walked(isBatched ? inBatches(value) : value, turn);
    }
    return iterate(frame.run, value, turn);
  };
}

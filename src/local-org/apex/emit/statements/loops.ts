import type { Position, Statement } from '../../parse/ast/ast.ts';
import type { Expression } from '../../parse/ast/ast-expressions.ts';
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

/** The body of a loop. The line it begins on counts, even if nothing but its bracket is there. */
function emitBody(emitter: BodyEmitter, { at, body }: { at: Position; body: Statement | undefined }): Step {
  return emitter.counted.at((body ?? { at }).at.line, () =>
    body === undefined ? () => signals.next : emitter.statement(body),
  );
}

export function emitWhile(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'while' }>): Step {
  const condition = emitCondition(emitter, statement.condition);
  const body = emitBody(emitter, statement);
  const noteReturn = emitter.counted.mark(statement.at.line);
  return (frame) => {
    while (condition(frame)) {
      const signal = body(frame);
      if (signal === signals.return) return signal;
      if (signal === signals.break) break;
      if (signal === signals.next) noteReturn(frame);
      frame.run.step();
    }
    return signals.next;
  };
}

/** Of `do` the line of the first statement counts, whatever that is. */
export function emitDoWhile(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'doWhile' }>): Step {
  const { body: block, condition: test } = statement;
  const [first = block] = block.statements;
  const body = emitter.counted.at(first.at.line, () => emitter.block(block));
  const condition = emitCondition(emitter, test);
  return (frame) => {
    do {
      const signal = body(frame);
      if (signal === signals.return) return signal;
      if (signal === signals.break) break;
      frame.run.step();
    } while (condition(frame));
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
  const body = emitBody(emitter, statement);
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

type ForEach = Extract<Statement, { kind: 'forEach' }>;

export function emitForEach(emitter: BodyEmitter, statement: ForEach): Step {
  return emitter.counted.at(statement.name.at.line, () => emitWalk(emitter, statement));
}

function emitWalk(emitter: BodyEmitter, statement: ForEach): Step {
  const collection = emitter.expression(statement.collection);
  const collectionType = typeOf(emitter, statement.collection);
  const type = typeNamed(emitter, statement.type);
  const slot = emitter.slots.declare(statement.name.text, type);
  const body = emitBody(emitter, statement);
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

import type { AssignExpression, Expression } from '../../parse/ast/ast-expressions.ts';
import { nullPointer } from '../../library/native.ts';
import type { Code, Frame } from '../../run/frame.ts';
import { initialize, runCode } from '../../run/calls/invoke.ts';
import type { FieldSymbol } from '../../symbols/symbol.ts';
import { binaryType } from '../../types/operators.ts';
import type { ApexType } from '../../types/type.ts';
import { primitives, unknownType } from '../../types/type.ts';
import { apexError } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { writeField } from '../../values/records/sobject-access.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import { conversion, singleRow } from './conversions.ts';
import type { Emitter } from '../emitter.ts';
import { missing, typeOf } from '../emitter.ts';
import { combine, joinsText } from './operators.ts';

/** A place that can be read and written, evaluated once for both. */
interface Place {
  read(): Value;
  write(value: Value): void;
}
type EmitPlace = (frame: Frame) => Place;

/** A field or property of the customer's: of a class, where `self` is null, or of an object. */
function propertyPlace(
  emitter: Emitter,
  frame: Frame,
  field: FieldSymbol,
  self: Instance | null,
  values: Map<FieldSymbol, Value>,
): Place {
  const { run } = frame;
  const code = field === emitter.property ? undefined : run.program.classes.get(field.owner);
  const getter = code?.getters.get(field);
  const setter = code?.setters.get(field);
  const note = code?.automatic.get(field);
  return {
    read: () => {
      if (getter !== undefined) return runCode(run, getter, self, []);
      note?.(frame);
      return values.get(field) ?? null;
    },
    write: (value) => {
      if (setter !== undefined) {
        runCode(run, setter, self, [value]);
        return;
      }
      note?.(frame);
      values.set(field, value);
    },
  };
}

function staticPlace(emitter: Emitter, field: FieldSymbol): EmitPlace {
  return (frame) => {
    initialize(frame.run, field.owner);
    return propertyPlace(emitter, frame, field, null, frame.run.statics);
  };
}

function memberPlace(emitter: Emitter, field: FieldSymbol, target: Code): EmitPlace {
  return (frame) => {
    const { run } = frame;
    const object = target(frame);
    if (object === null) throw nullPointer();
    if (field.owner.origin === 'platform') {
      const native = emitter.natives.field(field.owner, field.name);
      return {
        read: () => native?.get?.(run, object) ?? null,
        write: (value) => {
          if (native?.set === undefined) throw new Error(`${field.owner.name}.${field.name} cannot be written.`);
          native.set(run, object, value);
        },
      };
    }
    if (!(object instanceof Instance)) throw new Error(`${field.name} was written to a value that is no object.`);
    return propertyPlace(emitter, frame, field, object, object.fields);
  };
}

function recordPlace(name: string, target: Code, read: Code): EmitPlace {
  return (frame) => {
    const record = singleRow(target(frame));
    if (!(record instanceof SObject)) throw nullPointer();
    return {
      read: () => read(frame),
      write: (value) => {
        writeField(frame.run, record, name, value);
      },
    };
  };
}

function elementPlace(target: Code, index: Code): EmitPlace {
  return (frame) => {
    const list = target(frame);
    const at = index(frame);
    if (!(list instanceof ApexList) || typeof at !== 'number') throw nullPointer();
    if (list.isReadOnly) throw apexError('System.FinalException', 'Collection is read-only');
    if (at < 0 || at >= list.items.length) {
      throw apexError('System.ListException', `List index out of bounds: ${at}`);
    }
    return {
      read: () => list.items[at] ?? null,
      write: (value) => {
        list.items[at] = value;
      },
    };
  };
}

function emitPlace(emitter: Emitter, target: Expression): EmitPlace | undefined {
  if (target.kind === 'index') return elementPlace(emitter.expression(target.target), emitter.expression(target.index));
  if (target.kind !== 'name' && target.kind !== 'field') return undefined;
  const denotation = emitter.resolutions.denotations.get(target);
  if (denotation?.kind !== 'value') return undefined;
  const { field, sobjectField } = denotation;
  if (target.kind === 'name' && denotation.local !== undefined) {
    const slot = emitter.slots.find(target.name)?.slot;
    if (slot === undefined) throw new Error(`The variable ${target.name} has no place.`);
    return ({ locals }) => ({
      read: () => locals[slot] ?? null,
      write: (value) => {
        locals[slot] = value;
      },
    });
  }
  if (field?.isStatic === true) return field.owner.origin === 'user' ? staticPlace(emitter, field) : undefined;
  if (field !== undefined) {
    const object: Code = target.kind === 'name' ? (frame) => frame.self : emitter.expression(target.target);
    return memberPlace(emitter, field, object);
  }
  if (sobjectField !== undefined && target.kind === 'field') {
    return recordPlace(sobjectField.name, emitter.expression(target.target), emitter.expression(target));
  }
  return undefined;
}

/** Simple assignments to local variables are most of all. */
function emitLocalAssign(emitter: Emitter, target: Expression, value: Code): Code | undefined {
  if (target.kind !== 'name') return undefined;
  const denotation = emitter.resolutions.denotations.get(target);
  if (denotation?.kind !== 'value' || denotation.local === undefined) return undefined;
  const slot = emitter.slots.find(target.name)?.slot;
  if (slot === undefined) throw new Error(`The variable ${target.name} has no place.`);
  return (frame) => {
    const result = value(frame);
    frame.locals[slot] = result;
    return result;
  };
}

/** `target = value`, and `target += value` with its kin. */
export function emitAssign(emitter: Emitter, expression: AssignExpression): Code {
  const { target, operator } = expression;
  const targetType = typeOf(emitter, target);
  const valueType = typeOf(emitter, expression.value);
  const emitted = emitter.expression(expression.value);
  if (operator === '=') {
    const convert = conversion(valueType, targetType);
    const value: Code = convert === undefined ? emitted : (frame) => convert(emitted(frame));
    const local = emitLocalAssign(emitter, target, value);
    if (local !== undefined) return local;
    const place = emitPlace(emitter, target);
    if (place === undefined) return missing(emitter, target.at, 'this assignment');
    return (frame) => {
      const here = place(frame);
      const result = value(frame);
      here.write(result);
      return result;
    };
  }
  const place = emitPlace(emitter, target);
  if (place === undefined) return missing(emitter, target.at, 'this assignment');
  const plain = operator.slice(0, -1);
  const isText = joinsText(plain, targetType, valueType);
  const convert = conversion(resultType(plain, targetType, valueType), targetType);
  return (frame) => {
    const here = place(frame);
    const before = here.read();
    const combined = combine(frame.run, plain, before, emitted(frame), isText);
    const result = convert === undefined ? combined : convert(combined);
    here.write(result);
    return result;
  };
}

function resultType(operator: string, left: ApexType, right: ApexType): ApexType {
  const result = binaryType(operator, left, right);
  return 'type' in result ? result.type : unknownType;
}

/** `x++`, `--x` and their kin. */
export function emitStep(emitter: Emitter, target: Expression, operator: string, gives: 'before' | 'after'): Code {
  const place = emitPlace(emitter, target);
  if (place === undefined) return missing(emitter, target.at, 'this assignment');
  const type = typeOf(emitter, target);
  const plain = operator.charAt(0);
  const convert = conversion(resultType(plain, type, primitives.Integer), type);
  return (frame) => {
    const here = place(frame);
    const before = here.read();
    const combined = combine(frame.run, plain, before, 1, false);
    const after = convert === undefined ? combined : convert(combined);
    here.write(after);
    return gives === 'before' ? before : after;
  };
}

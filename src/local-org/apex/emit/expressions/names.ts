import type { Denotation } from '../../check/scope.ts';
import type { Expression, FieldExpression, NameExpression } from '../../parse/ast/ast-expressions.ts';
import type { Code, Frame } from '../../run/frame.ts';
import { initialize, runCode } from '../../run/calls/invoke.ts';
import { enumConstant } from '../../values/enums/enum-constants.ts';
import { nullPointer } from '../../library/native.ts';
import type { FieldSymbol } from '../../symbols/symbol.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import { unknownType } from '../../types/type.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import { readField, readParent } from '../../values/records/sobject-access.ts';
import { SObject } from '../../values/records/sobject.ts';
import { SObjectFieldToken, SObjectTypeToken } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import { singleRow } from './conversions.ts';
import { receiver, skipped } from './chain.ts';
import type { Emitter } from '../emitter.ts';
import { missing } from '../emitter.ts';

type ValueDenotation = Extract<Denotation, { kind: 'value' }>;

/** Reads what is stored for a static field or property, once its class is initialized. */
function readStatic(frame: Frame, field: FieldSymbol): Value {
  initialize(frame.run, field.owner);
  return frame.run.statics.get(field) ?? null;
}

/** A static member of one of the customer's classes, a constant of an enum, or a static of the platform. */
function emitStatic(emitter: Emitter, field: FieldSymbol, expression: NameExpression | FieldExpression): Code {
  if (field.owner.origin === 'platform') {
    if (field.kind === 'constant') {
      const constant = platformConstant(field.owner.name, field.name);
      return () => constant;
    }
    const native = emitter.natives.staticField(field.owner.name, field.name);
    if (native === undefined) return missing(emitter, expression.at, `${field.owner.name}.${field.name}`);
    return (frame) => native(frame.run);
  }
  if (field.kind === 'constant') {
    const constant = enumConstant(field.owner, field.name);
    return () => constant;
  }
  if (field.kind === 'property' && field !== emitter.property) {
    return (frame) => {
      const code = frame.run.program.classes.get(field.owner);
      const getter = code?.getters.get(field);
      if (getter === undefined) {
        code?.automatic.get(field)?.(frame);
        return readStatic(frame, field);
      }
      initialize(frame.run, field.owner);
      return runCode(frame.run, getter, null, []);
    };
  }
  return (frame) => readStatic(frame, field);
}

/** A field or property of an object that is there. */
function emitMember(
  emitter: Emitter,
  field: FieldSymbol,
  target: Code,
  expression: NameExpression | FieldExpression,
): Code {
  if (field.owner.origin === 'platform') {
    const native = emitter.natives.field(field.owner, field.name)?.get;
    if (native === undefined) return missing(emitter, expression.at, `${field.owner.name}.${field.name}`);
    return (frame) => {
      const value = target(frame);
      return value === skipped ? value : native(frame.run, value);
    };
  }
  const isStored = field.kind !== 'property' || field === emitter.property;
  return (frame) => {
    const object = target(frame);
    if (object === skipped) return object;
    if (!(object instanceof Instance)) throw new Error(`${field.name} was read from a value that is no object.`);
    const code = isStored ? undefined : frame.run.program.classes.get(field.owner);
    const getter = code?.getters.get(field);
    if (getter !== undefined) return runCode(frame.run, getter, object, []);
    code?.automatic.get(field)?.(frame);
    return object.fields.get(field) ?? null;
  };
}

/** A query that gave no rows, where `?.` asks it for a field. */
function isEmptyQuery(value: Value): boolean {
  return value instanceof ApexList && value.items.length === 0;
}

/**
 * A field, parent or list of children of a record. A path through parents that are not there gives null:
 * `c.Contact.Account.Name` of a Case without a Contact.
 */
function emitRecordField(
  emitter: Emitter,
  expression: FieldExpression,
  { name, kind }: Pick<SObjectField, 'name' | 'kind'>,
): Code {
  const target = emitter.link(expression.target);
  const throughParent = isParentPath(emitter, expression.target);
  return (frame) => {
    const value = target(frame);
    if (value === skipped || (expression.safe && isEmptyQuery(value))) return skipped;
    const record = singleRow(value);
    if (record === null) {
      if (expression.safe) return skipped;
      if (throughParent) return null;
      throw nullPointer();
    }
    if (!(record instanceof SObject)) throw new Error(`${name} was read from a value that is no record.`);
    return kind === 'parent' ? readParent(frame.run, record, name) : readField(frame.run, record, name);
  };
}

function isParentPath(emitter: Emitter, target: Expression): boolean {
  const denotation = emitter.resolutions.denotations.get(target);
  return denotation?.kind === 'value' && denotation.sobjectField?.kind === 'parent';
}

function emitToken(emitter: Emitter, expression: FieldExpression, denotation: ValueDenotation): Code | undefined {
  const target = emitter.resolutions.denotations.get(expression.target);
  const key = expression.name.text.toLowerCase();
  if (denotation.describes !== undefined) {
    const token = SObjectTypeToken.of(denotation.describes.name);
    if (denotation.type.name === 'Schema.SObjectType') return () => token;
    return emitDescribe(emitter, expression, 'Schema.SObjectType', token);
  }
  if (target?.kind === 'type' && target.type.kind === 'sobject') {
    const field = target.type.schema?.fields.find(
      (one) => one.name.toLowerCase() === key || one.relationshipName?.toLowerCase() === key,
    );
    if (field === undefined || denotation.type.name !== 'Schema.SObjectField') return undefined;
    const token = SObjectFieldToken.of(target.type.name, field.name);
    return () => token;
  }
  if (target?.kind === 'fieldTokens') {
    const field = target.object.schema?.fields.find((one) => one.name.toLowerCase() === key);
    if (field === undefined) return undefined;
    const token = SObjectFieldToken.of(target.object.name, field.name);
    if (target.gives.name === 'Schema.SObjectField') return () => token;
    return emitDescribe(emitter, expression, 'Schema.SObjectField', token);
  }
  return undefined;
}

function emitDescribe(
  emitter: Emitter,
  expression: FieldExpression,
  owner: string,
  token: SObjectTypeToken | SObjectFieldToken,
): Code {
  const describe = emitter.natives.class(owner)?.methods?.['getdescribe'];
  if (describe === undefined) return missing(emitter, expression.at, `${owner}.getDescribe`);
  const call = { parameters: [], arguments: [], returnType: unknownType, target: token.type };
  return (frame) => describe(frame.run, token, [], call);
}

/** Reads a name or a dotted path, whatever it stands for. */
export function emitPath(emitter: Emitter, expression: NameExpression | FieldExpression): Code {
  const denotation = emitter.resolutions.denotations.get(expression);
  if (denotation?.kind !== 'value') {
    return missing(emitter, expression.at, expression.kind === 'name' ? expression.name : expression.name.text);
  }
  const { field, sobjectField } = denotation;
  if (denotation.local !== undefined && expression.kind === 'name') {
    const local = emitter.slots.find(expression.name);
    if (local === undefined) throw new Error(`The variable ${expression.name} has no place.`);
    const { slot } = local;
    return (frame) => frame.locals[slot] ?? null;
  }
  if (expression.kind === 'name') {
    if (field === undefined) return missing(emitter, expression.at, expression.name);
    return field.isStatic
      ? emitStatic(emitter, field, expression)
      : emitMember(emitter, field, (frame) => frame.self, expression);
  }
  if (field?.isStatic === true) return emitStatic(emitter, field, expression);
  if (field !== undefined) {
    return emitMember(emitter, field, receiver(emitter, expression.target, expression.safe), expression);
  }
  if (sobjectField !== undefined) return emitRecordField(emitter, expression, sobjectField);
  return emitToken(emitter, expression, denotation) ?? missing(emitter, expression.at, expression.name.text);
}

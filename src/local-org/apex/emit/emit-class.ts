import type {
  ClassDeclaration,
  ConstructorDeclaration,
  FieldDeclaration,
  MemberDeclaration,
  MethodDeclaration,
  Parameter,
  PropertyDeclaration,
} from '../parse/ast/ast.ts';
import type { Expression } from '../parse/ast/ast-expressions.ts';
import { findAnnotation, hasKeyword, isTestMethod } from '../symbols/modifiers.ts';
import { runDefaultSuper, runInstanceInitializer } from '../run/calls/construct.ts';
import type { ClassCode, LineNote, MethodCode } from '../run/code.ts';
import type { Step } from '../run/frame.ts';
import { signals } from '../run/frame.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../symbols/symbol.ts';
import { Instance } from '../values/instance.ts';
import type { ApexType } from '../types/type.ts';
import { isPrimitive } from '../types/type.ts';
import { converted } from './expressions/conversions.ts';
import { bodyEmitter } from './body-emitter.ts';
import type { UnitEmitter } from './body-emitter.ts';
import type { BodyEmitter } from './emitter.ts';
import { typeNamed, typeOf } from './emitter.ts';
import { atStatement, sequence } from './statements/steps.ts';

/** Where stack traces say that code is. */
export function placeOf(owner: ClassSymbol, name: string): string {
  return `Class.${owner.name}.${name}`;
}

export function declareParameters(emitter: BodyEmitter, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) emitter.slots.declare(parameter.name.text, typeNamed(emitter, parameter.type));
}

/** Lines of test methods and of their setup count for nothing, in any class. */
function isOfTests({ modifiers }: MethodDeclaration): boolean {
  return isTestMethod(modifiers) || findAnnotation(modifiers, 'testSetup') !== undefined;
}

export function emitMethod(
  unit: UnitEmitter,
  method: MethodSymbol,
  declaration: MethodDeclaration,
  place: string,
): MethodCode {
  const emitter = bodyEmitter(unit, method.owner, { isStatic: method.isStatic, returnType: method.returnType });
  declareParameters(emitter, declaration.parameters);
  const { body: block, name } = declaration;
  const emit = (): Step =>
    block === undefined ? () => signals.next : emitter.counted.at(name.at.line, () => emitter.block(block));
  const body = isOfTests(declaration) ? emitter.counted.without(emit) : emit();
  return { unit: unit.code, place, slots: emitter.slots.count, body };
}

/** A constructor: another one of the class, or the superclass's and the initializers, and then its own statements. */
function emitConstructor(unit: UnitEmitter, method: MethodSymbol, declaration: ConstructorDeclaration): MethodCode {
  const { owner } = method;
  const emitter = bodyEmitter(unit, owner, { isStatic: false });
  declareParameters(emitter, declaration.parameters);
  const [first] = declaration.body.statements;
  const call =
    first?.kind === 'expression' && first.expression.kind === 'constructorCall' ? first.expression : undefined;
  const statements = call === undefined ? declaration.body.statements : declaration.body.statements.slice(1);
  const emit = (): Step => {
    const leading =
      call === undefined
        ? undefined
        : emitter.block({ ...declaration.body, statements: declaration.body.statements.slice(0, 1) });
    const rest = emitter.block({ ...declaration.body, statements });
    return (frame) => {
      const { self, run } = frame;
      if (!(self instanceof Instance)) throw new Error('A constructor runs without an object.');
      if (leading !== undefined) leading(frame);
      else runDefaultSuper(run, self, owner);
      if (call?.which !== 'this') runInstanceInitializer(run, self, owner);
      return rest(frame);
    };
  };
  const body = emitter.counted.at(declaration.name.at.line, emit);
  return { unit: unit.code, place: placeOf(owner, '<init>'), slots: emitter.slots.count, body };
}

/** The assignments of a field's declaration. */
export function emitFieldInitializers(emitter: BodyEmitter, member: FieldDeclaration): Step[] {
  const type = typeNamed(emitter, member.type);
  return member.variables.flatMap(({ name, initializer }): Step[] => {
    if (initializer === undefined) return [];
    const field = emitter.owner.members().fields.get(name.text.toLowerCase());
    if (field === undefined) return [];
    const { line } = name.at;
    const emit = (): Step => emitFieldInitializer(emitter, field, initializer, type);
    const isConstant = isTextConstant(member, initializer, type);
    return [atStatement(line, isConstant ? emitter.counted.without(emit) : emitter.counted.at(line, emit))];
  });
}

/** Constants that are text are no code: they are written into the class. */
function isTextConstant({ modifiers }: FieldDeclaration, initializer: Expression, type: ApexType): boolean {
  const isConstant = hasKeyword(modifiers, 'static') && hasKeyword(modifiers, 'final') && isPrimitive(type, 'String');
  return isConstant && initializer.kind === 'literal' && initializer.type === 'String';
}

function emitFieldInitializer(emitter: BodyEmitter, field: FieldSymbol, initializer: Expression, type: ApexType): Step {
  const value = converted(emitter.expression(initializer), typeOf(emitter, initializer), type);
  return field.isStatic
    ? (frame) => {
        frame.run.statics.set(field, value(frame));
        return signals.next;
      }
    : (frame) => {
        if (frame.self instanceof Instance) frame.self.fields.set(field, value(frame));
        return signals.next;
      };
}

function emitInitializer(
  unit: UnitEmitter,
  owner: ClassSymbol,
  members: readonly MemberDeclaration[],
  isStatic: boolean,
): MethodCode | undefined {
  const emitter = bodyEmitter(unit, owner, { isStatic });
  const steps = members.flatMap((member): Step[] => {
    if (member.kind === 'field' && hasKeyword(member.modifiers, 'static') === isStatic) {
      return emitFieldInitializers(emitter, member);
    }
    return member.kind === 'initializer' && member.isStatic === isStatic ? [emitter.block(member.body)] : [];
  });
  if (steps.length === 0) return undefined;
  const place = placeOf(owner, isStatic ? '<clinit>' : '<init>');
  return { unit: unit.code, place, slots: emitter.slots.count, body: sequence(steps) };
}

function emitAccessors(
  unit: UnitEmitter,
  owner: ClassSymbol,
  member: PropertyDeclaration,
  getters: Map<FieldSymbol, MethodCode>,
  setters: Map<FieldSymbol, MethodCode>,
): void {
  const field = owner.members().fields.get(member.name.text.toLowerCase());
  if (field === undefined) return;
  for (const accessor of member.accessors) {
    if (accessor.body === undefined) continue;
    const isGetter = accessor.kind === 'get';
    const emitter = bodyEmitter(unit, owner, {
      isStatic: field.isStatic,
      returnType: isGetter ? field.type : undefined,
      property: field,
    });
    if (!isGetter) emitter.slots.declare('value', field.type);
    const block = accessor.body;
    const body = emitter.counted.at(member.name.at.line, () => emitter.block(block));
    const place = placeOf(owner, `__sfdc_${field.name}`);
    (isGetter ? getters : setters).set(field, { unit: unit.code, place, slots: emitter.slots.count, body });
  }
}

function emitAutomatic(
  { counted }: UnitEmitter,
  owner: ClassSymbol,
  members: readonly MemberDeclaration[],
): ReadonlyMap<FieldSymbol, LineNote> {
  const notes = members.flatMap((member): [FieldSymbol, LineNote][] => {
    if (member.kind !== 'property' || member.accessors.every(({ body }) => body !== undefined)) return [];
    const field = owner.members().fields.get(member.name.text.toLowerCase());
    return field === undefined ? [] : [[field, counted.mark(member.name.at.line)]];
  });
  return new Map(notes);
}

/** The code of a class and of its inner classes, added to `into`. */
export function emitClass(
  unit: UnitEmitter,
  declaration: ClassDeclaration,
  symbol: ClassSymbol,
  into: Map<ClassSymbol, ClassCode>,
): void {
  const methods = new Map<MethodSymbol, MethodCode>();
  const getters = new Map<FieldSymbol, MethodCode>();
  const setters = new Map<FieldSymbol, MethodCode>();
  const members = symbol.members();
  for (const method of [...members.methods.values()].flat()) {
    if (method.declaration?.kind !== 'method' || method.declaration.body === undefined) continue;
    methods.set(method, emitMethod(unit, method, method.declaration, placeOf(symbol, method.name)));
  }
  for (const constructor of members.constructors) {
    if (constructor.declaration?.kind !== 'constructor') continue;
    methods.set(constructor, emitConstructor(unit, constructor, constructor.declaration));
  }
  for (const member of declaration.members) {
    if (member.kind === 'property') emitAccessors(unit, symbol, member, getters, setters);
    const inner = 'name' in member ? symbol.inner.get(member.name.text.toLowerCase()) : undefined;
    if (member.kind === 'class' && inner !== undefined) emitClass(unit, member, inner, into);
  }
  into.set(symbol, {
    symbol,
    staticInitializer: emitInitializer(unit, symbol, declaration.members, true),
    instanceInitializer: emitInitializer(unit, symbol, declaration.members, false),
    methods,
    getters,
    setters,
    automatic: emitAutomatic(unit, symbol, declaration.members),
  });
}

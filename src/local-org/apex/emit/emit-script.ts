import type { FieldDeclaration, MemberDeclaration, Position, Statement, TriggerDeclaration } from '../parse/ast/ast.ts';
import type { ClassCode, MethodCode } from '../run/code.ts';
import type { Signal, Step } from '../run/frame.ts';
import { signals } from '../run/frame.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols/symbol.ts';
import { bodyEmitter } from './body-emitter.ts';
import type { UnitEmitter } from './body-emitter.ts';
import { emitClass, emitFieldInitializers, emitMethod } from './emit-class.ts';
import type { BodyEmitter } from './emitter.ts';
import { sequence } from './statements/steps.ts';

interface Placed {
  readonly at: Position;
  emit(): Step[];
}

function placeOfMember(member: MemberDeclaration): Position {
  if (member.kind === 'field') return member.type.at;
  return 'at' in member ? member.at : member.name.at;
}

function inTextOrder(a: Placed, b: Placed): number {
  return a.at.line - b.at.line || a.at.column - b.at.column;
}

/** Unlike fields of a class, variables of a script count without a value too. */
function emitFields(emitter: BodyEmitter, member: FieldDeclaration): Step[] {
  const unset = member.variables.filter((variable) => variable.initializer === undefined);
  const notes = unset.map(({ name }) => emitter.counted.at<Signal>(name.at.line, () => () => signals.next));
  return [...notes, ...emitFieldInitializers(emitter, member)];
}

/** Variables at the top of a script are fields; they get their values where they stand among the statements. */
function emitTop(emitter: BodyEmitter, members: readonly MemberDeclaration[], statements: readonly Statement[]): Step {
  const fields = members.flatMap((member): Placed[] =>
    member.kind === 'field' ? [{ at: placeOfMember(member), emit: () => emitFields(emitter, member) }] : [],
  );
  const others = statements.map((statement): Placed => ({
    at: statement.at,
    emit: () => [emitter.statement(statement)],
  }));
  return sequence([...fields, ...others].toSorted(inTextOrder).flatMap((one) => one.emit()));
}

/** The body of a trigger or of anonymous Apex, with the methods and classes in it. */
export function emitScript(
  unit: UnitEmitter,
  declaration: TriggerDeclaration,
  symbol: ClassSymbol,
  classes: Map<ClassSymbol, ClassCode>,
): MethodCode {
  const place = declaration.object === undefined ? 'AnonymousBlock' : `Trigger.${symbol.name}`;
  const methods = new Map<MethodSymbol, MethodCode>();
  for (const method of [...symbol.members().methods.values()].flat()) {
    if (method.declaration?.kind === 'method') {
      methods.set(method, emitMethod(unit, method, method.declaration, place));
    }
  }
  for (const member of declaration.members) {
    const inner = 'name' in member ? symbol.inner.get(member.name.text.toLowerCase()) : undefined;
    if (member.kind === 'class' && inner !== undefined) emitClass(unit, member, inner, classes);
  }
  classes.set(symbol, {
    symbol,
    staticInitializer: undefined,
    instanceInitializer: undefined,
    methods,
    getters: new Map(),
    setters: new Map(),
    automatic: new Map(),
  });
  const emitter = bodyEmitter(unit, symbol, { isStatic: true });
  const body = emitTop(emitter, declaration.members, declaration.body.statements);
  return { unit: unit.code, place, slots: emitter.slots.count, body };
}

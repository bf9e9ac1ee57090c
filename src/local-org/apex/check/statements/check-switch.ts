import type { Block, Statement, WhenBlock } from '../../parse/ast/ast.ts';
import type { Expression } from '../../parse/ast/ast-expressions.ts';
import { findField } from '../../symbols/find-member.ts';
import { isAssignable, isCastable } from '../../types/conversion.ts';
import type { ApexType } from '../../types/type.ts';
import { isPrimitive } from '../../types/type.ts';
import type { Flow } from './check-statements.ts';
import { denote } from '../expressions/check-names.ts';
import type { Scope } from '../scope.ts';
import { BlockScope, typeIn } from '../scope.ts';

type SwitchStatement = Extract<Statement, { kind: 'switch' }>;

function isSwitchable(type: ApexType): boolean {
  if (type.kind === 'unknown' || type.kind === 'sobject') return true;
  if (type.kind === 'class') return type.symbol.kind === 'enum';
  return isPrimitive(type, 'Integer', 'Long', 'String');
}

function isEnum(type: ApexType): boolean {
  return type.kind === 'class' && type.symbol.kind === 'enum';
}

/** A constant of the enum that is switched on: written without its enum. */
function checkEnumValue(value: Expression, type: ApexType, scope: Scope): string | undefined {
  if (value.kind === 'literal' && value.type === 'null') return 'null';
  if (value.kind === 'field') {
    scope.context.report(value.name.at, "Enum value used in 'when expression' should be unqualified");
    return undefined;
  }
  if (value.kind !== 'name' || type.kind !== 'class') return undefined;
  if (findField(type, value.name) === undefined)
    scope.context.report(value.at, `Variable does not exist: ${value.name}`);
  return value.name;
}

function checkConstant(value: Expression, scope: Scope): string | undefined {
  const denotation = denote(value, scope);
  const field = denotation.kind === 'value' ? denotation.field : undefined;
  if (field === undefined) {
    const name = value.kind === 'name' ? value.name : value.kind === 'field' ? value.name.text : '';
    scope.context.report(value.at, `Variable does not exist: ${name}`);
    return undefined;
  }
  if (!field.isStatic || !field.isFinal) {
    scope.context.report(value.at, `Field must be a static final constant: ${field.name}`);
  }
  return undefined;
}

/** The text by which two values of a switch are the same; undefined where it is not known. */
function checkValue(value: Expression, type: ApexType, statement: SwitchStatement, scope: Scope): string | undefined {
  if (isEnum(type)) return checkEnumValue(value, type, scope);
  const isNull = value.kind === 'literal' && value.type === 'null';
  if (type.kind === 'sobject') {
    if (!isNull) {
      scope.context.report(statement.at, "Switching on SObject types must be a 'when type variable' or 'when null'");
    }
    return isNull ? 'null' : undefined;
  }
  if (value.kind !== 'literal') return checkConstant(value, scope);
  const actual = scope.context.check(value, scope);
  if (!isAssignable(actual, type)) {
    scope.context.report(
      statement.at,
      `${actual.name} value in when expression cannot be implicitly converted to the ${type.name} type in switch expression`,
    );
  }
  return value.text;
}

function checkTypeBlock(when: WhenBlock, type: ApexType, scope: BlockScope): string | undefined {
  if (when.value.kind !== 'type') return undefined;
  const { name } = when.value;
  const wanted = typeIn(when.value.type, scope, name.at);
  scope.declare(name, wanted);
  if (wanted.kind === 'unknown' || type.kind === 'unknown') return undefined;
  if (type.kind === 'primitive' && !isPrimitive(type, 'Object')) {
    scope.context.report(name.at, `${type.name} cannot be a when type variable block`);
  } else if (!isCastable(type, wanted)) {
    scope.context.report(
      name.at,
      `${wanted.name} value in when expression cannot be implicitly converted to the ${type.name} type in switch expression`,
    );
  }
  return wanted.name;
}

/** Checks a switch and its blocks; it ends when all its blocks do and one of them is `when else`. */
export function checkSwitch(
  statement: SwitchStatement,
  scope: Scope,
  checkStatements: (block: Block, scope: BlockScope) => Flow,
): Flow {
  const { context } = scope;
  const type = context.check(statement.on, scope);
  if (!isSwitchable(type)) context.report(statement.on.at, `${type.name} is not a valid switch expression type`);
  if (statement.whens.length === 0) context.report(statement.at, 'Switch statement requires at least one when block');
  const seen = new Set<string>();
  const flows: Flow[] = [];
  const note = (key: string | undefined, at: Expression['at'], shown: string): void => {
    if (key !== undefined && seen.has(key)) {
      context.report(at, `${shown} occurs as more than one when branch for this switch statement`);
    }
    if (key !== undefined) seen.add(key);
  };
  for (const [index, when] of statement.whens.entries()) {
    const inner = new BlockScope(scope);
    if (when.value.kind === 'else' && index < statement.whens.length - 1) {
      context.report(statement.at, "'when else' must be the last when block");
    }
    if (when.value.kind === 'type') {
      const name = checkTypeBlock(when, type, inner);
      note(name?.toLowerCase(), when.value.name.at, name ?? '');
    } else if (when.value.kind === 'values') {
      for (const value of when.value.values) {
        const key = checkValue(value, type, statement, inner);
        note(isEnum(type) ? key?.toLowerCase() : key, statement.at, key ?? '');
      }
    }
    flows.push(checkStatements(when.body, inner));
  }
  const exhaustive = statement.whens.some((when) => when.value.kind === 'else');
  return exhaustive && flows.every((flow) => flow === 'ends') ? 'ends' : 'continues';
}

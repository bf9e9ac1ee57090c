import type { Block, CatchClause, LocalVariables, Statement } from '../../parse/ast/ast.ts';
import type { Expression } from '../../parse/ast/ast-expressions.ts';
import { platformType } from '../../platform/platform.ts';
import { isSubclassOf } from '../../symbols/hierarchy.ts';
import { isAssignable } from '../../types/conversion.ts';
import type { ApexType } from '../../types/type.ts';
import { isCollection, unknownType } from '../../types/type.ts';
import { checkFits } from '../expressions/check-assignment.ts';
import { checkDml } from './check-dml.ts';
import { checkCondition } from '../expressions/check-expression.ts';
import { checkIdentifier } from '../check-identifiers.ts';
import { checkSwitch } from './check-switch.ts';
import type { Scope } from '../scope.ts';
import { BlockScope, typeIn } from '../scope.ts';

/** Whether control may go past a statement. Loops always may, and a finally block is not looked at, as Salesforce has it. */
export type Flow = 'continues' | 'ends';

const statementExpressions = new Set<Expression['kind']>([
  'assign',
  'call',
  'constructorCall',
  'new',
  'postfix',
  'soql',
  'sosl',
]);

function isStatementExpression(expression: Expression): boolean {
  if (expression.kind === 'prefix') return expression.operator === '++' || expression.operator === '--';
  return statementExpressions.has(expression.kind);
}

function checkExpressionStatement(expression: Expression, scope: Scope): void {
  if (isStatementExpression(expression)) scope.context.check(expression, scope);
  else scope.context.report(expression.at, 'Expression cannot be a statement.');
}

function checkLocals(statement: LocalVariables, scope: BlockScope): void {
  const type = typeIn(statement.type, scope);
  for (const { name, initializer } of statement.variables) {
    checkIdentifier(name, scope.context);
    // The variable is not yet known in its own initializer.
    const value = initializer === undefined ? undefined : scope.context.check(initializer, scope);
    if (value !== undefined) checkFits(value, type, name.at, scope);
    scope.declare(name, type);
  }
}

function checkReturn(statement: Extract<Statement, { kind: 'return' }>, scope: Scope): void {
  const { context, returnType } = scope;
  const value = statement.value === undefined ? undefined : context.check(statement.value, scope);
  if (value === undefined) {
    if (scope.body === 'method' && returnType !== undefined && returnType.kind !== 'void') {
      context.report(statement.at, `Missing return statement required return type: ${returnType.name}`);
    }
    return;
  }
  if (scope.body === 'constructor') context.report(statement.at, 'Constructors must not return a value');
  else if (scope.body === 'trigger') context.report(statement.at, 'Trigger bodies must not return a value');
  else if (returnType === undefined) context.report(statement.at, 'Return must be called from a method');
  else if (returnType.kind === 'void') context.report(statement.at, 'Void method must not return a value');
  else if (!isAssignable(value, returnType)) {
    context.report(statement.at, `Illegal conversion from ${value.name} to ${returnType.name}`);
  }
}

function isException(type: ApexType): boolean {
  return (
    type.kind === 'unknown' || (type.kind === 'class' && isSubclassOf(type.symbol, platformType('Exception').symbol))
  );
}

function checkThrow(statement: Extract<Statement, { kind: 'throw' }>, scope: Scope): void {
  const type = scope.context.check(statement.value, scope);
  if (!isException(type))
    scope.context.report(statement.at, `Throw expression must be of type exception: ${type.name}`);
}

function checkCatch(clause: CatchClause, earlier: readonly ApexType[], scope: Scope): { flow: Flow; type: ApexType } {
  const type = typeIn(clause.type, scope, clause.body.at);
  const inner = new BlockScope(scope);
  checkIdentifier(clause.name, scope.context);
  inner.declare(clause.name, type);
  if (!isException(type))
    scope.context.report(clause.body.at, `Catch block variable must be of type exception: ${type.name}`);
  const caught = earlier.some(
    (one) => one.kind === 'class' && type.kind === 'class' && isSubclassOf(type.symbol, one.symbol),
  );
  if (caught) scope.context.report(clause.body.at, `Exception type already caught: ${type.name}`);
  return { flow: checkStatements(clause.body, inner), type };
}

function checkTry(statement: Extract<Statement, { kind: 'try' }>, scope: Scope): Flow {
  const flows = [checkBlock(statement.body, scope)];
  const caught: ApexType[] = [];
  for (const clause of statement.catches) {
    const { flow, type } = checkCatch(clause, caught, scope);
    flows.push(flow);
    caught.push(type);
  }
  if (statement.finallyBody !== undefined) checkBlock(statement.finallyBody, scope);
  return flows.every((flow) => flow === 'ends') ? 'ends' : 'continues';
}

function checkIf(statement: Extract<Statement, { kind: 'if' }>, scope: Scope): Flow {
  checkCondition(statement.condition, scope);
  const whenTrue = checkStatement(statement.whenTrue, new BlockScope(scope));
  const whenFalse =
    statement.whenFalse === undefined ? 'continues' : checkStatement(statement.whenFalse, new BlockScope(scope));
  return whenTrue === 'ends' && whenFalse === 'ends' ? 'ends' : 'continues';
}

function checkLoopBody(body: Statement | undefined, scope: Scope): void {
  if (body !== undefined) checkStatement(body, new BlockScope(scope, { inLoop: true }));
}

function checkFor(statement: Extract<Statement, { kind: 'for' }>, scope: Scope): void {
  const inner = new BlockScope(scope);
  if ('kind' in statement.init) checkLocals(statement.init, inner);
  else for (const one of statement.init) checkExpressionStatement(one, inner);
  if (statement.condition !== undefined) checkCondition(statement.condition, inner);
  for (const one of statement.update) checkExpressionStatement(one, inner);
  // Unlike Java, Apex has one update only.
  const [, second] = statement.update;
  if (second !== undefined) scope.context.report(second.at, "Expecting ')' but was: ','");
  checkLoopBody(statement.body, inner);
}

/** What one turn of `for (x : collection)` gives; undefined where there is nothing to loop over. */
function elementOf(collection: ApexType): ApexType | undefined {
  if (collection.kind === 'unknown') return unknownType;
  if (collection.kind === 'rows') return collection.element;
  if (isCollection(collection, 'List', 'Set', 'Iterable')) return collection.arguments[0] ?? unknownType;
  if (collection.kind !== 'class') return undefined;
  return isSubclassOf(collection.symbol, platformType('Iterable').symbol) ? unknownType : undefined;
}

function checkForEach(statement: Extract<Statement, { kind: 'forEach' }>, scope: Scope): void {
  const { context } = scope;
  const inner = new BlockScope(scope);
  const type = typeIn(statement.type, scope);
  const collection = context.check(statement.collection, scope);
  checkIdentifier(statement.name, context);
  inner.declare(statement.name, type);
  const element = elementOf(collection);
  if (element === undefined) context.report(statement.at, `Loop must iterate over collection: ${collection.name}`);
  else if (collection.kind === 'rows') {
    if (!isAssignable(collection, type)) {
      context.report(
        statement.at,
        `Loop variable must be a generic SObject or List or a concrete SObject or List of: ${element.name}`,
      );
    }
  } else if (!isAssignable(element, type)) {
    context.report(statement.at, `Invalid loop variable type expected ${element.name} was ${type.name}`);
  }
  checkLoopBody(statement.body, inner);
}

function checkRunAs(statement: Extract<Statement, { kind: 'runAs' }>, scope: Scope): void {
  const types = statement.arguments.map((one) => scope.context.check(one, scope));
  const [type] = types;
  const fits =
    types.length === 1 &&
    type !== undefined &&
    (type.kind === 'unknown' ||
      type.key === 'user' ||
      type.key === 'sobject' ||
      type.name === 'System.Version' ||
      type.kind === 'rows');
  if (!fits) scope.context.report(statement.at, "runAs requires a single argument of type 'User' or 'Version'");
  checkBlock(statement.body, scope);
}

function checkJump(statement: Extract<Statement, { kind: 'break' | 'continue' }>, scope: Scope): void {
  const name = statement.kind === 'break' ? 'Break' : 'Continue';
  if (!scope.inLoop) scope.context.report(statement.at, `${name} statement must be in loop`);
}

function checkStatement(statement: Statement, scope: BlockScope): Flow {
  switch (statement.kind) {
    case 'block':
      return checkBlock(statement, scope);
    case 'locals':
      checkLocals(statement, scope);
      return 'continues';
    case 'expression':
      checkExpressionStatement(statement.expression, scope);
      return 'continues';
    case 'if':
      return checkIf(statement, scope);
    case 'while':
      checkCondition(statement.condition, scope);
      checkLoopBody(statement.body, scope);
      return 'continues';
    case 'doWhile':
      checkLoopBody(statement.body, scope);
      checkCondition(statement.condition, scope);
      return 'continues';
    case 'for':
      checkFor(statement, scope);
      return 'continues';
    case 'forEach':
      checkForEach(statement, scope);
      return 'continues';
    case 'try':
      return checkTry(statement, scope);
    case 'switch':
      return checkSwitch(statement, scope, checkStatements);
    case 'return':
      checkReturn(statement, scope);
      return 'ends';
    case 'throw':
      checkThrow(statement, scope);
      return 'ends';
    case 'break':
    case 'continue':
      checkJump(statement, scope);
      return 'continues';
    case 'runAs':
      checkRunAs(statement, scope);
      return 'continues';
    case 'dml':
      checkDml(statement, scope);
      return 'continues';
  }
}

/** Checks the statements of a block in a scope that already holds its variables. */
function checkStatements(block: Block, scope: BlockScope): Flow {
  let flow: Flow = 'continues';
  for (const statement of block.statements) {
    if (flow === 'ends') {
      scope.context.report(statement.at, 'Unreachable statement');
      return flow;
    }
    flow = checkStatement(statement, scope);
  }
  return flow;
}

export function checkBlock(block: Block, scope: Scope): Flow {
  return checkStatements(block, new BlockScope(scope));
}

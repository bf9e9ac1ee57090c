import type {
  AccessLevelContext,
  BlockContext,
  CatchClauseContext,
  ForStatementContext,
  LocalVariableDeclarationContext,
  StatementContext,
  SwitchStatementContext,
  TryStatementContext,
  VariableDeclaratorsContext,
  WhenControlContext,
  WhenLiteralContext,
} from '@apexdevtools/apex-parser';
import type {
  Block,
  CatchClause,
  LocalVariables,
  Statement,
  VariableDeclarator,
  WhenBlock,
  WhenValue,
} from '../ast/ast.ts';
import type { Expression } from '../ast/ast-expressions.ts';
import { IncompleteTreeError, readExpression, readExpressions } from './read-expressions.ts';
import { unescapeString } from './read-literals.ts';
import { readTypeReference } from './read-types.ts';
import { identifierOf, optional, positionOf } from '../tree.ts';

export function readBlock(node: BlockContext): Block {
  return { kind: 'block', at: positionOf(node), statements: node.statement_list().map(readStatement) };
}

export function readVariables(node: VariableDeclaratorsContext): VariableDeclarator[] {
  return node.variableDeclarator_list().map((one) => {
    const initializer = optional(one.expression());
    return {
      name: identifierOf(one.id()),
      initializer: initializer === undefined ? undefined : readExpression(initializer),
    };
  });
}

function readLocals(node: LocalVariableDeclarationContext): LocalVariables {
  const type = readTypeReference(node.typeRef());
  return { kind: 'locals', at: positionOf(node), type, variables: readVariables(node.variableDeclarators()) };
}

function readFor(node: ForStatementContext): Statement {
  const at = positionOf(node);
  const control = node.forControl();
  const bodyNode = optional(node.statement());
  const body = bodyNode === undefined ? undefined : readStatement(bodyNode);
  const each = optional(control.enhancedForControl());
  if (each !== undefined) {
    const type = readTypeReference(each.typeRef());
    return {
      kind: 'forEach',
      at,
      type,
      name: identifierOf(each.id()),
      collection: readExpression(each.expression()),
      body,
    };
  }
  const init = optional(control.forInit());
  const locals = init === undefined ? undefined : optional(init.localVariableDeclaration());
  const condition = optional(control.expression());
  const update = optional(control.forUpdate());
  return {
    kind: 'for',
    at,
    init:
      locals === undefined ? (init === undefined ? [] : readExpressions(init.expressionList())) : readLocals(locals),
    condition: condition === undefined ? undefined : readExpression(condition),
    update: update === undefined ? [] : readExpressions(update.expressionList()),
    body,
  };
}

/** A catch clause's type is a dotted name in the grammar; as a type reference it resolves like any other. */
function readCatch(node: CatchClauseContext): CatchClause {
  const name = node.qualifiedName();
  const names = name.id_list().map((id) => ({ text: id.getText(), arguments: [] }));
  return {
    type: { at: positionOf(name), names, arrayDepth: 0 },
    name: identifierOf(node.id()),
    body: readBlock(node.block()),
  };
}

function readTry(node: TryStatementContext): Statement {
  const last = optional(node.finallyBlock());
  return {
    kind: 'try',
    at: positionOf(node),
    body: readBlock(node.block()),
    catches: node.catchClause_list().map(readCatch),
    finallyBody: last === undefined ? undefined : readBlock(last.block()),
  };
}

function readWhenLiteral(node: WhenLiteralContext): Expression {
  const inner = optional(node.whenLiteral());
  if (inner !== undefined) return readWhenLiteral(inner);
  const at = positionOf(node);
  const minus = node.SUB_list().length % 2 === 1 ? '-' : '';
  const integer = optional(node.IntegerLiteral());
  if (integer !== undefined) return { kind: 'literal', at, type: 'Integer', text: minus + integer.getText() };
  const long = optional(node.LongLiteral());
  if (long !== undefined) return { kind: 'literal', at, type: 'Long', text: minus + long.getText().slice(0, -1) };
  const text = optional(node.StringLiteral()) ?? optional(node.MultilineStringLiteral());
  if (text !== undefined) return { kind: 'literal', at, type: 'String', text: unescapeString(text.getText()) };
  if (optional(node.NULL())) return { kind: 'literal', at, type: 'null', text: 'null' };
  const [first, ...rest] = node.qualifiedName().id_list().map(identifierOf);
  if (first === undefined) throw new IncompleteTreeError('A when value is missing from the parse tree.');
  let path: Expression = { kind: 'name', at, name: first.text };
  for (const name of rest) path = { kind: 'field', at, target: path, name, safe: false };
  return path;
}

function readWhen(node: WhenControlContext): WhenBlock {
  const value = node.whenValue();
  const type = optional(value.typeRef());
  const read = (): WhenValue => {
    if (optional(value.ELSE())) return { kind: 'else' };
    if (type !== undefined) return { kind: 'type', type: readTypeReference(type), name: identifierOf(value.id()) };
    return { kind: 'values', values: value.whenLiteral_list().map(readWhenLiteral) };
  };
  return { at: positionOf(node), value: read(), body: readBlock(node.block()) };
}

function readSwitch(node: SwitchStatementContext): Statement {
  const on = readExpression(node.expression());
  return { kind: 'switch', at: positionOf(node), on, whens: node.whenControl_list().map(readWhen) };
}

function readAccess(node: AccessLevelContext | undefined): 'user' | 'system' | undefined {
  if (node === undefined) return undefined;
  return optional(node.USER()) ? 'user' : 'system';
}

function readDml(node: StatementContext): Statement | undefined {
  const single =
    optional(node.insertStatement()) ??
    optional(node.updateStatement()) ??
    optional(node.deleteStatement()) ??
    optional(node.undeleteStatement());
  const upsert = optional(node.upsertStatement());
  const merge = optional(node.mergeStatement());
  const statement = single ?? upsert ?? merge;
  if (statement === undefined) return undefined;
  const [target, duplicates] = merge === undefined ? [(single ?? upsert)?.expression()] : merge.expression_list();
  const externalId = upsert === undefined ? undefined : optional(upsert.qualifiedName());
  const operations = ['insert', 'update', 'upsert', 'delete', 'undelete', 'merge'] as const;
  const keyword = statement.start.text.toLowerCase();
  const operation = operations.find((one) => one === keyword);
  if (operation === undefined) throw new IncompleteTreeError('A DML statement of the parse tree has no keyword.');
  return {
    kind: 'dml',
    at: positionOf(statement),
    operation,
    target: readExpression(target ?? null),
    duplicates: duplicates === undefined ? undefined : readExpression(duplicates),
    externalId: externalId === undefined ? undefined : externalId.id_list().map(identifierOf),
    access: readAccess(optional(statement.accessLevel())),
  };
}

function readJump(node: StatementContext): Statement | undefined {
  const at = positionOf(node);
  const returned = optional(node.returnStatement());
  if (returned !== undefined) {
    const value = optional(returned.expression());
    return { kind: 'return', at, value: value === undefined ? undefined : readExpression(value) };
  }
  const thrown = optional(node.throwStatement());
  if (thrown !== undefined) return { kind: 'throw', at, value: readExpression(thrown.expression()) };
  if (optional(node.breakStatement())) return { kind: 'break', at };
  if (optional(node.continueStatement())) return { kind: 'continue', at };
  return undefined;
}

function readCompound(node: StatementContext): Statement | undefined {
  const at = positionOf(node);
  const branch = optional(node.ifStatement());
  if (branch !== undefined) {
    const [whenTrue, whenFalse] = branch.statement_list();
    return {
      kind: 'if',
      at,
      condition: readExpression(branch.parExpression().expression()),
      whenTrue: whenTrue === undefined ? { kind: 'block', at, statements: [] } : readStatement(whenTrue),
      whenFalse: whenFalse === undefined ? undefined : readStatement(whenFalse),
    };
  }
  const loop = optional(node.whileStatement());
  if (loop !== undefined) {
    const body = optional(loop.statement());
    const condition = readExpression(loop.parExpression().expression());
    return { kind: 'while', at, condition, body: body === undefined ? undefined : readStatement(body) };
  }
  const doLoop = optional(node.doWhileStatement());
  if (doLoop !== undefined) {
    const condition = readExpression(doLoop.parExpression().expression());
    return { kind: 'doWhile', at, condition, body: readBlock(doLoop.block()) };
  }
  const runAs = optional(node.runAsStatement());
  if (runAs !== undefined) {
    const args = readExpressions(optional(runAs.expressionList()));
    return { kind: 'runAs', at, arguments: args, body: readBlock(runAs.block()) };
  }
  return undefined;
}

export function readStatement(node: StatementContext): Statement {
  const block = optional(node.block());
  if (block !== undefined) return readBlock(block);
  const locals = optional(node.localVariableDeclarationStatement());
  if (locals !== undefined) return readLocals(locals.localVariableDeclaration());
  const expression = optional(node.expressionStatement());
  if (expression !== undefined) {
    const read = readExpression(expression.expression());
    return { kind: 'expression', at: read.at, expression: read };
  }
  const forNode = optional(node.forStatement());
  if (forNode !== undefined) return readFor(forNode);
  const tryNode = optional(node.tryStatement());
  if (tryNode !== undefined) return readTry(tryNode);
  const switchNode = optional(node.switchStatement());
  if (switchNode !== undefined) return readSwitch(switchNode);
  const rest = readCompound(node) ?? readJump(node) ?? readDml(node);
  if (rest === undefined) throw new IncompleteTreeError('A statement of the parse tree has no kind.');
  return rest;
}

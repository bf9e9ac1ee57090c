import {
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  ArrayExpressionContext,
  AssignExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  CondExpressionContext,
  DotExpressionContext,
  EqualityExpressionContext,
  IdPrimaryContext,
  InstanceOfExpressionContext,
  LiteralPrimaryContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  MethodCallExpressionContext,
  NegExpressionContext,
  NewExpressionContext,
  PostOpExpressionContext,
  PreOpExpressionContext,
  PrimaryExpressionContext,
  SoqlPrimaryContext,
  SoslPrimaryContext,
  SubExpressionContext,
  SuperPrimaryContext,
  ThisPrimaryContext,
  TypeRefPrimaryContext,
} from '@apexdevtools/apex-parser';
import type {
  ApexParserRuleContext,
  ExpressionContext,
  ExpressionListContext,
  PrimaryContext,
} from '@apexdevtools/apex-parser';
import type { Position } from '../ast/ast.ts';
import type { BinaryExpression, CallExpression, Expression, FieldExpression } from '../ast/ast-expressions.ts';
import { readCreator } from './read-creators.ts';
import { readLiteral } from './read-literals.ts';
import { readQuery, readSearch } from './read-queries.ts';
import { readTypeReference } from './read-types.ts';
import { identifierOf, optional, positionOf, positionOfTerminal } from '../tree.ts';

/** Raised where error recovery left a hole in the tree; the syntax error behind it is what gets reported. */
export class IncompleteTreeError extends Error {}

type Binary =
  | Arth1ExpressionContext
  | Arth2ExpressionContext
  | BitAndExpressionContext
  | BitNotExpressionContext
  | BitOrExpressionContext
  | BitExpressionContext
  | CmpExpressionContext
  | EqualityExpressionContext
  | LogAndExpressionContext
  | LogOrExpressionContext;

function isBinary(node: ExpressionContext): node is Binary {
  return (
    node instanceof Arth1ExpressionContext ||
    node instanceof Arth2ExpressionContext ||
    node instanceof BitAndExpressionContext ||
    node instanceof BitNotExpressionContext ||
    node instanceof BitOrExpressionContext ||
    node instanceof BitExpressionContext ||
    node instanceof CmpExpressionContext ||
    node instanceof EqualityExpressionContext ||
    node instanceof LogAndExpressionContext ||
    node instanceof LogOrExpressionContext
  );
}

/** Text of the tokens between two operands: the grammar spells `>=` and `>>>` as several tokens. */
function operatorBetween(node: ApexParserRuleContext): string {
  return (node.children ?? [])
    .slice(1, -1)
    .map((child) => child.getText())
    .join('')
    .toLowerCase();
}

function readBinary(node: Binary): BinaryExpression {
  const left = readExpression(node.expression(0));
  const right = readExpression(node.expression(1));
  return { kind: 'binary', at: left.at, operator: operatorBetween(node), left, right };
}

/** Salesforce places a dotted path at its first name, or at the first name behind a call, an index, `this` or `super`. */
function positionOfField(target: Expression, own: Position): Position {
  return target.kind === 'name' || target.kind === 'field' ? target.at : own;
}

function readDot(node: DotExpressionContext): FieldExpression | CallExpression {
  const target = readExpression(node.expression());
  const safe = optional(node.QUESTIONDOT()) !== undefined;
  const call = optional(node.dotMethodCall());
  if (call !== undefined) {
    const name = identifierOf(call.anyId());
    return {
      kind: 'call',
      at: name.at,
      target,
      name,
      arguments: readExpressions(optional(call.expressionList())),
      safe,
    };
  }
  const name = identifierOf(node.anyId());
  return { kind: 'field', at: positionOfField(target, name.at), target, name, safe };
}

function readMethodCall(node: MethodCallExpressionContext): Expression {
  const call = node.methodCall();
  const args = readExpressions(optional(call.expressionList()));
  if (optional(call.THIS())) return { kind: 'constructorCall', at: positionOf(node), which: 'this', arguments: args };
  if (optional(call.SUPER())) return { kind: 'constructorCall', at: positionOf(node), which: 'super', arguments: args };
  const name = identifierOf(call.id());
  return { kind: 'call', at: name.at, target: undefined, name, arguments: args, safe: false };
}

function readPrimary(node: PrimaryContext): Expression {
  const at = positionOf(node);
  if (node instanceof IdPrimaryContext) return { kind: 'name', at, name: node.id().getText() };
  if (node instanceof LiteralPrimaryContext) return readLiteral(node.literal());
  if (node instanceof ThisPrimaryContext) return { kind: 'this', at };
  if (node instanceof SuperPrimaryContext) return { kind: 'super', at };
  if (node instanceof TypeRefPrimaryContext)
    return { kind: 'classLiteral', at, type: readTypeReference(node.typeRef()) };
  if (node instanceof SoqlPrimaryContext)
    return { kind: 'soql', at, query: readQuery(node.soqlLiteral().query(), readExpression) };
  if (node instanceof SoslPrimaryContext)
    return { kind: 'sosl', at, search: readSearch(node.soslLiteral(), readExpression) };
  return { kind: 'classLiteral', at, type: undefined };
}

function readUnary(node: ExpressionContext): Expression | undefined {
  if (node instanceof PreOpExpressionContext) {
    const sign = optional(node.ADD()) ?? optional(node.SUB());
    const operator = sign ?? optional(node.INC()) ?? node.DEC();
    const operand = readExpression(node.expression());
    return { kind: 'prefix', at: positionOf(node), operator: operator.getText(), operand };
  }
  if (node instanceof NegExpressionContext) {
    const operator = (optional(node.BANG()) ?? node.TILDE()).getText();
    return { kind: 'prefix', at: positionOf(node), operator, operand: readExpression(node.expression()) };
  }
  if (node instanceof PostOpExpressionContext) {
    const operator = optional(node.INC()) ?? node.DEC();
    const operand = readExpression(node.expression());
    return { kind: 'postfix', at: positionOfTerminal(operator), operator: operator.getText(), operand };
  }
  return undefined;
}

function readChoice(node: ExpressionContext): Expression | undefined {
  if (node instanceof CondExpressionContext) {
    const condition = readExpression(node.expression(0));
    const [whenTrue, whenFalse] = [readExpression(node.expression(1)), readExpression(node.expression(2))];
    return { kind: 'conditional', at: condition.at, condition, whenTrue, whenFalse };
  }
  if (node instanceof CoalExpressionContext) {
    const left = readExpression(node.expression(0));
    return { kind: 'coalesce', at: left.at, left, right: readExpression(node.expression(1)) };
  }
  if (node instanceof AssignExpressionContext) {
    const target = readExpression(node.expression(0));
    const value = readExpression(node.expression(1));
    return { kind: 'assign', at: target.at, operator: operatorBetween(node), target, value };
  }
  return undefined;
}

export function readExpressions(list: ExpressionListContext | undefined): Expression[] {
  return list === undefined ? [] : list.expression_list().map(readExpression);
}

export function readExpression(node: ExpressionContext | null): Expression {
  if (node === null) throw new IncompleteTreeError('An expression is missing from the parse tree.');
  if (node instanceof PrimaryExpressionContext) return readPrimary(node.primary());
  if (node instanceof DotExpressionContext) return readDot(node);
  if (node instanceof MethodCallExpressionContext) return readMethodCall(node);
  if (node instanceof SubExpressionContext) return readExpression(node.expression());
  if (isBinary(node)) return readBinary(node);
  if (node instanceof NewExpressionContext) return readCreator(node.creator(), positionOf(node), readExpression);
  if (node instanceof ArrayExpressionContext) {
    const target = readExpression(node.expression(0));
    return { kind: 'index', at: target.at, target, index: readExpression(node.expression(1)) };
  }
  if (node instanceof CastExpressionContext) {
    const operand = readExpression(node.expression());
    return { kind: 'cast', at: positionOf(node), type: readTypeReference(node.typeRef()), operand };
  }
  if (node instanceof InstanceOfExpressionContext) {
    const operand = readExpression(node.expression());
    return { kind: 'instanceof', at: operand.at, operand, type: readTypeReference(node.typeRef()) };
  }
  const rest = readUnary(node) ?? readChoice(node);
  if (rest === undefined) throw new IncompleteTreeError('An expression of the parse tree has no kind.');
  return rest;
}

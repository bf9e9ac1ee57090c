import type { ApexParserRuleContext, ApexTerminalNode, ApexToken, ExpressionContext } from '@apexdevtools/apex-parser';
import type { Identifier, Position } from './ast/ast.ts';
import type { Expression } from './ast/ast-expressions.ts';

/** Passed to the readers of what expressions hold, which the reader of expressions itself imports. */
export type ExpressionReader = (node: ExpressionContext | null) => Expression;

/** A token the grammar lets pass and Salesforce's parser does not. */
export class StrayTokenError extends Error {
  readonly at: Position;

  constructor(at: Position, message: string) {
    super(message);
    this.at = at;
  }
}

/** The grammar's accessors are typed as always there; an optional rule that is absent gives null. */
export function optional<T>(node: T): T | undefined {
  return node ?? undefined;
}

function positionOfToken(token: ApexToken): Position {
  return { line: token.line, column: token.column + 1 };
}

export function positionOf(node: ApexParserRuleContext): Position {
  return positionOfToken(node.start);
}

export function positionOfTerminal(node: ApexTerminalNode): Position {
  return positionOfToken(node.symbol);
}

export function identifierOf(node: ApexParserRuleContext): Identifier {
  return { text: node.getText(), at: positionOf(node) };
}

/** Source text of a rule with its spacing, which `getText()` drops. */
export function sourceOf(node: ApexParserRuleContext): string {
  const first = node.start;
  const last = node.stop ?? node.start;
  return first.getInputStream().getText(first.start, last.stop);
}

import type { LiteralContext } from '@apexdevtools/apex-parser';
import type { Literal } from '../ast/ast-expressions.ts';
import { optional, positionOf } from '../tree.ts';

const escapes: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', "'": "'", '\\': '\\' };

/** The characters an Apex string literal stands for; the lexer has already refused escapes Apex does not have. */
export function unescapeString(literal: string): string {
  const inner = literal.startsWith("'''") ? literal.slice(3, -3) : literal.slice(1, -1);
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (whole, hex: string | undefined, letter: string | undefined) =>
    hex === undefined
      ? (escapes[letter?.toLowerCase() ?? ''] ?? whole)
      : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

export function readLiteral(node: LiteralContext): Literal {
  const at = positionOf(node);
  const text = node.getText();
  if (optional(node.IntegerLiteral())) return { kind: 'literal', at, type: 'Integer', text };
  if (optional(node.LongLiteral())) return { kind: 'literal', at, type: 'Long', text: text.slice(0, -1) };
  if (optional(node.NumberLiteral())) {
    // A trailing d makes a Double; without it 1.5 is a Decimal.
    const isDouble = /d$/i.test(text);
    return { kind: 'literal', at, type: isDouble ? 'Double' : 'Decimal', text: isDouble ? text.slice(0, -1) : text };
  }
  if (optional(node.BooleanLiteral())) return { kind: 'literal', at, type: 'Boolean', text: text.toLowerCase() };
  if (optional(node.NULL())) return { kind: 'literal', at, type: 'null', text: 'null' };
  return { kind: 'literal', at, type: 'String', text: unescapeString(text) };
}

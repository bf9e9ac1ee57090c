import type { BinaryExpression, CallExpression, Expression } from '../../parse/ast/ast-expressions.ts';
import type { Code } from '../../run/frame.ts';
import { pathOf } from '../../check/expressions/check-names.ts';
import { isPrimitive } from '../../types/type.ts';
import type { Emitter } from '../emitter.ts';
import { typeOf } from '../emitter.ts';

const equality: ReadonlySet<string> = new Set(['==', '!=', '<>', '===', '!==']);

/** `System.debug(…)`, whose lines do not count (Apex Developer Guide, "Testing and Code Coverage"). */
function isDebug({ target, name }: CallExpression): boolean {
  const path = target === undefined ? undefined : pathOf(target)?.join('.').toLowerCase();
  return name.text.toLowerCase() === 'debug' && (path === 'system' || path === 'system.system');
}

function isText(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.type === 'String';
}

/** Whether it puts texts together. */
function isJoin(emitter: Emitter, expression: BinaryExpression): boolean {
  return expression.operator === '+' && isPrimitive(typeOf(emitter, expression), 'String');
}

/** What a concatenation puts together, in the order of the text; what stands in parentheses is one piece. */
function pieces(emitter: Emitter, expression: Expression): readonly Expression[] {
  if (expression.kind !== 'binary' || !isJoin(emitter, expression)) return [expression];
  return [...pieces(emitter, expression.left), expression.right];
}

/** Operands that the compiler has done away with: a null compared with, and text literals joined to one before them. */
function silentOperands(emitter: Emitter, expression: BinaryExpression): readonly Expression[] {
  if (equality.has(expression.operator)) {
    return [expression.left, expression.right].filter((one) => one.kind === 'literal' && one.type === 'null');
  }
  if (!isJoin(emitter, expression)) return [];
  const joined = pieces(emitter, expression);
  return joined.filter((one, index) => {
    const before = joined[index - 1];
    return before !== undefined && isText(one) && isText(before);
  });
}

/** The line an expression itself is on, apart from its operands; undefined where these are all there is to do. */
function ownLine(emitter: Emitter, expression: Expression): number | undefined {
  switch (expression.kind) {
    case 'field':
    case 'call':
      return expression.name.at.line;
    case 'assign':
      return ownLine(emitter, expression.target);
    case 'cast':
      return undefined;
    case 'binary':
      return isJoin(emitter, expression) ? undefined : expression.at.line;
    default:
      return expression.at.line;
  }
}

/** What `++` and `--` read and write. */
function stepped(expression: Expression): Expression | undefined {
  const isUnary = expression.kind === 'prefix' || expression.kind === 'postfix';
  return isUnary && (expression.operator === '++' || expression.operator === '--') ? expression.operand : undefined;
}

/**
 * Emits an expression so that its line counts. If a statement consists of expressions on several lines, each of these
 * lines counts (Apex Developer Guide, "Testing and Code Coverage").
 */
export function countedExpression(emitter: Emitter, expression: Expression, emit: () => Code): Code {
  const { counted } = emitter;
  if (expression.kind === 'call' && isDebug(expression)) return counted.without(emit);
  if (expression.kind === 'binary') counted.silence(silentOperands(emitter, expression));
  const line = counted.isSilent(expression) ? undefined : ownLine(emitter, expression);
  if (line === undefined) return emit();
  const variable = stepped(expression);
  const variableLine = variable === undefined ? line : (ownLine(emitter, variable) ?? line);
  return counted.at(variableLine, () => counted.at(line, emit));
}

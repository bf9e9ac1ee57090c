import type { FieldSchema } from '../../schema/schema.ts';
import type { QueryContext } from '../query-context.ts';
import { boundPath } from './bind-marks.ts';
import { bindingOf, boundOperand, boundTexts } from './bound-values.ts';
import type { Comparison } from './condition-tree.ts';
import { operand, unquote } from './literals.ts';
import type { Operand } from './literals.ts';

type ValueComparison = Exclude<Comparison, { valueQuery: unknown }>;

/** One value of a comparison's right-hand side as the parser gives it. */
interface Term {
  readonly text: string;
  readonly literal: string;
}

function termsOf({ value, literalType }: ValueComparison): Term[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.map((text, index) => ({
    text,
    literal: (typeof literalType === 'string' ? literalType : literalType?.[index]) ?? 'STRING',
  }));
}

/** The values a field is compared with, literals and what is bound. @throws RestError 400 */
export function operandsOf(
  context: QueryContext,
  field: FieldSchema,
  name: string,
  comparison: ValueComparison,
): Operand[] {
  return termsOf(comparison).flatMap(({ text, literal }) => {
    const path = boundPath(text);
    if (path === undefined) return [operand(context, field, name, text, literal)];
    return bindingOf(context, path).values.map((bound) => boundOperand(field, bound));
  });
}

/** Whether the right-hand side is bound to a list: then `=` is IN. */
export function isBoundList(context: QueryContext, comparison: ValueComparison): boolean {
  const { value } = comparison;
  const path = typeof value === 'string' ? boundPath(value) : undefined;
  return path !== undefined && bindingOf(context, path).list;
}

/**
 * The texts of LIKE and INCLUDES.
 * @param pattern keep `\_` and `\%` as they are
 * @returns undefined if one is no text
 */
export function textsOf(context: QueryContext, comparison: ValueComparison, pattern: boolean): string[] | undefined {
  const texts: string[] = [];
  for (const { text, literal } of termsOf(comparison)) {
    const path = boundPath(text);
    if (path === undefined) {
      if (literal !== 'STRING') return undefined;
      texts.push(unquote(text, pattern));
      continue;
    }
    const bound = boundTexts(bindingOf(context, path));
    if (bound === undefined) return undefined;
    texts.push(...bound);
  }
  return texts;
}

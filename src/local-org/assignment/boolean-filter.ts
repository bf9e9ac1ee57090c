/** A filter logic such as `1 AND (2 OR NOT 3)`, read. Items are counted from 1. */
export type BooleanFilter =
  | { readonly item: number }
  | { readonly not: BooleanFilter }
  | { readonly all: readonly BooleanFilter[] }
  | { readonly any: readonly BooleanFilter[] };

/** Why a filter logic cannot be read. */
export class BooleanFilterError extends Error {
  override readonly name = 'BooleanFilterError';
}

/**
 * Reads the `booleanFilter` of an entry. `AND` and `OR` stand in one group only with parentheses, as in Setup.
 * @param count criteria there are
 * @throws BooleanFilterError for what cannot be read, a number without criterion, and a criterion that is not used
 */
export function parseBooleanFilter(text: string, count: number): BooleanFilter {
  const tokens = text.toUpperCase().match(/\d+|AND\b|OR\b|NOT\b|[()]|\S/g) ?? [];
  const used = new Set<number>();
  let next = 0;
  const take = (token: string): boolean => {
    if (tokens[next] !== token) return false;
    next += 1;
    return true;
  };
  const primary = (): BooleanFilter => {
    if (take('NOT')) return { not: primary() };
    if (take('(')) {
      const inner = group();
      if (!take(')')) throw unreadable(text);
      return inner;
    }
    const token = tokens[next] ?? '';
    if (!/^\d+$/.test(token)) throw unreadable(text);
    next += 1;
    const item = Number(token);
    if (item < 1 || item > count) {
      throw new BooleanFilterError(`The filter logic references an undefined filter: ${item}.`);
    }
    used.add(item);
    return { item };
  };
  const group = (): BooleanFilter => {
    const parts = [primary()];
    const operator = tokens[next];
    if (operator !== 'AND' && operator !== 'OR') return parts[0] ?? { all: [] };
    while (take(operator)) parts.push(primary());
    return operator === 'AND' ? { all: parts } : { any: parts };
  };
  const read = group();
  if (next < tokens.length) throw unreadable(text);
  if (used.size < count) {
    throw new BooleanFilterError('Some filters are defined but not referenced in your filter logic.');
  }
  return read;
}

function unreadable(text: string): BooleanFilterError {
  return new BooleanFilterError(`The filter logic cannot be read: ${text}`);
}

/** Whether a filter holds. @param holds whether a criterion does, counted from 1 */
export function booleanFilterHolds(filter: BooleanFilter, holds: (item: number) => boolean): boolean {
  if ('item' in filter) return holds(filter.item);
  if ('not' in filter) return !booleanFilterHolds(filter.not, holds);
  if ('all' in filter) return filter.all.every((part) => booleanFilterHolds(part, holds));
  return filter.any.some((part) => booleanFilterHolds(part, holds));
}

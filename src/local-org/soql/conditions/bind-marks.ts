/** Begins a quoted literal that stands for a bind variable; no text that anybody writes. */
const MARK = '\uE000';

/**
 * Puts marked literals in the place of bind variables (`:ids`, `:record.Id`). The parser could read them itself, but only
 * by building itself anew for each query, and not within parentheses.
 */
export function markBinds(soql: string): string {
  if (!soql.includes(':')) return soql;
  const bind = /'(?:[^'\\]|\\.)*'|(\b(?:IN|INCLUDES|EXCLUDES)\s*)?:\s*([A-Za-z_][\w.]*)/gis;
  return soql.replaceAll(bind, (match, list?: string, path?: string) => {
    if (path === undefined) return match;
    return list === undefined ? `'${MARK}${path}'` : `${list}('${MARK}${path}')`;
  });
}

/** Text about a marked query as it is about the query itself. */
export function unmarkBinds(text: string): string {
  return text.replaceAll(new RegExp(`'${MARK}([^']*)'`, 'g'), ':$1');
}

/** What a literal of a marked query stands for: a bind variable's text without the colon; undefined for all others. */
export function boundPath(literal: string): string | undefined {
  return literal.startsWith(`'${MARK}`) ? literal.slice(2, -1) : undefined;
}

import type { Condition, HavingClause, ValueQueryCondition, WhereClause } from '@jetstreamapp/soql-parser-js';

import type { QueryContext } from '../query-context.ts';
import { soqlError } from '../soql-error.ts';

export type Comparison = Exclude<Condition, { openParen: number; field?: never; fn?: never }> | ValueQueryCondition;

/** A WHERE or HAVING clause as a tree. */
export type ConditionTree =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly ConditionTree[] }
  | { readonly kind: 'not'; readonly term: ConditionTree }
  | { readonly kind: 'compare'; readonly comparison: Comparison };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

/**
 * The parser library gives conditions as a chain with counts of parentheses; this reads the chain again into a tree.
 * NOT binds to the one term after it.
 * @throws RestError 400 MALFORMED_QUERY for AND and OR mixed without parentheses, which Salesforce refuses
 */
export function conditionTree(context: QueryContext, clause: WhereClause | HavingClause): ConditionTree {
  const tokens = tokensOf(clause);
  let next = 0;
  const term = (): ConditionTree => {
    const token = tokens[next];
    next += 1;
    if (token === 'NOT') return { kind: 'not', term: term() };
    if (token === '(') {
      const inner = chain();
      if (tokens[next] !== ')') throw malformed(context);
      next += 1;
      return inner;
    }
    if (token === undefined || typeof token === 'string') throw malformed(context);
    return { kind: 'compare', comparison: token };
  };
  const chain = (): ConditionTree => {
    const terms = [term()];
    let operator: 'AND' | 'OR' | undefined;
    for (let token = tokens[next]; token === 'AND' || token === 'OR'; token = tokens[next]) {
      if (operator !== undefined && operator !== token) throw malformed(context, token);
      operator = token;
      next += 1;
      terms.push(term());
    }
    const [first] = terms;
    if (operator === undefined && first !== undefined) return first;
    return { kind: operator === 'OR' ? 'or' : 'and', terms };
  };
  const tree = chain();
  if (next < tokens.length) throw malformed(context);
  return tree;
}

function tokensOf(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  for (let rest: WhereClause | HavingClause | undefined = clause; rest !== undefined;) {
    const left = rest.left as (Partial<Comparison> & { openParen?: number; closeParen?: number }) | null;
    const open = left?.openParen ?? 0;
    for (let count = 0; count < open; count++) tokens.push('(');
    if (left !== null && ('field' in left || 'fn' in left)) tokens.push(left as Comparison);
    const close = left?.closeParen ?? 0;
    for (let count = 0; count < close; count++) tokens.push(')');
    if ('operator' in rest) {
      tokens.push(rest.operator);
      rest = rest.right;
    } else rest = undefined;
  }
  return tokens;
}

function malformed(context: QueryContext, token?: string): Error {
  return soqlError('MALFORMED_QUERY', `unexpected token: '${token ?? ')'}'`, context.soql, undefined);
}

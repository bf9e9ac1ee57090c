import { createRequire } from 'node:module';

import type { Query } from '@jetstreamapp/soql-parser-js';

import { RestError } from '../http/rest-error.ts';
import { markBinds, unmarkBinds } from './conditions/bind-marks.ts';
import { offsetOf, soqlError } from './soql-error.ts';

/** Longest query Salesforce takes (SOQL and SOSL limits), in characters. */
const MAX_LENGTH = 100_000;
const KEPT = 500;
const kept = new Map<string, Query>();

type ParserModule = typeof import('@jetstreamapp/soql-parser-js', { with: { 'resolution-mode': 'require' } });
let parserModule: ParserModule | undefined;

/**
 * The parser, loaded when the first query comes: it costs more than the rest of the local org's start. By `require`,
 * because Apex runs its queries synchronously.
 */
function parser(): ParserModule {
  parserModule ??= createRequire(import.meta.url)('@jetstreamapp/soql-parser-js') as ParserModule;
  return parserModule;
}

/**
 * Parses a query; what was parsed lately is not parsed again, so the tree must not be changed.
 * @param binds whether it may have bind variables, as in Apex
 * @throws RestError 400 MALFORMED_QUERY
 */
export function parseSoql(soql: string, binds = false): Query {
  const key = `${binds ? ':' : ' '}${soql}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (soql.length > MAX_LENGTH)
    throw new RestError(400, 'QUERY_TOO_COMPLICATED', 'SOQL statements cannot be longer than 100,000 characters.');
  let query: Query;
  try {
    query = parser().parseQuery(binds ? markBinds(soql) : soql);
  } catch (error) {
    throw malformed(soql, error);
  }
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, query);
  return query;
}

function malformed(soql: string, error: unknown): RestError {
  const text = unmarkBinds(error instanceof Error ? error.message : String(error));
  if (soql.trim() === '') return new RestError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const offset = /at offset: (\d+)/.exec(text)?.[1];
  if (offset !== undefined) {
    const at = Number(offset);
    return soqlError('MALFORMED_QUERY', `unexpected token: '${soql.charAt(at)}'`, soql, at);
  }
  const token = (/found --> '(.*?)' <--/s.exec(text) ?? /found: '?(.*?)'?$/s.exec(text))?.[1];
  if (token === undefined || token === '') {
    return soqlError('MALFORMED_QUERY', 'unexpected token: <EOF>', soql, soql.length);
  }
  return soqlError(
    'MALFORMED_QUERY',
    `unexpected token: '${token}'`,
    soql,
    offsetOf(soql, token) ?? soql.lastIndexOf(token),
  );
}

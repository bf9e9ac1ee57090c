import { createHash } from 'node:crypto';
import type { CompilationUnit, Position } from './ast.ts';

export interface SyntaxProblem extends Position {
  readonly message: string;
}

/** A parsed source, or the first reason why it is none. */
export type ParseResult =
  | { readonly ok: true; readonly unit: CompilationUnit }
  | { readonly ok: false; readonly problem: SyntaxProblem };

const cacheSize = 2000;
const cache = new Map<string, ParseResult>();

/**
 * Parses one class or trigger. Results are kept by content hash, so that a deploy of unchanged sources costs no parse.
 * The grammar (18 MB) is loaded at the first call.
 */
export async function parseApex(kind: 'class' | 'trigger', source: string): Promise<ParseResult> {
  const key = createHash('sha256').update(kind).update('\0').update(source).digest('base64');
  const known = cache.get(key);
  if (known !== undefined) return known;
  const { parseWithGrammar } = await import('./parse-with-grammar.ts');
  const result = parseWithGrammar(kind, source);
  const oldest = cache.size >= cacheSize ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
  cache.set(key, result);
  return result;
}

import { createHash } from 'node:crypto';
import type { UnitKind } from '../compilation.ts';
import type { CompilationUnit, Position } from './ast/ast.ts';
import { isOutOfStack, nestingProblem, outOfStack } from './nesting.ts';

export interface SyntaxProblem extends Position {
  readonly message: string;
}

/** A parsed source, or the first reason why it is none. */
export type ParseResult =
  | { readonly ok: true; readonly unit: CompilationUnit }
  | { readonly ok: false; readonly problem: SyntaxProblem };

/** Of the syntax tree in `ast.ts`: to be raised with every change there. */
const SHAPE = 1;

const cacheSize = 2000;
const cache = new Map<string, ParseResult>();

/**
 * Parses one class or trigger. Results are kept by content hash, so that a deploy of unchanged sources costs no parse.
 * The grammar (18 MB) is loaded at the first call.
 */
export async function parseApex(kind: UnitKind, source: string): Promise<ParseResult> {
  const key = parseKey(kind, source);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const { parseWithGrammar } = await import('./parse-with-grammar.ts');
  const result = guarded(source, () => parseWithGrammar(kind, source));
  keep(key, result);
  return result;
}

function guarded(source: string, parse: () => ParseResult): ParseResult {
  const problem = nestingProblem(source);
  if (problem !== undefined) return { ok: false, problem };
  try {
    return parse();
  } catch (error) {
    if (!isOutOfStack(error)) throw error;
    return { ok: false, problem: outOfStack() };
  }
}

/** What a source was parsed to lately; undefined where it was not. */
export function parsedApex(kind: UnitKind, source: string): ParseResult | undefined {
  return cache.get(parseKey(kind, source));
}

/** Tells sources apart; changes with the shape of what parsing gives. */
export function parseKey(kind: UnitKind, source: string): string {
  return createHash('sha256').update(`${SHAPE} ${kind}\0`).update(source).digest('base64');
}

/** Gives back what a former process parsed. */
export function keepParsed(kind: UnitKind, source: string, result: ParseResult): void {
  keep(parseKey(kind, source), result);
}

function keep(key: string, result: ParseResult): void {
  const oldest = cache.size >= cacheSize ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
  cache.set(key, result);
}

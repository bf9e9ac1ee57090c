import { ApexErrorListener, ApexLexer, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';

/** Apex bodies of a blueprint, by path. */
export function apexFiles(blueprint: Blueprint): [string, string][] {
  return blueprint.components
    .flatMap(({ files }) => files)
    .filter(({ path }) => /\.(?:cls|trigger)$/.test(path))
    .map(({ path, content }) => [path, content]);
}

interface ParsedApex {
  errors: string[];
  /** Values of the string literals, in order. */
  literals: string[];
  tokens: number;
}

/** Variants share most of their files, and parsing is what takes time. */
const parsed = new Map<string, ParsedApex>();

/** What an independent Apex grammar makes of a file: its syntax errors and the texts of its string literals. */
export function parseApex(path: string, source: string): ParsedApex {
  const known = parsed.get(source) ?? parse(path, source);
  parsed.set(source, known);
  return known;
}

function parse(path: string, source: string): ParsedApex {
  const errors: string[] = [];
  class Listener extends ApexErrorListener {
    override apexSyntaxError(line: number, column: number, message: string): void {
      errors.push(`${path}:${line}:${column}: ${message}`);
    }
  }
  const { lexer, parser } = ApexParserFactory.createLexerAndParser(source, new Listener());
  if (path.endsWith('.trigger')) parser.triggerUnit();
  else parser.compilationUnit();
  lexer.reset();
  const tokens = lexer.getAllTokens().filter(({ channel }) => channel === 0);
  const literals = tokens.filter(({ type }) => type === ApexLexer.StringLiteral).map(({ text }) => decode(text ?? ''));
  return { errors, literals, tokens: tokens.length };
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The value of an Apex string literal. */
function decode(literal: string): string {
  return literal
    .slice(1, -1)
    .replaceAll(/\\(?:u([0-9A-Fa-f]{4})|(.))/g, (_, code: string | undefined, character: string) =>
      code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}

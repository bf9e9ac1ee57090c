import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { ApexParser, ApexToken } from '@apexdevtools/apex-parser';
import type { UnitKind } from '../compilation.ts';
import type { CompilationUnit } from './ast/ast.ts';
import type { ParseResult, SyntaxProblem } from './parse-apex.ts';
import { readAnonymousUnit, readCompilationUnit, readTriggerUnit } from './read/read-declarations.ts';
import { findOpenComment, wordLexerError, wordParserError } from './syntax-errors.ts';
import { StrayTokenError } from './tree.ts';

type SyntaxErrorArguments = Parameters<ApexErrorListener['syntaxError']>;

/** Collects what lexer and parser complain about, reworded as Salesforce does; the first one counts. */
class ProblemCollector extends ApexErrorListener {
  readonly problems: SyntaxProblem[] = [];
  readonly source: string;

  constructor(source: string) {
    super();
    this.source = source;
  }

  override syntaxError(...[recognizer, symbol, line, column, message]: SyntaxErrorArguments): void {
    const token: ApexToken | undefined = typeof symbol === 'object' ? (symbol ?? undefined) : undefined;
    this.problems.push(
      token === undefined
        ? wordLexerError(this.source, line, column, message)
        : wordParserError(recognizer, token, message),
    );
  }

  override apexSyntaxError(line: number, column: number, message: string): void {
    this.problems.push({ line, column: column + 1, message });
  }
}

function runGrammar<T>(
  source: string,
  rule: (parser: ApexParser) => T,
): { tree: T; problem: SyntaxProblem | undefined } {
  const collector = new ProblemCollector(source);
  const { parser } = ApexParserFactory.createLexerAndParser(source, collector);
  const tree = rule(parser);
  const [problem] = collector.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { tree, problem };
}

function offsetOf(source: string, problem: SyntaxProblem): number {
  const lines = source.split('\n').slice(0, problem.line - 1);
  return lines.reduce((sum, line) => sum + line.length + 1, 0) + problem.column - 1;
}

/**
 * The grammar decides at `(` whether a call follows, and looks through all of its arguments to do so: a fault inside them
 * is reported at the bracket. The arguments by themselves tell where it is.
 */
function locateInArguments(source: string, problem: SyntaxProblem): SyntaxProblem {
  if (problem.message !== "Missing ';' at '('") return problem;
  const rest = source.slice(offsetOf(source, problem));
  const { problem: inner } = runGrammar(rest, (parser) => parser.arguments());
  if (inner === undefined || (inner.line === 1 && inner.column === 1)) return problem;
  const located = locateInArguments(rest, inner);
  return {
    message: located.message,
    line: problem.line + located.line - 1,
    column: located.line === 1 ? problem.column + located.column - 1 : located.column,
  };
}

function read(build: () => CompilationUnit): ParseResult {
  try {
    return { ok: true, unit: build() };
  } catch (error) {
    if (!(error instanceof StrayTokenError)) throw error;
    return { ok: false, problem: { ...error.at, message: error.message } };
  }
}

/** The grammar's rule of each kind of source, and the reader of its tree. */
const rules: Readonly<Record<UnitKind, (parser: ApexParser) => () => CompilationUnit>> = {
  class: (parser) => {
    const tree = parser.compilationUnit();
    return () => readCompilationUnit(tree);
  },
  trigger: (parser) => {
    const tree = parser.triggerUnit();
    return () => readTriggerUnit(tree);
  },
  anonymous: (parser) => {
    const tree = parser.anonymousUnit();
    return () => readAnonymousUnit(tree);
  },
};

export function parseWithGrammar(kind: UnitKind, source: string): ParseResult {
  const { tree: build, problem } = runGrammar(source, rules[kind]);
  if (problem !== undefined) {
    return { ok: false, problem: locateInArguments(source, findOpenComment(source, problem)) };
  }
  return read(build);
}

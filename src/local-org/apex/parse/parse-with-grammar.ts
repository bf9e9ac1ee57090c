import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import type { ParseResult, SyntaxProblem } from './parse-apex.ts';
import { readCompilationUnit, readTriggerUnit } from './read-declarations.ts';
import { findOpenComment, wordLexerError, wordParserError } from './syntax-errors.ts';

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

export function parseWithGrammar(kind: 'class' | 'trigger', source: string): ParseResult {
  const collector = new ProblemCollector(source);
  const { parser } = ApexParserFactory.createLexerAndParser(source, collector);
  const tree = kind === 'class' ? parser.compilationUnit() : parser.triggerUnit();
  const [first] = collector.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (first !== undefined) return { ok: false, problem: findOpenComment(source, first) };
  return { ok: true, unit: 'typeDeclaration' in tree ? readCompilationUnit(tree) : readTriggerUnit(tree) };
}

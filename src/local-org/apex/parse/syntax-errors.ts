import type { ApexErrorListener, ApexParserRuleContext, ApexToken } from '@apexdevtools/apex-parser';
import {
  BlockContext,
  ClassBodyContext,
  SwitchStatementContext,
  TriggerBlockContext,
  TryStatementContext,
} from '@apexdevtools/apex-parser';
import type { SyntaxProblem } from './parse-apex.ts';

type Recognizer = Parameters<ApexErrorListener['syntaxError']>[0];

/** What of the parser's state tells one kind of error from another. */
interface ParserState {
  readonly _ctx?: ApexParserRuleContext;
  readonly _input?: { LT(offset: number): ApexToken };
}

function textOf(token: ApexToken): string {
  return token.type < 0 ? '<EOF>' : token.text;
}

function placeOf(token: ApexToken): { line: number; column: number } {
  return { line: token.line, column: token.column + 1 };
}

/** `missing ';' at 'x'` of ANTLR names the token it wants first. */
const missing = /^missing (\S+) at /;
/** `extraneous input 'x' expecting '}'` and `mismatched input 'x' expecting ';'` name what one alternative wanted. */
const expectingOne = /^(?:mismatched|extraneous) input .* expecting ('[^']+'|<EOF>|[A-Z]+)$/s;
const binaryOperators = new Set([
  '+',
  '-',
  '*',
  '/',
  '&&',
  '||',
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '&',
  '|',
  '^',
  '??',
  '=',
]);
const endings = new Set([';', ')', ']', '}', ',']);

function unquote(name: string): string {
  return name.replace(/^'(.*)'$/s, '$1');
}

/** Rules Salesforce's grammar leaves open and its compiler closes, with the statement as the place. */
function wordIncompleteStatement(
  context: ApexParserRuleContext | undefined,
  message: string,
): SyntaxProblem | undefined {
  if (context instanceof SwitchStatementContext && message.endsWith("expecting 'when'")) {
    return { ...placeOf(context.start), message: 'Switch statement requires at least one when block' };
  }
  if (context instanceof TryStatementContext && message.includes("{'catch', 'finally'}")) {
    return {
      ...placeOf(context.start),
      message: 'Try block must have at least one catch block or a finally block',
    };
  }
  return undefined;
}

/** A token no statement or member can begin with: one too many where the block's end follows, else a missing end. */
function wordInBlock(
  context: ApexParserRuleContext | undefined,
  next: ApexToken | undefined,
  token: ApexToken,
): string | undefined {
  const inBlock =
    context instanceof BlockContext || context instanceof ClassBodyContext || context instanceof TriggerBlockContext;
  if (!inBlock) return undefined;
  const found = textOf(token);
  return next?.text === '}' && found !== '<EOF>' ? `Extra '}', at '${found}'.` : `Expecting '}' but was: '${found}'`;
}

function wordSingle(wanted: string, message: string, found: string): string {
  if (wanted === '<EOF>')
    return message.startsWith('extraneous') ? `Extra '<EOF>', at '${found}'.` : `Missing '<EOF>' at '${found}'`;
  return message.startsWith('extraneous')
    ? `Extra '${wanted}', at '${found}'.`
    : `Expecting '${wanted}' but was: '${found}'`;
}

/**
 * Words what the parser could not read as Salesforce's compiler does: `Missing ';' at 'x'`, `Expecting '}' but was: 'x'`,
 * `Unexpected token 'x'.`; a surplus token behind the end is `Extra`.
 */
export function wordParserError(recognizer: Recognizer, token: ApexToken, message: string): SyntaxProblem {
  const state: ParserState = recognizer as object;
  const incomplete = wordIncompleteStatement(state._ctx, message);
  if (incomplete !== undefined) return incomplete;
  const place = placeOf(token);
  const found = textOf(token);
  const next = state._input?.LT(1) === token ? state._input.LT(2) : undefined;
  if (next !== undefined && binaryOperators.has(found) && endings.has(next.text)) {
    return { ...placeOf(next), message: `Unexpected token '${next.text}'.` };
  }
  const wanted = missing.exec(message)?.[1];
  if (wanted !== undefined) return { ...place, message: `Missing '${unquote(wanted)}' at '${found}'` };
  const one = expectingOne.exec(message)?.[1];
  if (one !== undefined) return { ...place, message: wordSingle(unquote(one), message, found) };
  return { ...place, message: wordInBlock(state._ctx, next, token) ?? `Unexpected token '${found}'.` };
}

/** An open comment reaches the parser as a division and a multiplication sign. */
export function findOpenComment(source: string, problem: SyntaxProblem): SyntaxProblem {
  const line = source.split(/\r\n|\r|\n/)[problem.line - 1] ?? '';
  if (!line.slice(problem.column - 1).startsWith('/*')) return problem;
  return { ...problem, message: 'Missing closing mark */ on multi-line comment.' };
}

/** Words what the lexer could not read: an open string, a bad escape, a character Apex does not have. */
export function wordLexerError(source: string, line: number, column: number, message: string): SyntaxProblem {
  const place = { line, column: column + 1 };
  const lineText = source.split(/\r\n|\r|\n/)[line - 1] ?? '';
  const rest = lineText.slice(column);
  if (rest.startsWith("'")) {
    const escape = /^'(?:[^'\\]|\\[btnfr"'\\u])*\\([^btnfr"'\\u])/i.exec(rest)?.[1];
    if (escape !== undefined) {
      const literal = (/^'(?:[^'\\]|\\.)*'?/.exec(rest)?.[0] ?? rest).replaceAll("'", '');
      return {
        ...place,
        message: `Invalid string literal '${literal}'. Illegal character sequence '\\${escape}' in string literal.`,
      };
    }
    return { ...place, message: "Missing closing quote character ' on string." };
  }
  const symbol = rest.charAt(0);
  if (symbol === '') return { ...place, message };
  if ('#%`'.includes(symbol)) {
    return { ...place, message: `Found punctuation symbol or operator '${symbol}' that isn't valid in Apex.` };
  }
  return { ...place, message: `Unrecognized symbol '${symbol}', which is not a valid Apex identifier.` };
}

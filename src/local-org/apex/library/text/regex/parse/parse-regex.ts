import { isLineEnd, single } from './char-sets.ts';
import { parseClass } from './parse-class.ts';
import { parseEscape } from './parse-escape.ts';
import { parseGroup } from './parse-group.ts';
import { PatternReader } from './pattern-reader.ts';
import { emptyNode } from '../regex-node.ts';
import type { RegexNode, RepeatMode } from '../regex-node.ts';
import { lineEnd, lineStart, regionStart } from '../place-tests.ts';

/** An expression as parsed, how many groups it has, and which of them have names. */
export interface ParsedRegex {
  readonly root: RegexNode;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/**
 * Parses Java's regular expressions (java.util.regex.Pattern of JDK 17).
 * @throws ApexThrown System.StringException `Invalid regex: …`, also for the few things that are not done here
 */
export function parseRegex(pattern: string): ParsedRegex {
  const reader = new PatternReader(pattern);
  const root = parseChoice(reader);
  if (reader.peek() === ')') throw reader.error("Unmatched closing ')'", reader.at - 1);
  return { root, groups: reader.groups, names: reader.names };
}

/** Branches up to the end or to the bracket that closes the group, which is left to the caller. */
export function parseChoice(reader: PatternReader): RegexNode {
  const branches = [parseSequence(reader)];
  while (reader.accept('|')) branches.push(parseSequence(reader));
  const [first = emptyNode] = branches;
  return branches.length === 1 ? first : choiceOf(branches);
}

/** Branches of one character each are a set: that needs no way back. */
function choiceOf(branches: readonly RegexNode[]): RegexNode {
  const tests = branches.flatMap((branch) => (branch.kind === 'char' ? [branch.test] : []));
  if (tests.length < branches.length) return { kind: 'choice', branches };
  return { kind: 'char', test: (char) => tests.some((test) => test(char)) };
}

function parseSequence(reader: PatternReader): RegexNode {
  const parts: RegexNode[] = [];
  for (;;) {
    const char = reader.peek();
    if (char === '' || char === '|' || char === ')') break;
    if (char === '*' || char === '+' || char === '?') {
      throw reader.error(`Dangling meta character '${char}'`, reader.at);
    }
    const atom = parseAtom(reader);
    if (atom !== undefined) parts.push(parseRepeat(reader, atom));
  }
  const [first = emptyNode] = parts;
  return parts.length === 1 ? first : { kind: 'sequence', parts };
}

/** @returns undefined for flags, which are no part of their own */
function parseAtom(reader: PatternReader): RegexNode | undefined {
  const { flags } = reader;
  // A count with nothing before it repeats nothing.
  if (reader.peek() === '{') return emptyNode;
  const char = reader.next();
  switch (char) {
    case '(':
      return parseGroup(reader, parseChoice);
    case '[':
      return { kind: 'char', test: parseClass(reader) };
    case '\\':
      return parseEscape(reader);
    case '.':
      return { kind: 'char', test: flags.dotAll ? () => true : (one) => !isLineEnd(one, flags) };
    case '^':
      return { kind: 'place', test: flags.multiline ? lineStart(flags) : regionStart };
    case '$':
      return { kind: 'place', test: lineEnd(flags, flags.multiline) };
    default:
      return { kind: 'char', test: single(char.codePointAt(0) ?? 0, flags) };
  }
}

function parseRepeat(reader: PatternReader, body: RegexNode): RegexNode {
  const counts = parseCounts(reader);
  if (counts === undefined) return body;
  const mode: RepeatMode = reader.accept('?') ? 'lazy' : reader.accept('+') ? 'possessive' : 'greedy';
  return { kind: 'repeat', body, ...counts, mode };
}

function parseCounts(reader: PatternReader): { min: number; max: number } | undefined {
  if (reader.accept('?')) return { min: 0, max: 1 };
  if (reader.accept('*')) return { min: 0, max: Infinity };
  if (reader.accept('+')) return { min: 1, max: Infinity };
  if (reader.peek() !== '{') return undefined;
  const start = reader.at;
  if (!/\d/.test(reader.pointAt(start + 1))) throw reader.error('Illegal repetition', start);
  const [, least = '', comma = '', most = ''] = reader.take(/\{(\d+)(,?)(\d*)/y) ?? [];
  if (!reader.accept('}')) throw reader.error('Unclosed counted closure', reader.at);
  const min = Number(least);
  const max = comma === '' ? min : most === '' ? Infinity : Number(most);
  if (max < min || min > 0x7f_ff_ff_ff) throw reader.error('Illegal repetition range', reader.at - 1);
  return { min, max };
}

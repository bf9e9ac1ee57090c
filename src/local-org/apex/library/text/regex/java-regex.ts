import { ApexThrown } from '../../../values/exception.ts';
import { tooComplicated } from './attempt.ts';
import type { Attempt } from './attempt.ts';
import { compile } from './compile-regex.ts';
import { parseRegex } from './parse/parse-regex.ts';
import { regionStart } from './place-tests.ts';
import type { RegexNode } from './regex-node.ts';
import type { Step } from './step.ts';
import { accept } from './step.ts';
import { widthOf } from './width.ts';

/** A regular expression of Java, ready to be matched. */
export interface JavaRegex {
  readonly pattern: string;
  readonly groups: number;
  /** Numbers of groups by name. */
  readonly names: ReadonlyMap<string, number>;
  readonly start: Step;
  /** The least number of UTF-16 units it matches. */
  readonly minWidth: number;
  /** Whether the pattern has no signs with a meaning, so that it is the text that is looked for. */
  readonly literal: boolean;
  /** Whether it begins with `^` or `\A`, so that there is one place only to look at. */
  readonly anchored: boolean;
  /** Whether the pattern has characters of two UTF-16 units; only then does a search begin between no two of them. */
  readonly supplementary: boolean;
}

const compiled = new Map<string, JavaRegex>();
const maxCompiled = 500;

/** @throws ApexThrown System.StringException `Invalid regex: …` */
export function javaRegex(pattern: string): JavaRegex {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = compileRegex(pattern);
    // The oldest goes: programs may make patterns of their data.
    for (const oldest of compiled.keys()) {
      if (compiled.size < maxCompiled) break;
      compiled.delete(oldest);
    }
    compiled.set(pattern, regex);
  }
  return regex;
}

function compileRegex(pattern: string): JavaRegex {
  const { root, groups, names } = parseRegex(pattern);
  const start = compile(root, (attempt, at) => (!attempt.whole || at === attempt.to) && accept(attempt, at), {
    loops: 0,
  });
  const literal = /^[^\\^$.|?*+()[\]{}]+$/.test(pattern);
  return {
    pattern,
    groups,
    names,
    start,
    minWidth: widthOf(root).min,
    literal,
    anchored: isAnchored(root),
    supplementary: /[\u{10000}-\u{10ffff}]/u.test(pattern),
  };
}

function isAnchored(node: RegexNode): boolean {
  if (node.kind === 'place') return node.test === regionStart;
  const first = node.kind === 'sequence' ? node.parts[0] : undefined;
  return first !== undefined && isAnchored(first);
}

/**
 * Whether the expression matches from a place: the whole region, or as much of it as it takes.
 * @throws ApexThrown System.LimitException `Regex too complicated`
 */
export function matchFrom(regex: JavaRegex, attempt: Attempt, at: number, whole: boolean): boolean {
  begin(regex, attempt, whole);
  return started(regex, attempt, at);
}

/** Looks for the first match from a place on. @throws as `matchFrom` */
export function search(regex: JavaRegex, attempt: Attempt, from: number): boolean {
  begin(regex, attempt, false);
  if (regex.literal) return searchText(regex, attempt, from);
  if (regex.anchored) return started(regex, attempt, from);
  const last = attempt.to - regex.minWidth;
  for (let at = from; at <= last; at += 1) {
    if (regex.supplementary && isInsidePair(attempt.text, at, from)) continue;
    if (started(regex, attempt, at)) return true;
  }
  attempt.hitEnd = true;
  return false;
}

function begin(regex: JavaRegex, attempt: Attempt, whole: boolean): void {
  attempt.groups = Array.from({ length: (regex.groups + 1) * 2 }, () => -1);
  attempt.opened = [];
  attempt.rounds = [];
  attempt.roundStarts = [];
  attempt.whole = whole;
  attempt.hitEnd = false;
  attempt.requireEnd = false;
}

function started(regex: JavaRegex, attempt: Attempt, at: number): boolean {
  if (!guarded(regex.start, attempt, at)) return false;
  attempt.groups[0] = at;
  attempt.groups[1] = attempt.end;
  return true;
}

/** The way back is kept on the stack; where it is too long for that, Salesforce gives up too. */
function guarded(step: Step, attempt: Attempt, at: number): boolean {
  try {
    return step(attempt, at);
  } catch (error) {
    if (error instanceof RangeError && !(error instanceof ApexThrown)) throw tooComplicated();
    throw error;
  }
}

function searchText({ pattern }: JavaRegex, attempt: Attempt, from: number): boolean {
  const found = attempt.text.indexOf(pattern, from);
  if (found < 0 || found + pattern.length > attempt.to) {
    attempt.hitEnd = true;
    return false;
  }
  attempt.end = found + pattern.length;
  attempt.groups = [found, attempt.end];
  return true;
}

function isInsidePair(text: string, at: number, from: number): boolean {
  return at > from && (text.codePointAt(at - 1) ?? 0) > 0xff_ff;
}

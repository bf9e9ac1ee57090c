import { complement, intersection, range, single, union } from './char-sets.ts';
import { parseCharEscape, parseSetEscape } from './parse-escape.ts';
import type { PatternReader } from './pattern-reader.ts';
import type { CharTest } from '../regex-node.ts';

/** A class in square brackets, the first of which has been taken. */
export function parseClass(reader: PatternReader): CharTest {
  const negated = reader.accept('^');
  const set = parseMembers(reader);
  reader.next();
  return negated ? complement(set) : set;
}

/** Everything up to the closing bracket, which is left. */
function parseMembers(reader: PatternReader): CharTest {
  let set: CharTest | undefined;
  for (;;) {
    const char = reader.peek();
    if (char === '') throw reader.error('Unclosed character class', reader.pattern.length - 1);
    // A bracket that comes first is a member.
    if (char === ']' && set !== undefined) return set;
    if (reader.accept('&&')) set = intersected(reader, set);
    else if (reader.accept('[')) set = union(set, parseClass(reader));
    else set = union(set, parseMember(reader));
  }
}

/** What stands after `&&`, taken together with what stood before it. */
function intersected(reader: PatternReader, left: CharTest | undefined): CharTest {
  let right: CharTest | undefined;
  for (;;) {
    const char = reader.peek();
    if (char === '' || char === ']' || char === '&') break;
    right = reader.accept('[') ? union(right, parseClass(reader)) : parseMembers(reader);
  }
  if (left === undefined) {
    if (right === undefined) throw reader.error('Bad class syntax');
    return right;
  }
  return right === undefined ? left : intersection(left, right);
}

/** One character, a range of them, or a set with a name. */
function parseMember(reader: PatternReader): CharTest {
  const set = reader.peek() === '\\' ? parseSetEscape(reader) : undefined;
  if (set !== undefined) return set;
  const first = parseChar(reader);
  const after = reader.peek() === '-' ? reader.pointAt(reader.at + 1) : '';
  if (after === '' || after === ']' || after === '[') return single(first, reader.flags);
  reader.next();
  const last = parseChar(reader);
  if (last < first) throw reader.error('Illegal character range');
  return range(first, last, reader.flags);
}

function parseChar(reader: PatternReader): number {
  return reader.accept('\\') ? parseCharEscape(reader) : (reader.next().codePointAt(0) ?? 0);
}

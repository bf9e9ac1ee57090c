import type { PatternReader } from './pattern-reader.ts';
import { withFlag } from './regex-flags.ts';
import type { RegexNode } from '../regex-node.ts';
import { widthOf } from '../width.ts';

type Parse = (reader: PatternReader) => RegexNode;

/**
 * What begins with a bracket, which has been taken.
 * @returns undefined for flags that hold from here to the end of the group around
 */
export function parseGroup(reader: PatternReader, parseChoice: Parse): RegexNode | undefined {
  if (!reader.accept('?')) return capture(reader, parseChoice);
  if (reader.accept('<')) return parseAngled(reader, parseChoice);
  if (reader.accept(':')) return closed(reader, parseChoice);
  if (reader.accept('>')) return { kind: 'atomic', body: closed(reader, parseChoice) };
  if (reader.accept('='))
    return { kind: 'look', direction: 'ahead', negative: false, body: closed(reader, parseChoice) };
  if (reader.accept('!'))
    return { kind: 'look', direction: 'ahead', negative: true, body: closed(reader, parseChoice) };
  return parseFlags(reader, parseChoice);
}

function capture(reader: PatternReader, parseChoice: Parse): RegexNode {
  reader.groups += 1;
  const group = reader.groups;
  return { kind: 'capture', group, body: closed(reader, parseChoice) };
}

/** A group's branches and its closing bracket; flags that are set within end with it. */
function closed(reader: PatternReader, parseChoice: Parse, outer = reader.flags): RegexNode {
  const body = parseChoice(reader);
  if (!reader.accept(')')) throw reader.error('Unclosed group', reader.pattern.length);
  reader.flags = outer;
  return body;
}

/** After `(?<`: look-behind, or a group with a name. */
function parseAngled(reader: PatternReader, parseChoice: Parse): RegexNode {
  if (reader.accept('=')) return lookBehind(reader, parseChoice, false);
  if (reader.accept('!')) return lookBehind(reader, parseChoice, true);
  const [name] = reader.take(/[A-Za-z][A-Za-z0-9]*/y) ?? [];
  if (name === undefined) throw reader.error('Unknown look-behind group', reader.at);
  if (!reader.accept('>')) throw reader.error("named capturing group is missing trailing '>'", reader.at);
  if (reader.names.has(name)) throw reader.error(`Named capturing group <${name}> is already defined`);
  reader.names.set(name, reader.groups + 1);
  return capture(reader, parseChoice);
}

function lookBehind(reader: PatternReader, parseChoice: Parse, negative: boolean): RegexNode {
  const body = closed(reader, parseChoice);
  if (widthOf(body).max === Infinity) throw reader.error('Look-behind group does not have an obvious maximum length');
  return { kind: 'look', direction: 'behind', negative, body };
}

/** `i-s:…)` or `i-s)` */
function parseFlags(reader: PatternReader, parseChoice: Parse): RegexNode | undefined {
  const outer = reader.flags;
  let inner = outer;
  let on = true;
  for (;;) {
    const letter = reader.pointAt(reader.at);
    reader.at += letter.length;
    if (letter === ')' || letter === ':') {
      reader.flags = inner;
      return letter === ')' ? undefined : closed(reader, parseChoice, outer);
    }
    if (letter === '-' && on) on = false;
    else {
      const changed = withFlag(inner, letter, on);
      if (changed === undefined) throw reader.error('Unknown inline modifier');
      inner = changed;
    }
  }
}

import type { SyntaxProblem } from './parse-apex.ts';

/** Levels of brackets, and of type arguments, that the compiler takes: it works by recursion, and must not run out of stack. */
const MAX_BRACKETS = 150;
const MAX_TYPE_ARGUMENTS = 30;

/** Strings and comments, in which brackets count for nothing, and the brackets themselves. */
const tokens = /'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[([{]|[)\]}]/g;

/** `List<Map<Id, Set<…`: types within types, which no comparison looks like. */
const typeArguments = new RegExp(String.raw`(?:\b\w+\s*<\s*(?:[\w.]+\s*,\s*)*){${MAX_TYPE_ARGUMENTS + 1}}`);

function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

function tooDeep(source: string, offset: number): SyntaxProblem {
  return { message: 'The code is nested too deep for the compiler of the local org.', ...placeOf(source, offset) };
}

/** The place where code is nested deeper than the compiler can follow; undefined in all usual code. */
export function nestingProblem(source: string): SyntaxProblem | undefined {
  let depth = 0;
  for (const match of source.matchAll(tokens)) {
    const [text] = match;
    if ('([{'.includes(text)) depth += 1;
    else if (')]}'.includes(text)) depth -= 1;
    if (depth > MAX_BRACKETS) return tooDeep(source, match.index);
  }
  const types = typeArguments.exec(source);
  return types === null ? undefined : tooDeep(source, types.index);
}

/** What is said where the stack ends all the same: chains of operators have no brackets to count. */
export function outOfStack(): SyntaxProblem {
  return { message: 'The code is too complex for the compiler of the local org.', line: 1, column: 1 };
}

/** Whether an error is the host's complaint about the depth of its stack. */
export function isOutOfStack(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

import { oneLine, plainText } from './plain-text.ts';

/**
 * What Markdown renderers, GitHub's foremost, turn into a link or a mention wherever it stands: in code alone they leave it.
 * Names with underscores are there because they read better so.
 */
const onlyInCode = /[@_#]|:\/\/|www\.|GH-\d/i;
const markup = /[&<>\\*[\]~$@_#`|]/g;

/** Text from outside as one line of Markdown, fit for a cell of a table: it reads the same and means nothing. */
export function inlineText(text: string): string {
  const line = oneLine(text).replace(/[^\s|`]+|[|`]/g, (part) =>
    onlyInCode.test(part) ? codeWord(part) : escaped(part),
  );
  return line
    .replace(/^[-+=]/, entity)
    .replace(/^(\d+)([.)])/, (_all, digits: string, mark: string) => digits + entity(mark));
}

/** The word in code, the punctuation around it outside. */
function codeWord(word: string): string {
  const [, before = '', core = '', after = ''] = /^([("'[<]*)(.*?)([.,;:!?)"'\]>]*)$/.exec(word) ?? [];
  return core === '' ? escaped(word) : `${escaped(before)}\`${core}\`${escaped(after)}`;
}

/** A character reference never marks structure, in no dialect of Markdown; a backslash does not do that for a pipe. */
function escaped(text: string): string {
  return text.replace(markup, entity);
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Text from outside as code on one line; not for tables, which split at a pipe even there. */
export function codeSpan(text: string): string {
  const content = oneLine(text);
  const ticks = '`'.repeat(longestRun(content) + 1);
  const gap = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return content === '' ? '' : `${ticks}${gap}${content}${gap}${ticks}`;
}

/** Text from outside as a block of code. */
export function codeBlock(lines: readonly string[]): string {
  const content = plainText(lines.join('\n'));
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}text\n${content}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

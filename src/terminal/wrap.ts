import { stripVTControlCharacters } from 'node:util';

/**
 * Breaks text at spaces so that no line is wider than the screen; a word wider than the screen stays whole, so that URLs and
 * ids can be copied. Lines of the text itself stay lines.
 * @param width columns; 0 leaves the text as it is
 * @param indent what continued lines begin with
 */
export function wrap(text: string, width: number, indent = ''): string {
  if (width <= 0) return text;
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, indent))
    .join('\n');
}

function wrapLine(line: string, width: number, indent: string): string {
  const lines: string[] = [];
  const margin = /^ */.exec(line)?.[0] ?? '';
  let current = margin;
  let empty = true;
  for (const word of line.slice(margin.length).split(' ')) {
    const next = empty ? current + word : `${current} ${word}`;
    if (!empty && visible(next) > width) {
      lines.push(current);
      current = indent + word;
    } else current = next;
    empty = false;
  }
  return [...lines, current].join('\n');
}

function visible(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

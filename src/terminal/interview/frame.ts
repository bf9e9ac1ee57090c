import { safeText } from '../safe-text.ts';
import type { Terminal } from '../terminal.ts';
import { wrap } from '../wrap.ts';

/** What stands around the place where the answer is given; the same for every kind of question. */
export interface Frame {
  /** Progress, why it is asked, the question. */
  above(): string;
  /** Hints, what is wrong, and the keys; `escape` is what Esc does if not going back. */
  below(hints: readonly string[], problem: string | undefined, keys: readonly string[], escape?: string): string;
  columns(): number;
  rows(): number;
}

export interface FrameTexts {
  /** "Question 3 of 9". */
  progress: string;
  explain: string;
  message: string;
  /** There is a former question to go back to. */
  canGoBack: boolean;
}

/** Columns and rows of the screen that questions are drawn on. A terminal that does not know its size says 0. */
export function screenSize(terminal: Terminal): { columns: number; rows: number } {
  const { columns, rows } = terminal.streams.stderr;
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}

/** Makes a text from outside fit for one place on the screen: harmless, without secrets, on one line. */
export function shown(terminal: Terminal, text: string): string {
  return terminal.redactor.redact(oneLine(text));
}

/** A text without line ends and control characters. */
export function oneLine(text: string): string {
  return safeText(text).replaceAll(/\s*[\n\t]\s*/g, ' ');
}

/** Lays out what stands around an answer, for the width the screen has at the moment. */
export function frame(terminal: Terminal, texts: FrameTexts): Frame {
  const colour = terminal.errColour;
  const columns = () => screenSize(terminal).columns;
  const paragraph = (text: string, paint: (line: string) => string) =>
    text === '' ? [] : [painted(wrap(shown(terminal, text), columns()), paint)];
  return {
    columns,
    rows: () => screenSize(terminal).rows,
    above: () =>
      [
        '',
        ...paragraph(texts.progress, colour.dim),
        ...paragraph(texts.explain, colour.dim),
        ...paragraph(texts.message, colour.bold),
      ].join('\n'),
    below: (hints, problem, keys, escape = texts.canGoBack ? 'back' : undefined) =>
      [
        ...hints.flatMap((hint) => paragraph(hint, colour.dim)),
        ...(problem === undefined ? [] : paragraph(`✗ ${problem}`, colour.red)),
        colour.dim(keyLine([...keys, ...(escape === undefined ? [] : [`Esc: ${escape}`]), 'Ctrl-C: leave'], columns())),
      ].join('\n'),
  };
}

/** Colours line by line, so that no colour runs over a line end. */
export function painted(text: string, paint: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => paint(line))
    .join('\n');
}

/** The keys side by side, broken only between two of them. */
function keyLine(keys: readonly string[], columns: number): string {
  const hard = '\u00A0';
  const line = keys.map((key) => key.replaceAll(' ', hard)).join(`${hard}· `);
  return wrap(line, columns)
    .replaceAll(/\u00A0·$/gm, '')
    .replaceAll(hard, ' ');
}

import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

import type { Terminal } from '../terminal.ts';
import { wrap } from '../wrap.ts';
import { screenSize, shown } from './frame.ts';

/** The answered questions, as lines above the one that is open. */
export interface Board {
  /** Adds the line of an answered question. */
  answered(id: string, message: string, answer: string): void;
  /** Takes the last line away if it is that question's, because it is asked again. */
  takeBack(id: string | undefined): void;
  /** Shows what is waited for until the work is done; nothing if there is nothing to wait for. */
  during<T>(work: T | Promise<T>, text: string): Promise<T>;
}

/** @param left ends the waiting, not the work */
export function startBoard(terminal: Terminal, left: AbortSignal): Board {
  const { stderr } = terminal.streams;
  const colour = terminal.errColour;
  const lines: { id: string; line: string }[] = [];
  const columns = () => screenSize(terminal).columns;
  const erase = (text: string) => {
    moveCursor(stderr, 0, -height(text, columns()));
    cursorTo(stderr, 0);
    clearScreenDown(stderr);
  };
  return {
    answered(id, message, answer) {
      const text = `${colour.green('✓')} ${shown(terminal, message)} ${colour.cyan(shown(terminal, answer))}`;
      const line = wrap(text, columns(), '  ');
      lines.push({ id, line });
      terminal.note(line, true);
    },
    takeBack(id) {
      const last = lines.at(-1);
      if (last === undefined || last.id !== id) return;
      lines.pop();
      erase(last.line);
    },
    async during(work, text) {
      if (!(work instanceof Promise)) return work;
      const line = wrap(colour.dim(`… ${shown(terminal, text)}`), columns(), '  ');
      terminal.note(line, true);
      try {
        return await unlessLeft(work, left);
      } finally {
        erase(line);
      }
    },
  };
}

async function unlessLeft<T>(work: Promise<T>, left: AbortSignal): Promise<T> {
  left.throwIfAborted();
  let abort = () => {};
  const leaving = new Promise<never>((_done, failed) => {
    abort = () => {
      failed(left.reason as Error);
    };
    left.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, leaving]);
  } finally {
    left.removeEventListener('abort', abort);
  }
}

/** Rows that a text takes on a screen of that many columns. */
function height(text: string, columns: number): number {
  const rows = text.split('\n').map((line) => Math.max(1, Math.ceil(cells(line) / columns)));
  return rows.reduce((sum, one) => sum + one, 0);
}

/** East Asian characters and emoji take two cells of the screen. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uFF01-\uFF60]/gu;

function cells(line: string): number {
  const plain = stripVTControlCharacters(line);
  return Array.from(plain).length + (plain.match(wide)?.length ?? 0);
}

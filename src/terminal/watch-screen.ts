import type { Key } from 'node:readline';

import { openKeys } from './interview/keys.ts';
import { safeText } from './safe-text.ts';
import type { Terminal } from './terminal.ts';

/** What is watched: lines come in, and single keys do something. */
export interface WatchScreen {
  /** Shows a line on stdout. */
  print(text: string): void;
  /** Shows a line on stderr, for what is said about the others; also under --quiet. */
  note(text: string): void;
  /** Aborted when the person leaves: q, Ctrl-C, Ctrl-D, or the terminal is gone. Never where nobody is at a keyboard. */
  readonly left: AbortSignal;
  /** Gives the terminal back as it was. */
  close(): void;
}

export interface WatchScreenOptions {
  /** What keys do, by the letter; `q` leaves and is not among them. */
  readonly keys: ReadonlyMap<string, () => void>;
  /** The key that asks for a text, what stands before that text, and who is given it; empty for none. */
  readonly question: { readonly key: string; readonly prompt: string; readonly answer: (text: string) => void };
  readonly signal: AbortSignal;
}

/** Opens it; where nobody is at a keyboard, lines are all there is. */
export function openWatchScreen(terminal: Terminal, options: WatchScreenOptions): WatchScreen {
  const plain = {
    print: (text: string) => terminal.result(text),
    note: (text: string) => terminal.note(text, true),
  };
  if (!terminal.mayPrompt) return { ...plain, left: new AbortController().signal, close: () => undefined };
  return attended(terminal, options, plain);
}

function attended(
  terminal: Terminal,
  { keys, question, signal }: WatchScreenOptions,
  plain: Pick<WatchScreen, 'print' | 'note'>,
): WatchScreen {
  const { stdin, stderr } = terminal.streams;
  const keyboard = openKeys(stdin, signal);
  const quit = new AbortController();
  /** What is being written as an answer; undefined while nothing is asked. */
  let answer: string | undefined;
  const draw = () => {
    if (answer !== undefined) stderr.write(`\r\u001B[J${question.prompt}${answer}`);
  };
  const wipe = () => {
    if (answer !== undefined) stderr.write('\r\u001B[J');
  };
  const finish = (text: string | undefined) => {
    wipe();
    answer = undefined;
    if (text !== undefined) question.answer(text);
  };
  const write = (text: string | undefined, key: Key, before: string) => {
    if (key.name === 'return' || key.name === 'enter') return finish(before);
    if (key.name === 'escape') return finish(undefined);
    if (key.name === 'backspace') answer = Array.from(before).slice(0, -1).join('');
    // One row is all that is wiped, so that is all there may be.
    else if (before.length + question.prompt.length < terminal.columns - 2) answer = before + safeText(text ?? '');
    draw();
  };
  const pressed = (text: string | undefined, key: Key) => {
    if (answer !== undefined) return write(text, key, answer);
    if (text === 'q') return quit.abort();
    if (text === question.key) {
      answer = '';
      return draw();
    }
    keys.get(text ?? '')?.();
  };
  keyboard.input.on('keypress', pressed);
  keyboard.flow();
  const around = (show: (text: string) => void) => (text: string) => {
    wipe();
    show(text);
    draw();
  };
  return {
    print: around(plain.print),
    note: around(plain.note),
    left: AbortSignal.any([keyboard.left, quit.signal]),
    close() {
      wipe();
      answer = undefined;
      keyboard.input.off('keypress', pressed);
      keyboard.close();
    },
  };
}

import { createInterface } from 'node:readline';

import type { Terminal } from './terminal.ts';

/** A line that a person writes into while other lines come in above it. */
export interface ChatLine {
  /** What was entered; ends with Ctrl-C, Ctrl-D or the end of stdin. To be read once. */
  readonly lines: AsyncIterable<string>;
  /** Shows a line of the conversation on stdout, above what is being written. */
  print(text: string): void;
  /** The same on stderr, for what is said about the conversation; shown also under --quiet. */
  note(text: string): void;
  /** Gives the terminal back as it was; what was not entered is gone. */
  close(): void;
}

export interface ChatLineOptions {
  /** What stands before the line being written. */
  prompt: string;
  /** Told at each key what stands in the line then; never where nobody is at a keyboard. */
  onEdit: (line: string) => void;
  /** Ends the lines. */
  signal: AbortSignal;
}

/** Opens the line at the bottom of the screen; where nobody is at a keyboard, stdin is read line by line. */
export function openChatLine(terminal: Terminal, options: ChatLineOptions): ChatLine {
  return terminal.mayPrompt ? attended(terminal, options) : piped(terminal, options);
}

function attended(terminal: Terminal, { prompt, onEdit, signal }: ChatLineOptions): ChatLine {
  const { stdin, stderr } = terminal.streams;
  const reader = createInterface({ input: stdin, output: stderr, terminal: true, prompt });
  const lines = reader[Symbol.asyncIterator]();
  const state = { open: true };
  const wipe = () => {
    // The line may have wrapped: all its rows go away.
    const { rows } = reader.getCursorPos();
    stderr.write(`\r${rows === 0 ? '' : `\u001B[${rows}A`}\u001B[J`);
  };
  const above = (write: () => void) => {
    if (!state.open) return write();
    wipe();
    write();
    reader.prompt(true);
  };
  // readline has put the key into the line by then: its own listener was there first.
  const edited = () => onEdit(reader.line);
  const close = () => {
    reader.close();
  };
  stdin.on('keypress', edited);
  reader
    .on('line', () => reader.prompt())
    .on('SIGINT', close)
    .on('close', () => {
      state.open = false;
      stdin.off('keypress', edited);
      signal.removeEventListener('abort', close);
      wipe();
    });
  signal.addEventListener('abort', close, { once: true });
  reader.prompt();
  return {
    lines,
    print: (text) => above(() => terminal.result(text)),
    note: (text) => above(() => terminal.note(text, true)),
    close,
  };
}

function piped(terminal: Terminal, { signal }: ChatLineOptions): ChatLine {
  const reader = createInterface({ input: terminal.streams.stdin, crlfDelay: Infinity });
  const lines = reader[Symbol.asyncIterator]();
  const close = () => {
    reader.close();
  };
  signal.addEventListener('abort', close, { once: true });
  reader.on('close', () => signal.removeEventListener('abort', close));
  return {
    lines,
    print: (text) => terminal.result(text),
    note: (text) => terminal.note(text, true),
    close,
  };
}

import xterm from '@xterm/headless';

/** What a person sees of the bytes a program has written. */
export interface Screen {
  write(bytes: Buffer): void;
  /** The visible rows, without the spaces at their ends. */
  screen: () => string;
  /** The same with all that has scrolled out above. */
  everything: () => string;
  /** The bytes as they came. */
  raw: () => string;
  cursorVisible(): boolean;
  /** Resolves when all that was written is drawn. */
  settled(): Promise<void>;
}

/** @param answer sends what a terminal answers when it is asked (where its cursor is, for one) */
export function startScreen(columns: number, rows: number, answer: (reply: string) => void): Screen {
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  emulator.onData(answer);
  const chunks: Buffer[] = [];
  const text = (from: number) => {
    const buffer = emulator.buffer.active;
    const lines: string[] = [];
    for (let row = from; row < buffer.length; row++) lines.push(buffer.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  };
  const raw = () => Buffer.concat(chunks).toString('utf8');
  return {
    write(bytes) {
      chunks.push(bytes);
      emulator.write(bytes);
    },
    screen: () => text(emulator.buffer.active.baseY),
    everything: () => text(0),
    raw,
    cursorVisible: () => raw().lastIndexOf('\u001B[?25h') >= raw().lastIndexOf('\u001B[?25l'),
    async settled() {
      await new Promise<void>((done) => {
        emulator.write('', done);
      });
    },
  };
}

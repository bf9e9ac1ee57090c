import { emitKeypressEvents, type Interface, type Key } from 'node:readline';
import { PassThrough } from 'node:stream';

/** The keyboard during an interview. */
export interface Keys {
  /** Stands in for stdin: emits the keypresses, but only while they flow. */
  readonly input: NodeJS.ReadableStream;
  /** Aborted when the person leaves (Ctrl-C, Ctrl-D, the terminal is gone) or the run is stopped. */
  readonly left: AbortSignal;
  /** A question is open: what was typed ahead goes to it, key by key, then what is typed. */
  flow: () => void;
  /** No question is open; what is typed now waits for the next one. */
  hold: () => void;
  /** Forgets what was typed ahead: it was meant for a question that is not asked now. */
  discard: () => void;
  /** Gives the terminal back as it was. */
  close: () => void;
}

/** How long after Esc a byte still makes it an arrow or function key, in milliseconds; Node's own 500 makes Esc feel dead. */
const escapeCodeTimeout = 100;

/**
 * Takes the keyboard for a whole interview, not for one question: in between, while the org is asked, the terminal would echo
 * what is typed into the middle of the screen, and it would be lost.
 * @param stop leaves the interview like Ctrl-C
 */
export function openKeys(stdin: NodeJS.ReadStream, stop: AbortSignal): Keys {
  const bytes = new PassThrough();
  const input = new PassThrough();
  const waiting: { text: string | undefined; key: Key }[] = [];
  const leave = new AbortController();
  const state = { flowing: false };

  const pump = () => {
    while (state.flowing) {
      const next = waiting.shift();
      if (next === undefined) return;
      input.emit('keypress', next.text, next.key);
    }
  };
  const abort = () => {
    leave.abort();
  };
  const forward = (chunk: Buffer | string) => bytes.write(chunk);

  // Node takes the time-out from an Interface, but reads nothing else of it.
  emitKeypressEvents(bytes, { escapeCodeTimeout } as unknown as Interface);
  bytes.on('keypress', (text: string | undefined, key: Key) => {
    // In raw mode Ctrl-C is a key like any other. It works at once, whatever was typed before it.
    if (key.ctrl === true && (key.name === 'c' || key.name === 'd')) abort();
    // Stopped by Ctrl-Z, the shell would write into the question, which cannot be redrawn then.
    else if (key.ctrl !== true || key.name !== 'z') {
      waiting.push({ text, key });
      pump();
    }
  });
  const wasRaw = stdin.isRaw;
  stdin.setRawMode(true);
  stdin.on('data', forward).on('end', abort);
  stdin.resume();

  return {
    input,
    left: AbortSignal.any([leave.signal, stop]),
    flow() {
      state.flowing = true;
      pump();
    },
    hold() {
      state.flowing = false;
    },
    discard() {
      waiting.length = 0;
    },
    close() {
      state.flowing = false;
      stdin.off('data', forward).off('end', abort);
      stdin.pause();
      stdin.setRawMode(wasRaw);
    },
  };
}

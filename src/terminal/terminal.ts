import { Chalk } from 'chalk';

import { colourLevel, type Colour } from './colour-level.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { safeJson, safeText } from './safe-text.ts';

/** The streams a run is given; the process's own, or a test's. */
export interface TerminalStreams {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

export interface TerminalOptions {
  /** One JSON document on stdout and nothing that is drawn. */
  json: boolean;
  /** `--no-color` was given. */
  noColor: boolean;
  /** Only the result and errors: no progress, no notices. */
  quiet: boolean;
  /** `--no-input` was given. */
  noInput: boolean;
}

/** The only way to the screen. stdout is for the result; progress, warnings and prompts go to stderr. */
export interface Terminal {
  readonly redactor: Redactor;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Colours for stderr and stdout, each by its own stream's abilities. */
  readonly errColour: Colour;
  readonly outColour: Colour;
  /** stderr can be redrawn in place. */
  readonly canRedraw: boolean;
  /** Somebody is there to answer a question. */
  readonly mayPrompt: boolean;
  /** Width of the screen for notes; 0 where stderr is none, and nothing is wrapped. */
  readonly columns: number;
  /** Width of the screen for results; 0 where stdout is none. */
  readonly outColumns: number;
  /** Shows a secret to the person at the terminal, and to nobody else: nothing where stderr is no terminal. */
  reveal(text: string): void;
  /**
   * Puts a secret onto the person's clipboard, by the terminal itself (OSC 52), so that it is shown nowhere; does nothing where
   * {@link reveal} would show nothing. Some terminals ignore it.
   */
  copy(text: string): void;
  /** Writes the result; a line end is added. */
  result(text: string): void;
  /** Writes a secret that was asked for by a flag as it is, a line end behind it: the one way past the redactor. */
  secretResult(secret: string): void;
  /**
   * Writes bytes that were asked for by a flag as they are, without a line end: past the redactor, too. On a screen characters that
   * would move its cursor are left out.
   */
  bytesResult(bytes: Uint8Array): void;
  /** Writes a JSON document, its texts redacted one by one; on one line where several documents follow each other. */
  document(value: unknown, oneLine?: boolean): void;
  /** From now on every document is on one line (NDJSON), the one of an error too. */
  documentPerLine(): void;
  /** Writes a line for the person watching; silent under --quiet unless `always`. */
  note(text: string, always?: boolean): void;
  readonly streams: TerminalStreams;
}

export function createTerminal(
  streams: TerminalStreams,
  env: NodeJS.ProcessEnv,
  options: TerminalOptions,
  redactor: Redactor = createRedactor(),
): Terminal {
  const plain = options.noColor || options.json;
  const ci = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  const errIsTty = streams.stderr.isTTY;
  const attended = errIsTty && !ci && !options.json;
  let perLine = false;
  return {
    redactor,
    json: options.json,
    quiet: options.quiet,
    errColour: new Chalk({ level: plain ? 0 : colourLevel(streams.stderr, env) }),
    outColour: new Chalk({ level: plain ? 0 : colourLevel(streams.stdout, env) }),
    canRedraw: errIsTty && !ci && !options.json && !options.quiet && env['TERM'] !== 'dumb',
    mayPrompt: streams.stdin.isTTY && errIsTty && !ci && !options.json && !options.noInput,
    columns: errIsTty ? (streams.stderr.columns ?? 80) : 0,
    outColumns: streams.stdout.isTTY ? (streams.stdout.columns ?? 80) : 0,
    reveal(text) {
      if (attended) streams.stderr.write(`${text}\n`);
    },
    copy(text) {
      if (attended) streams.stderr.write(`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`);
    },
    result(text) {
      streams.stdout.write(`${redactor.redact(text)}\n`);
    },
    secretResult(secret) {
      streams.stdout.write(`${secret}\n`);
    },
    bytesResult(bytes) {
      if (!streams.stdout.isTTY) streams.stdout.write(bytes);
      else streams.stdout.write(`${safeText(Buffer.from(bytes).toString('utf8'))}\n`);
    },
    document(value, oneLine = perLine) {
      streams.stdout.write(`${safeJson(redactor.redactValue(value), oneLine ? 0 : 2)}\n`);
    },
    documentPerLine() {
      perLine = true;
    },
    note(text, always = false) {
      if (options.quiet && !always) return;
      streams.stderr.write(`${redactor.redact(text)}\n`);
    },
    streams,
  };
}

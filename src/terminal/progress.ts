import type { Terminal } from './terminal.ts';

/** What is going on now, for the person watching: a spinner where it can be drawn, otherwise changes and a heartbeat. */
export interface Progress {
  /** Says what is being done; the same text again is not repeated. */
  update(text: string): void;
  /** Prints a line that stays (a failure as soon as it is known, a finished step). */
  line(text: string): void;
  /** Leaves the screen to a question; the next update draws again. */
  pause(): void;
  /** Ends the drawing; nothing of the spinner is left behind. */
  stop(): void;
}

/** Longest silence without a terminal, in milliseconds: CI systems end jobs that print nothing. */
const heartbeatMs = 30_000;

/** Starts a progress display on stderr. Under `--quiet` it shows nothing but kept lines of trouble. */
export async function startProgress(terminal: Terminal): Promise<Progress> {
  return terminal.canRedraw ? drawn(terminal) : spoken(terminal);
}

async function drawn(terminal: Terminal): Promise<Progress> {
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: terminal.streams.stderr, discardStdin: false, isEnabled: true });
  return {
    update(text) {
      const clean = terminal.redactor.redact(text);
      if (spinner.isSpinning) spinner.text = clean;
      else spinner.start(clean);
    },
    line(text) {
      const running = spinner.isSpinning;
      if (running) spinner.clear();
      terminal.note(text);
      if (running) spinner.render();
    },
    pause() {
      spinner.stop();
    },
    stop() {
      spinner.stop();
    },
  };
}

function spoken(terminal: Terminal): Progress {
  let last = '';
  const silent = terminal.json || terminal.quiet;
  const beat = setInterval(() => {
    if (!silent && last !== '') terminal.note(`… ${last}`);
  }, heartbeatMs);
  beat.unref();
  return {
    update(text) {
      if (text === last) return;
      last = text;
      if (!silent) terminal.note(text);
      beat.refresh();
    },
    line(text) {
      if (!silent) terminal.note(text);
      beat.refresh();
    },
    pause() {
      beat.refresh();
    },
    stop() {
      clearInterval(beat);
    },
  };
}

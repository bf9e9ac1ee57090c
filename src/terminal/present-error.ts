import { asOpencxError } from './envelope.ts';
import { safeText } from './safe-text.ts';
import type { Terminal } from './terminal.ts';

/** Writes an error for a person: what and why, then how to mend it, the most important line last. `debug` adds the stack. */
export function presentError(terminal: Terminal, thrown: unknown, debug: boolean): void {
  const error = asOpencxError(thrown);
  const colour = terminal.errColour;
  const lines: string[] = [];
  if (debug) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
      lines.push(colour.dim(safeText(cause.stack ?? cause.message)));
    }
  }
  lines.push(`${colour.red.bold('Error')} ${colour.dim(`(${error.code})`)} ${safeText(error.message)}`);
  if (error.docsUrl !== undefined) lines.push(colour.dim(`  See ${safeText(error.docsUrl)}`));
  const steps = error.nextSteps.map((step) => `  ${colour.cyan('→')} ${safeText(step)}`);
  terminal.note([...lines, ...steps].join('\n'), true);
}

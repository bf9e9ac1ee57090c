import { asOpencxError } from './envelope.ts';
import { safeText } from './safe-text.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

/** Writes an error for a person: what and why, then how to mend it, the most important line last. `debug` adds the stack. */
export function presentError(terminal: Terminal, thrown: unknown, debug: boolean): void {
  const error = asOpencxError(thrown);
  const colour = terminal.errColour;
  const width = terminal.columns;
  const lines: string[] = [];
  if (debug) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
      lines.push(colour.dim(safeText(cause.stack ?? cause.message)));
    }
  }
  lines.push(wrap(`${colour.red.bold('Error')} ${colour.dim(`(${error.code})`)} ${safeText(error.message)}`, width));
  if (error.docsUrl !== undefined) lines.push(colour.dim(`  See ${safeText(error.docsUrl)}`));
  const steps = error.nextSteps.map((step) => wrap(`  ${colour.cyan('→')} ${safeText(step)}`, width, '    '));
  terminal.note([...lines, ...steps].join('\n'), true);
}

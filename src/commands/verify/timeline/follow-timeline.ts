import type { StageEvent } from '../../../diagnose/timeline/stage.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { startProgress, type Progress } from '../../../terminal/progress.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import type { CommandContext } from '../../command-context.ts';

/**
 * Shows what goes on in a timeline until it ends.
 * @returns how it ended @throws what the timeline throws
 */
export async function followTimeline<Outcome>(
  { terminal }: Pick<CommandContext, 'terminal'>,
  events: AsyncIterable<StageEvent<string> | { kind: 'end'; outcome: Outcome }>,
): Promise<Outcome> {
  const progress = await startProgress(terminal);
  let end: { outcome: Outcome } | undefined;
  try {
    for await (const event of events) {
      if (event.kind === 'end') end = event;
      else presentEvent(event, terminal, progress);
    }
  } finally {
    progress.stop();
  }
  if (end !== undefined) return end.outcome;
  throw new OpencxError('INTERNAL', { message: 'The test ended without saying how.' });
}

function presentEvent(event: StageEvent<string>, terminal: Terminal, progress: Progress): void {
  if (event.kind === 'begin') progress.update(event.title);
  if (event.kind !== 'ask') return;
  // What a person has to do is said also where nothing else is.
  progress.pause();
  terminal.note(`${terminal.errColour.yellow('…')} ${event.title}: ${safeText(event.request)}`, true);
  progress.update(event.title);
}

import type { SetupEvent, StepOutcome } from '../../provision/setup/apply/setup-outcome.ts';
import type { ChangeEvent } from '../../provision/setup/changes/change-context.ts';
import type { Progress } from '../../terminal/progress.ts';
import { safeText } from '../../terminal/safe-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { wrap } from '../../terminal/wrap.ts';
import { presentEvent } from '../deploy-apex/present-events.ts';

/** Tells the person watching what happens, step by step; all of it goes to stderr. */
export function presentSetupEvent(event: SetupEvent, terminal: Terminal, progress: Progress): void {
  switch (event.kind) {
    case 'step':
      progress.update(event.step.title);
      return;
    case 'change':
      presentChangeEvent(event.event, terminal, progress);
      return;
    case 'step-end':
      progress.line(wrap(stepLine(event.outcome, terminal), terminal.columns, '  '));
      return;
  }
}

/** What happens within one change; that a deployment names the org each time is left out. */
export function presentChangeEvent(event: ChangeEvent, terminal: Terminal, progress: Progress): void {
  if (event.kind === 'doing') progress.update(safeText(event.text));
  else if (event.kind !== 'org') presentEvent(event, terminal, progress);
}

/** One line that stays. */
function stepLine(outcome: StepOutcome, { errColour: colour }: Pick<Terminal, 'errColour'>): string {
  switch (outcome.status) {
    case 'done':
      return `${colour.green('✓')} ${outcome.title}`;
    case 'unchanged':
      return colour.dim(`✓ ${outcome.title}: nothing to do`);
    case 'off':
      return colour.dim(`· ${outcome.title}: not wanted`);
    case 'blocked':
      return `${colour.yellow('!')} ${outcome.title}: ${safeText(outcome.blockers.join(' '))}`;
    case 'skipped':
      return `${colour.yellow('·')} ${outcome.title}: waits for ${outcome.waitsFor}`;
    case 'failed':
      return `${colour.red('✗')} ${outcome.title}: ${safeText(outcome.error.message)}`;
  }
}

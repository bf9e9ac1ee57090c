import { OpencxError } from '../../errors/opencx-error.ts';
import type { StepOutcome } from '../../provision/setup/apply/setup-outcome.ts';
import type { ManualTask } from '../../provision/setup/plan/setup-plan.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { HandedOver } from './hand-over.ts';
import { tasksText } from './present-plan.ts';

/** How a set-up ended, for people. */
export function setupText(
  steps: readonly StepOutcome[],
  left: readonly ManualTask[],
  { file }: HandedOver,
  colour: Colour,
  columns: number,
): string {
  const done = steps.filter(({ status }) => status === 'done').length;
  const wanting = steps.filter(({ status }) => status === 'failed' || status === 'blocked' || status === 'skipped');
  const head =
    wanting.length > 0
      ? [`${done} ${done === 1 ? 'step' : 'steps'} done; not done: ${wanting.map(({ title }) => title).join(', ')}.`]
      : [
          done === 0
            ? `${colour.green('✓')} unchanged: the org is as the configuration says; nothing was written.`
            : `${colour.green('✓')} set up, and read back.`,
        ];
  const lines = [
    ...head,
    ...(file === undefined ? [] : [`What OpenCX asks for is in ${file} (you alone can read it).`]),
    ...tasksText(left, colour),
  ];
  return lines.map((line) => wrap(line, columns, '      ')).join('\n');
}

/**
 * The error that stands for a set-up that is not complete; undefined for a good end.
 * @param command that goes on from there, e.g. `opencx-sf apply --target-org prod`
 */
export function setupError(steps: readonly StepOutcome[], command: string): OpencxError | undefined {
  const failed = steps.filter((one) => one.status === 'failed');
  const blocked = steps.filter((one) => one.status === 'blocked');
  const [only] = failed;
  if (only !== undefined && !steps.some(({ status }) => status === 'done')) return only.error;
  if (failed.length + blocked.length === 0) return undefined;
  const list = [
    ...failed.map((one) => `${one.title} failed: ${one.error.message}`),
    ...blocked.map((one) => `${one.title} waits: ${one.blockers.join(' ')}`),
  ];
  return new OpencxError('SETUP_INCOMPLETE', {
    message: list.join(' | '),
    details: { failed: failed.map(({ id }) => id), blocked: blocked.map(({ id }) => id) },
    nextSteps: [
      ...failed.flatMap(({ error }) => error.nextSteps),
      `Then run again; what is done is not done twice: ${command}`.trimEnd(),
    ],
  });
}

import type { DestroyPlan } from '../../provision/setup/destroy/destroy-plan.ts';
import { describeChange } from '../../provision/setup/plan/change.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { wrap } from '../../terminal/wrap.ts';

/** What goes, in order, and what stays. */
export function destroyText({ changes, kept }: DestroyPlan, dry: boolean, colour: Colour, columns: number): string {
  const head =
    changes.length === 0
      ? `${colour.green('✓')} nothing of the integration is left to remove; nothing was written.`
      : dry
        ? `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}; nothing was written.`
        : `${colour.green('✓')} done.`;
  const lines = [
    ...changes.map((change) => `${colour.red('-')} ${safeText(describeChange(change))}`),
    head,
    ...(kept.length === 0 ? [] : ['', colour.bold('Stays:')]),
    ...kept.map(({ what, why }) => `  ${safeText(what)}: ${colour.dim(safeText(why))}`),
  ];
  return lines.map((line) => wrap(line, columns, '    ')).join('\n');
}

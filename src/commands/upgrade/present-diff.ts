import { linesAfter } from '../../provision/upgrade/target-component.ts';
import type { UpgradeDecision } from '../../provision/upgrade/decide-upgrade.ts';
import { hunksBetween, type Hunk, type HunkLine } from '../../provision/upgrade/hunks.ts';
import type { MergeConflict } from '../../provision/upgrade/three-way.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { safeText } from '../../terminal/safe-text.ts';

/** What is shown of one component's change. */
export interface ShownChange {
  /** From what the org has to what it would have, or would have of the template. */
  hunks: Hunk[];
  /** All that there is to see, for the person who decides; empty if there is nothing. */
  text: string;
}

/** The texts are compared without the marker, which is the first line of each: what stands at 0 is line 2 in Setup. */
function lineNumber(index: number): number {
  return index + 2;
}

/** The differences of one component: edits of the org first, then what would become of it. */
export function shownChange(decision: UpgradeDecision, colour: Colour): ShownChange {
  const { texts, status } = decision.item;
  if (texts === undefined || status === 'foreign') return { hunks: [], text: '' };
  const { org, template, base, conflicts } = texts;
  const after = linesAfter(decision);
  const edits = base === undefined ? [] : hunksBetween(base, org);
  const stays = decision.action === 'leave' || decision.action === 'settle';
  const hunks = stays ? [] : hunksBetween(org, after ?? template);
  const wanted = decision.action === 'merge' ? 'new template with the edits' : 'new template';
  const parts = [
    unifiedDiff('old template', `org${decision.action === 'replace' ? ' (lost)' : ''}`, edits, colour),
    ...(decision.action === 'undecided' && conflicts.length > 0
      ? conflicts.map((conflict, index) => conflictText(conflict, `${index + 1} of ${conflicts.length}`, colour))
      : [unifiedDiff('org', wanted, hunks, colour)]),
  ].filter((part) => part !== '');
  return { hunks, text: parts.join('\n') };
}

function unifiedDiff(before: string, after: string, hunks: readonly Hunk[], colour: Colour): string {
  if (hunks.length === 0) return '';
  return [
    colour.bold(`--- ${before}`),
    colour.bold(`+++ ${after}`),
    ...hunks.flatMap((hunk) => hunkText(hunk, colour)),
  ].join('\n');
}

function hunkText(hunk: Hunk, colour: Colour): string[] {
  const count = (kind: HunkLine['kind']) => hunk.lines.filter((line) => line.kind !== kind).length;
  const place = `-${lineNumber(hunk.before)},${count('added')} +${lineNumber(hunk.after)},${count('removed')}`;
  return [colour.cyan(`@@ ${place} @@`), ...hunk.lines.map((line) => lineText(line, colour))];
}

function lineText({ kind, text }: HunkLine, colour: Colour): string {
  switch (kind) {
    case 'same':
      return ` ${safeText(text)}`;
    case 'removed':
      return colour.red(`-${safeText(text)}`);
    case 'added':
      return colour.green(`+${safeText(text)}`);
  }
}

/** Both sides and what they started from, as merge tools show it. */
function conflictText(conflict: MergeConflict, number: string, colour: Colour): string {
  const shown = (lines: readonly string[]) => lines.map(safeText);
  return [
    colour.cyan(`@@ conflict ${number}, line ${lineNumber(conflict.at)} of the org @@`),
    colour.bold('<<<<<<< org'),
    ...shown(conflict.org).map((line) => colour.red(line)),
    colour.bold('||||||| old template'),
    ...shown(conflict.base),
    colour.bold('======='),
    ...shown(conflict.template).map((line) => colour.green(line)),
    colour.bold('>>>>>>> new template'),
  ].join('\n');
}

/** The line of the org's text that a conflict begins at, as Setup counts. */
export function conflictLine(conflict: MergeConflict): number {
  return lineNumber(conflict.at);
}

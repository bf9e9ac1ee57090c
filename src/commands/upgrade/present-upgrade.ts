import type { UpgradeDecision } from '../../provision/upgrade/decide-upgrade.ts';
import type { Hunk } from '../../provision/upgrade/hunks.ts';
import type { UpgradeItem } from '../../provision/upgrade/upgrade-item.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { table } from '../../terminal/table.ts';
import { shownChange } from './present-diff.ts';

/** One line a component: where it stands, and what is done with it. */
export function summaryTable(decisions: readonly UpgradeDecision[], colour: Colour): string {
  return table(
    decisions.map((decision) => {
      const { component, status } = decision.item;
      return [
        mark(decision, colour),
        status,
        safeText(component.type),
        safeText(component.fullName),
        versions(decision.item),
        stat(shownChange(decision, colour).hunks, colour),
        colour.dim(safeText(note(decision))),
      ];
    }),
  );
}

/** The differences of every component that has some, each under its name. */
export function differencesText(decisions: readonly UpgradeDecision[], colour: Colour): string {
  return decisions
    .flatMap((decision) => {
      const { text } = shownChange(decision, colour);
      const { type, fullName } = decision.item.component;
      return text === '' ? [] : [`${colour.bold(`${type} ${safeText(fullName)}`)}\n${text}`];
    })
    .join('\n\n');
}

/** The last line where nothing was deployed. */
export function shownText(decisions: readonly UpgradeDecision[], colour: Colour): string {
  const undecided = decisions.filter((one) => one.action === 'undecided').length;
  const changes = decisions.filter((one) => one.action !== 'leave').length - undecided;
  if (changes + undecided === 0) return `${colour.green('✓')} nothing to upgrade; nothing was changed.`;
  const parts = [
    ...(changes === 0 ? [] : [`${changes} of ${decisions.length} components would be changed by --apply`]),
    ...(undecided === 0 ? [] : [`${undecided} must be decided: ${decideHint}`]),
  ];
  return `${parts.join('; ')}. Nothing was changed.`;
}

export const decideHint = '--take new, --take org, --take-new <name> or --keep <name>';

function mark({ action, item }: UpgradeDecision, colour: Colour): string {
  if (action === 'undecided') return colour.red('!');
  if (action === 'replace') return item.status === 'missing' ? colour.green('+') : colour.yellow('~');
  if (action !== 'leave') return colour.green('~');
  return item.status === 'current' ? '=' : ' ';
}

function versions({ fromVersion, component }: UpgradeItem): string {
  const to = `v${component.marker.version}`;
  return fromVersion === undefined || fromVersion === component.marker.version ? to : `v${fromVersion} → ${to}`;
}

function stat(hunks: readonly Hunk[], colour: Colour): string {
  if (hunks.length === 0) return '';
  const count = (kind: string) => hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === kind).length;
  return `${colour.green(`+${count('added')}`)} ${colour.red(`-${count('removed')}`)}`;
}

/** What a person wants to know of it beyond its status. */
function note({ item, action }: UpgradeDecision): string {
  const { texts, differences } = item;
  const edited = texts?.editedLines ?? 0;
  const edits = edited === 1 ? '1 edited line' : `${edited} edited lines`;
  switch (action) {
    case 'leave':
      return standingNote(item, edits);
    case 'update':
      return differences.join(', ');
    case 'merge':
      return `${edits} kept`;
    case 'settle':
      return `stays as it is, marked as version ${item.component.marker.version}`;
    case 'replace':
      if (item.status === 'missing') return 'is installed';
      return edited > 0 ? `${edits} lost` : differences.join(', ');
    case 'undecided':
      if (item.status === 'no-base') return 'edited, and the template it came from is not known here';
      return `${texts?.conflicts.length ?? 0} conflicting, ${edits}`;
  }
}

function standingNote({ status, texts, differences }: UpgradeItem, edits: string): string {
  switch (status) {
    case 'edited':
      return [...(texts?.editedLines === undefined || texts.editedLines === 0 ? [] : [edits]), ...differences]
        .join(', ')
        .concat(' stay');
    case 'missing':
      return 'opencx-sf deploy-apex installs it';
    case 'foreign':
      return 'not made by opencx-sf; opencx-sf deploy-apex adopts it';
    case 'newer':
      return 'made by a newer opencx-sf; stays';
    case 'unread':
      return 'this session cannot read it';
    case 'upgrade':
    case 'merge':
    case 'conflict':
    case 'no-base':
      return 'stays as it is';
    case 'current':
      return '';
  }
}

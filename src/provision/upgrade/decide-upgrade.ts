import { OpencxError } from '../../errors/opencx-error.ts';
import type { UpgradeItem } from './upgrade-item.ts';

/**
 * What is done with a component: `leave` nothing · `update` the new text, the org's switches kept · `merge` the new text with
 * the org's edits · `settle` the org's text, marked as belonging to the new version · `replace` all as the template has it ·
 * `undecided` a person must say.
 */
export type UpgradeAction = 'leave' | 'update' | 'merge' | 'settle' | 'replace' | 'undecided';

export interface UpgradeWishes {
  /** For everything that is undecided. */
  take?: 'new' | 'org';
  /** Names of components that become as the template has them, whatever the org has. */
  takeNew: readonly string[];
  /** Names of components whose text stays. */
  keep: readonly string[];
}

export interface UpgradeDecision {
  item: UpgradeItem;
  action: UpgradeAction;
}

/**
 * Decides about every component.
 * @throws OpencxError USAGE if a name is none of the components', or is asked to be kept and replaced
 */
export function decideUpgrade(items: readonly UpgradeItem[], wishes: UpgradeWishes): UpgradeDecision[] {
  checkNames(items, wishes);
  return items.map((item) => ({ item, action: actionFor(item, wishes) }));
}

function actionFor(item: UpgradeItem, wishes: UpgradeWishes): UpgradeAction {
  if (isNamed(item, wishes.takeNew)) return item.status === 'current' ? 'leave' : 'replace';
  const kept = isNamed(item, wishes.keep);
  switch (item.status) {
    case 'upgrade':
    case 'merge':
      if (kept) return item.texts === undefined ? 'leave' : 'settle';
      return item.status === 'merge' ? 'merge' : 'update';
    case 'conflict':
    case 'no-base':
      if (kept || wishes.take === 'org') return 'settle';
      return wishes.take === 'new' ? 'replace' : 'undecided';
    case 'missing':
      // Newer templates name newer fields: the org would refuse what names one that is not there.
      return item.component.type === 'CustomField' && !kept ? 'replace' : 'leave';
    case 'current':
    case 'edited':
    case 'foreign':
    case 'newer':
    case 'unread':
      return 'leave';
  }
}

/** A name may be given as `Type:Name`, where components of several types share it. */
function isNamed({ component }: UpgradeItem, names: readonly string[]): boolean {
  const { type, fullName } = component;
  const own = new Set([fullName.toLowerCase(), `${type}:${fullName}`.toLowerCase()]);
  return names.some((name) => own.has(name.trim().toLowerCase()));
}

function checkNames(items: readonly UpgradeItem[], { takeNew, keep }: UpgradeWishes): void {
  const unknown = [...takeNew, ...keep].filter((name) => !items.some((item) => isNamed(item, [name])));
  if (unknown.length > 0) {
    throw new OpencxError('USAGE', {
      message: `--take-new and --keep name components; these are none: ${unknown.join(', ')}.`,
      nextSteps: [`There is: ${items.map(({ component }) => `${component.type}:${component.fullName}`).join(', ')}`],
    });
  }
  const both = items.filter((item) => isNamed(item, takeNew) && isNamed(item, keep));
  if (both.length === 0) return;
  throw new OpencxError('USAGE', {
    message: `--take-new and --keep cannot both name ${both.map(({ component }) => component.fullName).join(', ')}.`,
  });
}

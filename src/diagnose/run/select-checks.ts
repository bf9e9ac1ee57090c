import { OpencxError } from '../../errors/opencx-error.ts';
import { checkGroups, type Check } from '../check.ts';
import { nearest } from '../nearest.ts';

/** Which checks a person wants, by ids and groups. */
export interface Selection {
  /** Empty means all. */
  only: readonly string[];
  skip: readonly string[];
}

/**
 * The checks that are meant, in the order of the registry, with everything they require.
 * @throws OpencxError USAGE for a name that is neither a check nor a group, with the nearest one
 */
export function selectChecks(all: readonly Check[], { only, skip }: Selection): Check[] {
  refuseUnknown(all, [...only, ...skip]);
  const wanted = all.filter((check) => only.length === 0 || only.some((name) => isMeant(check, name)));
  const kept = wanted.filter((check) => !skip.some((name) => isMeant(check, name)));
  return withRequired(all, kept).filter((check) => !skip.some((name) => isMeant(check, name)));
}

/** Checks and whatever they require, also by way of others; each once, in the order of the registry. */
export function withRequired(all: readonly Check[], some: readonly Check[]): Check[] {
  const needed = new Set<Check['id']>();
  const add = (check: Check): void => {
    if (needed.has(check.id)) return;
    needed.add(check.id);
    for (const id of check.requires) {
      const other = all.find((one) => one.id === id);
      if (other !== undefined) add(other);
    }
  };
  for (const check of some) add(check);
  return all.filter(({ id }) => needed.has(id));
}

function isMeant({ id, group }: Check, name: string): boolean {
  return id === name || group === name;
}

function refuseUnknown(all: readonly Check[], names: readonly string[]): void {
  const known = [...checkGroups, ...all.map(({ id }) => id)];
  const unknown = names.filter((name) => !known.includes(name as Check['id']));
  const [first] = unknown;
  if (first === undefined) return;
  const near = nearest(first, known);
  throw new OpencxError('USAGE', {
    message: `There is no check or group ${unknown.join(', ')}.`,
    details: { unknown },
    nextSteps: [
      ...(near.length === 0 ? [] : [`Did you mean ${near.join(' or ')}?`]),
      `Groups: ${checkGroups.join(', ')}. All checks: opencx-sf verify --list.`,
    ],
  });
}

import { diffIndices } from 'node-diff3';

export interface HunkLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** A stretch of changed lines with what stands around it, as a unified diff shows it. */
export interface Hunk {
  /** Index of its first line before and after, from 0. */
  before: number;
  after: number;
  lines: HunkLine[];
}

type Change = ReturnType<typeof diffIndices<string>>[number];

/** Lines shown before and after a change. */
const around = 3;

/** What has to be done to one text to get the other; empty when they are the same. */
export function hunksBetween(before: readonly string[], after: readonly string[]): Hunk[] {
  const changes = diffIndices([...before], [...after]);
  return grouped(changes).map((group) => hunkOf(group, before));
}

/** Lines that were changed, added or taken away. */
export function changedLines(before: readonly string[], after: readonly string[]): number {
  const changes = diffIndices([...before], [...after]);
  return changes.reduce((sum, change) => sum + Math.max(change.buffer1[1], change.buffer2[1]), 0);
}

/** Changes so near to each other that their surroundings meet are shown together. */
function grouped(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    const [start, length] = change.buffer1;
    const group = groups.at(-1);
    if (group !== undefined && start - end <= 2 * around) group.push(change);
    else groups.push([change]);
    end = start + length;
  }
  return groups;
}

function hunkOf(group: readonly Change[], before: readonly string[]): Hunk {
  const [first] = group;
  const [firstBefore, firstAfter] = first === undefined ? [0, 0] : [first.buffer1[0], first.buffer2[0]];
  const start = Math.max(0, firstBefore - around);
  const lines: HunkLine[] = [];
  let at = start;
  for (const change of group) {
    const [changeStart, length] = change.buffer1;
    lines.push(...asLines('same', before.slice(at, changeStart)));
    lines.push(...asLines('removed', change.buffer1Content), ...asLines('added', change.buffer2Content));
    at = changeStart + length;
  }
  lines.push(...asLines('same', before.slice(at, at + around)));
  return { before: start, after: firstAfter - (firstBefore - start), lines };
}

function asLines(kind: HunkLine['kind'], texts: readonly string[]): HunkLine[] {
  return texts.map((text) => ({ kind, text }));
}

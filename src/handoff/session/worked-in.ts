import type { Session, WorkedInEntry } from './session.ts';

/** More than ever come out of their order, or are read again while a conversation changes hands. */
const mostEntries = 32;

/** Whether an entry has been worked in. One that is older than all that are remembered has been. */
export function wasWorkedIn({ entries = [] }: Session, entry: WorkedInEntry): boolean {
  const [oldest] = entries;
  const isForgotten = entries.length >= mostEntries && oldest !== undefined && entry.at < oldest.at;
  return isForgotten || entries.some(({ id }) => id === entry.id);
}

/** Whether a later entry has been worked in before it. */
export function isLate({ entries = [] }: Session, entry: WorkedInEntry): boolean {
  return entries.some(({ at }) => at > entry.at);
}

/** The entries to remember, with one that may be new. */
export function withEntry({ entries = [] }: Session, entry: WorkedInEntry): readonly WorkedInEntry[] {
  if (entries.some(({ id }) => id === entry.id)) return entries;
  return [...entries, { id: entry.id, at: entry.at }].sort((one, other) => one.at - other.at).slice(-mostEntries);
}

import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Query } from './database/connections.ts';
import type { StoreLock } from './database/store-lock.ts';
import type { NewEntry } from './event-writer.ts';
import type { Accepted } from './intake.ts';

interface Waiting {
  readonly entry: NewEntry;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds what one statement has to hold. */
const largestGroup = 256;
const largestBytes = 8_000_000;

/**
 * Events that come while others are being written are written by the same few statements, however many they are: a database in
 * another house is a millisecond away, each time it is asked.
 * @param takeAll takes entries in their order, all or none
 */
export function acceptTogether(
  lock: StoreLock,
  takeAll: (query: Query, entries: readonly NewEntry[]) => Promise<Accepted[]>,
): (entry: NewEntry) => Promise<Accepted> {
  /** Still takes some in, until its turn comes or it is full. */
  let open: { readonly group: Waiting[]; bytes: number } | undefined;

  async function take(group: readonly Waiting[]): Promise<void> {
    try {
      const accepted = await lock.write((query) => {
        if (open?.group === group) open = undefined;
        return takeAll(
          query,
          group.map(({ entry }) => entry),
        );
      });
      for (const [index, { resolve }] of group.entries()) resolve(answerOf(accepted, index));
    } catch (error) {
      if (open?.group === group) open = undefined;
      // The database is away for all of them; anything else is the fault of one, and each is asked for alone.
      if (error instanceof OpencxError || group.length === 1) for (const { reject } of group) reject(error);
      else for (const one of group) void take([one]);
    }
  }

  return (entry) =>
    new Promise((resolve, reject) => {
      const bytes = entry.event.body.length;
      const isFull = open !== undefined && (open.group.length >= largestGroup || open.bytes + bytes > largestBytes);
      const isNew = open === undefined || isFull;
      open = open === undefined || isFull ? { group: [], bytes: 0 } : open;
      open.group.push({ entry, resolve, reject });
      open.bytes += bytes;
      if (isNew) void take(open.group);
    });
}

function answerOf(accepted: readonly Accepted[], index: number): Accepted {
  const answer = accepted[index];
  if (answer === undefined) throw new Error('an event that was taken was not returned');
  return answer;
}

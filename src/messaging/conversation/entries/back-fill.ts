import { OpencxError } from '../../../errors/opencx-error.ts';
import type { EntriesQuery } from '../../api/messaging-api.ts';
import type { Entry } from '../../api/schemas.ts';

/** The most that the org gives at a time. */
const pageSize = 50;

/**
 * Reads all entries from a time on, oldest first, page by page. Whether `startTimestamp` includes its millisecond is not
 * documented, so that pages overlap by one; the same entry may come twice.
 * @param from milliseconds since 1970; undefined for the beginning
 * @returns the time of the latest entry that was read
 * @throws OpencxError ORG_UNEXPECTED_ANSWER if the times that are asked from change nothing · as `list` does
 */
export async function backFill(
  list: (query: EntriesQuery) => Promise<readonly Entry[]>,
  from: number | undefined,
  take: (entries: readonly Entry[]) => void,
): Promise<number | undefined> {
  let start = from;
  for (;;) {
    const page = oldestFirst(
      await list({
        limit: pageSize,
        direction: 'FromStart',
        ...(start === undefined ? {} : { startTimestamp: start }),
      }),
    );
    take(page);
    const last = page.at(-1)?.transcriptedTimestamp;
    if (page.length < pageSize || last === undefined) return last ?? start;
    if (start !== undefined && last < start) throw withoutEnd();
    // Fifty entries of one millisecond would be the same page again and again.
    start = Math.max(last - 1, (start ?? 0) + 1);
  }
}

function withoutEnd(): OpencxError {
  return new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: 'The org lists entries from before the startTimestamp it was asked for, so that the list has no end.',
    nextSteps: ['Something in between may keep answers: let it pass requests to the host of Live Messaging through.'],
  });
}

/** The sample app of Salesforce turns the answer round, other clients do not: only times tell. */
function oldestFirst(page: readonly Entry[]): readonly Entry[] {
  const first = page[0]?.transcriptedTimestamp;
  const last = page.at(-1)?.transcriptedTimestamp;
  const ascending = first === undefined || last === undefined || first <= last ? page : page.toReversed();
  return [...ascending].sort((a, b) => (a.transcriptedTimestamp ?? 0) - (b.transcriptedTimestamp ?? 0));
}

import type { EventHistory } from './event-history.ts';
import { harDocument, harEntries } from './har.ts';

/**
 * An HTTP archive of events as text, in pieces, as all of it may be longer than a string can be.
 * @param version of this program @param json how an entry is written
 */
export async function* harText(
  version: string,
  histories: AsyncIterable<EventHistory>,
  json: (entry: unknown) => string = JSON.stringify,
): AsyncGenerator<string> {
  const [head = '', tail = ''] = JSON.stringify(harDocument(version, [])).split('[]');
  yield `${head}[`;
  let isFirst = true;
  for await (const history of histories) {
    for (const entry of harEntries(history)) {
      yield `${isFirst ? '' : ','}${json(entry)}`;
      isFirst = false;
    }
  }
  yield `]${tail}`;
}

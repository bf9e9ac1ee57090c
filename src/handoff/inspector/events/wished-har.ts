import { packageVersion } from '../../../version.ts';
import { harDocument, harEntries } from '../../export/har.ts';
import type { HandoffStore } from '../../store/handoff-store.ts';
import { findHistory } from './find-shown.ts';

/**
 * An HTTP archive of events, written event by event: bodies may have megabytes.
 * @param ids in the order in which they are to stand; those that are gone by now are left out
 */
export function wishedHar(store: HandoffStore, ids: readonly string[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(archiveText(store, ids)).pipeThrough(new TextEncoderStream());
}

async function* archiveText(store: HandoffStore, ids: readonly string[]): AsyncGenerator<string> {
  const [head = '', tail = ''] = JSON.stringify(harDocument(packageVersion(), [])).split('[]');
  yield `${head}[`;
  let isFirst = true;
  for (const id of ids) {
    const history = await findHistory(store, id);
    for (const entry of history === undefined ? [] : harEntries(history)) {
      yield `${isFirst ? '' : ','}${JSON.stringify(entry)}`;
      isFirst = false;
    }
  }
  yield `]${tail}`;
}

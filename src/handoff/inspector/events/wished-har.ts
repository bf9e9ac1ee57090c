import { packageVersion } from '../../../version.ts';
import { historiesOf } from '../../export/event-history.ts';
import { harText } from '../../export/har-text.ts';
import type { HandoffStore } from '../../store/handoff-store.ts';

/** An HTTP archive of events. @param ids in the order in which they are to stand; those that are gone by now are left out */
export function wishedHar(store: HandoffStore, ids: readonly string[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(harText(packageVersion(), historiesOf(store, ids))).pipeThrough(new TextEncoderStream());
}

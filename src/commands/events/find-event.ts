import { OpencxError } from '../../errors/opencx-error.ts';
import type { HandoffStore, StoredEvent } from '../../handoff/store/handoff-store.ts';

/** @throws OpencxError EVENT_NOT_FOUND */
export async function findEvent(store: HandoffStore, id: string): Promise<StoredEvent> {
  const event = await store.event(id);
  if (event !== undefined) return event;
  throw new OpencxError('EVENT_NOT_FOUND', {
    message: `The store holds no event ${id}.`,
    details: { id },
    nextSteps: ['opencx-sf events list tells the ids; what is older than --max-age of serve is forgotten.'],
  });
}

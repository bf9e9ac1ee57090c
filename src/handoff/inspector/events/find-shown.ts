import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import { summaryJson } from '../../export/event-json.ts';
import { readHistories } from '../../export/event-history.ts';
import { selectEvents } from '../../export/select-events.ts';
import type { HandoffStore, StoredEvent } from '../../store/handoff-store.ts';
import type { EventsShown, ListWish } from '../shown-schema.ts';

/** Events of one answer. */
const pageSize = 50;

/** The events that are wanted, the newest first. */
export function selectWished(
  store: HandoffStore,
  contract: WebhookContract,
  { event, case: wantedCase, session, state, text, before }: ListWish,
): AsyncGenerator<StoredEvent> {
  return selectEvents(store, contract, {
    ...(event === undefined ? {} : { name: event }),
    ...(wantedCase === undefined ? {} : { case: wantedCase }),
    ...(session === undefined ? {} : { session }),
    ...(state === undefined ? {} : { state }),
    ...(text === undefined ? {} : { contains: text }),
    ...(before === undefined ? {} : { before }),
  });
}

/** One page of them. */
export async function listShown(store: HandoffStore, contract: WebhookContract, wish: ListWish): Promise<EventsShown> {
  const found: StoredEvent[] = [];
  for await (const one of selectWished(store, contract, wish)) {
    found.push(one);
    if (found.length > pageSize) break;
  }
  const histories = await readHistories(store, found.slice(0, pageSize));
  return { events: histories.map((history) => summaryJson(contract, history)), more: found.length > pageSize };
}

import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import { summaryJson } from '../export/event-json.ts';
import { readHistories, type EventHistory } from '../export/event-history.ts';
import { selectEvents } from '../export/select-events.ts';
import type { HandoffStore, StoredEvent } from '../store/handoff-store.ts';
import type { EventsShown, ListWish } from './shown-schema.ts';

/** Events of one answer. */
const pageSize = 50;

/** The newest events that are wanted. */
export async function listShown(store: HandoffStore, contract: WebhookContract, wish: ListWish): Promise<EventsShown> {
  const { event, case: wantedCase, state, text, before } = wish;
  const found: StoredEvent[] = [];
  const selection = {
    ...(event === undefined ? {} : { name: event }),
    ...(wantedCase === undefined ? {} : { case: wantedCase }),
    ...(state === undefined ? {} : { state }),
    ...(text === undefined ? {} : { contains: text }),
    ...(before === undefined ? {} : { before }),
  };
  for await (const one of selectEvents(store, contract, selection)) {
    found.push(one);
    if (found.length > pageSize) break;
  }
  const histories = await readHistories(store, found.slice(0, pageSize));
  return { events: histories.map((history) => summaryJson(contract, history)), more: found.length > pageSize };
}

/** @returns undefined if there is none */
export async function findHistory(store: HandoffStore, id: string): Promise<EventHistory | undefined> {
  const event = await store.event(id);
  if (event === undefined) return undefined;
  const [history] = await readHistories(store, [event]);
  return history;
}

import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import { to18Characters } from '../../salesforce/auth/organization-id.ts';
import type { DeliveryState, EventQuery, HandoffStore, StoredEvent } from '../store/handoff-store.ts';
import { caseFacts } from './case-facts.ts';

/** Which events are wanted; all conditions hold together. */
export interface EventSelection {
  /** Contract name. */
  readonly name?: string;
  /** Id of 15 or 18 characters, or the number that people see. */
  readonly case?: string;
  readonly state?: DeliveryState;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly contains?: string;
}

/** Events that are read at a time, bodies and all: one may have 6 MB. */
const pageSize = 50;

/** Clocks of processes that share a store differ by less, in milliseconds: events are in the order of acceptance, not of these. */
const clockSkewMs = 60_000;

/** The events that are wanted, the newest first, read page by page. */
export async function* selectEvents(
  store: HandoffStore,
  contract: WebhookContract,
  selection: EventSelection,
): AsyncGenerator<StoredEvent> {
  const { case: wanted, since = 0 } = selection;
  const orderKey = wanted === undefined ? undefined : caseId(wanted);
  const number = orderKey === undefined ? wanted : undefined;
  const contains = selection.contains ?? number;
  const query: Omit<EventQuery, 'limit'> = {
    ...(selection.name === undefined ? {} : { name: selection.name }),
    ...(orderKey === undefined ? {} : { orderKey }),
    ...(selection.state === undefined ? {} : { state: selection.state }),
    ...(contains === undefined ? {} : { contains }),
  };
  let before: number | undefined;
  for (;;) {
    const page = await store.events({ ...query, ...(before === undefined ? {} : { before }), limit: pageSize });
    for (const event of page) {
      if (event.receivedAt < since - clockSkewMs) return;
      if (event.receivedAt < since) continue;
      if (number === undefined || caseFacts(contract, event.body).caseNumber === number) yield event;
    }
    before = page.at(-1)?.sequence;
    if (page.length < pageSize) return;
  }
}

/** A Case id in 18 characters, as Apex sends it; undefined if it is none. */
function caseId(text: string): string | undefined {
  if (!/^500[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(text)) return undefined;
  return text.length === 15 ? to18Characters(text) : text;
}

import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import { to18Characters } from '../../salesforce/auth/organization-id.ts';
import type { DeliveryState, EventQuery, HandoffStore, StoredEvent } from '../store/handoff-store.ts';
import { orderKeyOf } from '../session/session.ts';
import { caseFacts } from './case-facts.ts';

/** Which events are wanted; all conditions hold together. */
export interface EventSelection {
  /** Contract name. */
  readonly name?: string;
  /** Id of 15 or 18 characters, or the number that people see. */
  readonly case?: string;
  /** Id of a session: what was given and told for it. */
  readonly session?: string;
  readonly state?: DeliveryState;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly contains?: string;
  /** Sequence; only those before it. */
  readonly before?: number;
}

/** Events that are read at a time, bodies and all: one may have 6 MB. */
const pageSize = 50;

/** The events that are wanted, the newest first, read page by page. */
export async function* selectEvents(
  store: HandoffStore,
  contract: WebhookContract,
  selection: EventSelection,
): AsyncGenerator<StoredEvent> {
  const { case: wanted, session } = selection;
  const ofCase = wanted === undefined ? undefined : caseId(wanted);
  const number = ofCase === undefined ? wanted : undefined;
  const orderKey = session === undefined ? ofCase : orderKeyOf(session);
  const contains = selection.contains ?? number;
  const query: Omit<EventQuery, 'limit'> = {
    ...(selection.name === undefined ? {} : { name: selection.name }),
    ...(orderKey === undefined ? {} : { orderKey }),
    ...(selection.state === undefined ? {} : { state: selection.state }),
    ...(selection.since === undefined ? {} : { since: selection.since }),
    ...(contains === undefined ? {} : { contains }),
  };
  let { before } = selection;
  for (;;) {
    const page = await store.events({ ...query, ...(before === undefined ? {} : { before }), limit: pageSize });
    for (const event of page) {
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

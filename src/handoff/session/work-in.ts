import type { WebhookPayload } from '../../blueprint/webhook-contract.ts';
import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { traceparentOf } from '../http/trace-id.ts';
import { uuidOf } from '../../messaging/handoff/session-ids.ts';
import type { StoreHealth, StoreTask } from '../store-health.ts';
import type { Delivery, HandoffStore, StoredEvent } from '../store/handoff-store.ts';
import type { SessionChange } from '../store/session-book.ts';
import type { Happening } from './happening.ts';
import { changeBy, type ChangeFacts } from './session-change.ts';
import type { Session } from './session.ts';
import { beginning, happeningOf, withoutMessage } from './webhook-happenings.ts';

export interface WorkInPorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly clock: Clock;
  /** What the Case field says that marks Cases which handoffs made (`Case_From__c`). */
  readonly caseFromValue: string;
  /** Where events of sessions are posted to that have no URL of their own. */
  readonly callbackUrl: URL | undefined;
}

/** What a webhook comes to. */
interface WorkedIn {
  readonly status: 200 | 404;
  /** For people who look at the attempt. */
  readonly said: Readonly<Record<string, unknown>>;
  /** To be made in the commit that writes the attempt down. */
  readonly change?: SessionChange;
}

/** Sessions of one Case: more than there ever are. */
const mostSessions = 100;
/** A webhook may overtake the answer to the request that made its Case: it is tried again so often before the Case counts as unknown. */
const patientAttempts = 2;
/** Before a store that failed is asked again, in milliseconds. */
const askAgainMs = 1000;

/**
 * Finds the sessions of a webhook's Case, or begins one. All that are not resolved change their state by it; a message is told of the
 * one that was changed last, of those that did not fail if there are any.
 * @throws the signal's reason, once it aborts
 */
export async function workIn(
  event: StoredEvent,
  delivery: Delivery,
  payload: WebhookPayload,
  ports: WorkInPorts,
  signal: AbortSignal,
): Promise<WorkedIn> {
  const { store, clock, callbackUrl } = ports;
  const isOurs = payload.caseFrom === ports.caseFromValue;
  const happening = happeningOf(payload);
  if (payload.name === 'caseCreated' && isOurs) return nothing('the Case was made by a handoff');
  if (payload.name !== 'caseCreated' && happening === undefined) return nothing('the mail was written by serve');

  const { caseId, organizationId } = payload;
  const found = await asked('read', () => store.sessions({ caseId, limit: mostSessions }), ports, signal);
  const cause = await causeOf(event, payload, ports, signal);
  const facts: ChangeFacts = { at: clock.now(), cause, traceparent: traceparentOf(event.headers), callbackUrl };
  const live = found.filter(({ state }) => state !== 'resolved');
  // One whose handoff failed waits for nothing; but somebody is to hear of a message, so it does if there is no other.
  const session = live.find(({ state }) => state !== 'failed') ?? live[0] ?? found[0];
  if (session === undefined) {
    if (isOurs && delivery.attempts < patientAttempts) return unknownYet;
    if (payload.name === 'caseClosed') return nothing('no session was begun for this Case');
    const id = uuidOf(`case session\n${organizationId.slice(0, 15)}\n${caseId.slice(0, 15)}`);
    return done(id, [beginning(payload), ...(happening === undefined ? [] : [happening])], facts);
  }
  if (happening === undefined) return nothing('the Case has a session already');
  const others = live.filter(({ id }) => id !== session.id);
  await workIntoOthers(others, happening, facts, ports, signal);
  return done(session.id, [happening], facts);
}

/** Before the one that is told: should this process be killed in between, they are worked on again, which changes nothing more. */
async function workIntoOthers(
  others: readonly Session[],
  happening: Happening,
  facts: ChangeFacts,
  ports: WorkInPorts,
  signal: AbortSignal,
): Promise<void> {
  const told = withoutMessage(happening);
  if (told === undefined) return;
  for (const { id } of others) {
    const change = changeBy(id, told, facts);
    await asked('accept', async () => ({ session: await ports.store.changeSession(change) }), ports, signal);
  }
}

const unknownYet: WorkedIn = {
  status: 404,
  said: { error: 'The Case was made by a handoff that is not known here yet.' },
};

function nothing(why: string): WorkedIn {
  return { status: 200, said: { session: null, why } };
}

function done(sessionId: string, happenings: readonly Happening[], facts: ChangeFacts): WorkedIn {
  const change = changeBy(sessionId, happenings, facts);
  return { status: 200, said: { session: sessionId, happened: happenings.map(({ type }) => type) }, change };
}

/**
 * What tells one cause from another: a replay is the same as what it repeats, so that nothing is told twice, unless it was edited.
 */
async function causeOf(
  event: StoredEvent,
  { deliveryId }: WebhookPayload,
  { store, ...ports }: WorkInPorts,
  signal: AbortSignal,
): Promise<string> {
  let { replayOf } = event;
  while (replayOf !== undefined) {
    const id: string = replayOf;
    const { repeated } = await asked('read', async () => ({ repeated: await store.event(id) }), ports, signal);
    if (repeated === undefined || Buffer.compare(repeated.body, event.body) !== 0) return event.id;
    replayOf = repeated.replayOf;
  }
  return `webhook:${deliveryId}`;
}

/** What the store fails at is asked again, for as long as the signal lets it: until then nothing could be written down either. */
async function asked<T>(
  task: StoreTask,
  ask: () => Promise<T>,
  { health, clock }: Pick<WorkInPorts, 'health' | 'clock'>,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    const answer = await health.tried(task, ask);
    if (answer !== undefined) return answer;
    await sleepUnlessAborted(clock, askAgainMs, signal);
    signal.throwIfAborted();
  }
}

import type { HappeningType } from './happening.ts';
import type { SessionEventName } from './session-event.ts';
import type { SessionState } from './session.ts';

/** States a happening leads to, by the state before; `none`: there is no such session. What is left out stays as it is. */
export type Row = Readonly<Partial<Record<SessionState | 'none', SessionState>>>;

/** A representative is at it. One who is there while the handoff is not written down yet, or failed, shows that Salesforce has it. */
const taken = { 'handing-off': 'handedOff', open: 'handedOff', failed: 'handedOff' } as const satisfies Row;
const over = {
  'handing-off': 'resolved',
  open: 'resolved',
  handedOff: 'resolved',
  failed: 'resolved',
} as const satisfies Row;
const stays = {} as const satisfies Row;

export interface Transition {
  readonly to: Row;
  /** What is told of it, beside the passage from one state to another. */
  readonly told: SessionEventName | undefined;
  /** Why a session passes to another state by it, unless more is known. */
  readonly because?: string;
}

/**
 * The machine of a session. Webhooks and event streams may overtake the answer to the request that caused them, so the rows are such
 * that both orders come to the same end: a handoff that arrives sends no representative away, and opens nothing that is over.
 */
export const transitions = {
  'handoff-accepted': { to: { none: 'handing-off', failed: 'handing-off' }, told: undefined },
  'handed-over': { to: { 'handing-off': 'open', failed: 'open' }, told: 'session.handoff_completed' },
  'handoff-dead': { to: { 'handing-off': 'failed' }, told: 'session.handoff_failed' },
  'case-created': { to: { none: 'open' }, told: undefined },
  'contact-wrote': { to: stays, told: 'message.contact' },
  'agent-wrote': { to: taken, told: 'message.agent', because: 'a representative wrote' },
  'agent-joined': { to: taken, told: 'agent.joined', because: 'a representative joined' },
  'agent-left': { to: stays, told: 'agent.left' },
  'owner-changed': { to: taken, told: undefined, because: 'the Case was given to another owner' },
  'case-closed': { to: over, told: undefined, because: 'the Case was closed' },
  'messaging-ended': { to: over, told: undefined, because: 'the messaging session ended' },
  'messaging-restarted': {
    to: { handedOff: 'open', resolved: 'open' },
    told: undefined,
    because: 'the contact wrote again',
  },
  'message-sent': { to: stays, told: 'message.delivered' },
  'message-dead': { to: stays, told: 'message.failed' },
  'mail-bounced': { to: stays, told: 'message.failed' },
} as const satisfies Record<HappeningType, Transition>;

/**
 * What is told of the passage from one state to another, in order.
 * @param before undefined if the session begins with it
 */
export function toldOfPassage(before: SessionState | undefined, after: SessionState): SessionEventName[] {
  if (before === after) return [];
  const told: SessionEventName[] = [];
  if (before === undefined && after !== 'handing-off') told.push('session.started');
  // One that went on without an end being told.
  const isAnother = before === 'handedOff' && after === 'open';
  if (isAnother) told.push('session.resolved');
  if (isAnother || before === 'resolved') told.push('session.reopened');
  if (after === 'handedOff') told.push('session.handed_off');
  if (after === 'resolved') told.push('session.resolved');
  return told;
}

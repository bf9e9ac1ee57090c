import { parseHandoff, type HandoffInput } from '../../api/schema/handoff-input.ts';
import type { StoredEvent } from '../../store/handoff-store.ts';
import { Unfit } from '../unfit.ts';

/** A handoff that becomes a Case. */
export type MailHandoff = Extract<HandoffInput, { channel: 'email' }>;

/** @throws SyntaxError, ZodError, Unfit if the event was edited into something else */
export function mailHandoffOf(event: StoredEvent): MailHandoff {
  const handoff = parseHandoff(event.body);
  if (handoff.channel !== 'email') throw new Unfit(`A handoff of the channel ${handoff.channel} becomes no Case.`);
  return { ...handoff, sessionId: handoff.sessionId.toLowerCase() };
}

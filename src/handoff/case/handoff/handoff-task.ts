import type { HandoffStore, StoredEvent } from '../../store/handoff-store.ts';
import type { CaseOrg } from '../case-org.ts';
import type { CaseSettings } from '../case-settings.ts';
import type { CaseTask } from '../task.ts';
import { watchCaseShape } from './case-shape.ts';
import { chooseCase, type ChosenCase } from './choose-case.ts';
import { handOver } from './hand-over.ts';
import { takeTurns, type TurnPorts } from './in-turn.ts';
import { mailHandoffOf, type MailHandoff } from './mail-handoff.ts';

export interface HandoffPorts extends TurnPorts {
  readonly store: Pick<HandoffStore, 'session' | 'changeSession'> & TurnPorts['store'];
  readonly settings: CaseSettings;
}

/** What brings a handoff to a Case. The function it gives throws SyntaxError, ZodError or Unfit for what is no handoff of mail. */
export function handoffTasks({ store, clock, owner, settings }: HandoffPorts): (event: StoredEvent) => CaseTask {
  const shapeOf = watchCaseShape(settings, clock);
  const inTurn = takeTurns({ store, clock, owner });

  async function choose(org: CaseOrg, handoff: MailHandoff, signal: AbortSignal): Promise<ChosenCase> {
    const session = await store.session(handoff.sessionId);
    const shape = await shapeOf(org);
    // Two handoffs of one contact at a time must not each make a contact and a Case.
    const chosen = await inTurn(handoff.contact.email.toLowerCase(), signal, () =>
      chooseCase(org, handoff, session, settings, shape),
    );
    // Before anything is written there: a further attempt goes to the same Case, and its webhooks find the session.
    await remember(handoff.sessionId, chosen);
    return chosen;
  }

  async function remember(sessionId: string, { id: caseId, number: caseNumber, contactId }: ChosenCase): Promise<void> {
    await store.changeSession({
      sessionId,
      decide: (session) => {
        if (session === undefined || session.caseId === caseId) return { events: [] };
        const place = { caseId, caseNumber, ...(contactId === undefined ? {} : { contactId }) };
        return { session: { ...session, ...place, updatedAt: Math.max(session.updatedAt, clock.now()) }, events: [] };
      },
    });
  }

  return (event) => {
    const handoff = mailHandoffOf(event);
    const { sessionId } = handoff;
    return {
      sessionId,
      work: async (org, signal) => {
        const chosen = await choose(org, handoff, signal);
        const shown = await handOver(org, handoff, chosen);
        const { caseId, caseNumber, contactId, appended } = shown;
        return { shown, happening: { type: 'handed-over', caseId, caseNumber, contactId, appended } };
      },
      dead: (reason) => ({ type: 'handoff-dead', reason }),
    };
  };
}

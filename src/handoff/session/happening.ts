import type { ToldMessage } from './session-event.ts';
import type { SessionChannel, SessionContact } from './session.ts';

/**
 * Where Salesforce holds a session, as far as what happened shows it: an entry of a conversation names its messaging session, a
 * webhook its Case. What is undefined stays as it was.
 */
export interface Place {
  readonly caseId?: string | undefined;
  readonly caseNumber?: string | undefined;
  /** Contact in Salesforce. */
  readonly contactId?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly messagingSessionId?: string | undefined;
}

interface Agent {
  readonly name?: string | undefined;
}

/** OpenCX hands it off. The event that is accepted with it is the one that began the session. */
interface HandoffAccepted {
  readonly type: 'handoff-accepted';
  readonly channel: SessionChannel;
  readonly contact: SessionContact;
  readonly subject?: string | undefined;
  readonly language?: string | undefined;
  readonly callbackUrl?: string | undefined;
}

/** Salesforce has all of a handoff. */
interface HandedOver {
  readonly type: 'handed-over';
  /** It went to a Case or conversation that was there before. */
  readonly appended: boolean;
}

/** A handoff has used up its attempts, or can never arrive. */
interface HandoffDead {
  readonly type: 'handoff-dead';
  readonly reason: string;
}

/** A Case that no handoff made: a session is begun for it. */
interface CaseCreated {
  readonly type: 'case-created';
  readonly contact: SessionContact;
  readonly subject?: string | undefined;
}

/** The contact wrote to Salesforce, past OpenCX. */
interface ContactWrote {
  readonly type: 'contact-wrote';
  readonly message: ToldMessage;
}

interface AgentWrote {
  readonly type: 'agent-wrote';
  readonly message: ToldMessage;
}

interface AgentJoined {
  readonly type: 'agent-joined';
  readonly agent: Agent;
}

/** Not the end: a transfer looks the same. */
interface AgentLeft {
  readonly type: 'agent-left';
  readonly agent: Agent;
}

/** The Case was given to another owner, and not by OpenCX. */
interface OwnerChanged {
  readonly type: 'owner-changed';
  readonly reason?: string | undefined;
}

interface CaseClosed {
  readonly type: 'case-closed';
  readonly reason?: string | undefined;
}

interface MessagingEnded {
  readonly type: 'messaging-ended';
  readonly reason?: string | undefined;
}

/**
 * The contact wrote after the end, which opened another messaging session. Told by whoever sent that message, who knows the one that
 * had ended, and by the message's own entry, which names the new one.
 */
interface MessagingRestarted {
  readonly type: 'messaging-restarted';
  /** The one that had ended; where the session is in another one by now, this is known already. */
  readonly after?: string | undefined;
}

/** What was given to `POST …/messages` is in Salesforce. */
interface MessageSent {
  readonly type: 'message-sent';
  readonly message: ToldMessage;
}

interface MessageDead {
  readonly type: 'message-dead';
  readonly message: ToldMessage;
  readonly reason: string;
}

interface MailBounced {
  readonly type: 'mail-bounced';
  readonly message: ToldMessage;
  readonly reason: string;
}

/** What can happen to a session. */
export type Happening = Place &
  (
    | HandoffAccepted
    | HandedOver
    | HandoffDead
    | CaseCreated
    | ContactWrote
    | AgentWrote
    | AgentJoined
    | AgentLeft
    | OwnerChanged
    | CaseClosed
    | MessagingEnded
    | MessagingRestarted
    | MessageSent
    | MessageDead
    | MailBounced
  );

export type HappeningType = Happening['type'];

import type { Clock } from '../../clock.ts';
import type { WebClient } from '../../salesforce/web-client.ts';
import type { Reply } from './request.ts';
import type { AccessAnswer, ConversationList, Entry } from './schemas.ts';

/** A published Embedded Service Deployment of the type Custom Client, as its code snippet names it. */
export interface MessagingEndpoint {
  /** Origin of the SCRT2 host, e.g. `https://yourcompany.my.salesforce-scrt.com`. */
  readonly scrtUrl: string;
  /** 15 characters. */
  readonly orgId: string;
  /** ES Developer Name, in its exact case. */
  readonly deployment: string;
}

/** A token in use. Functions, not texts, travel through the program: they cannot end in a log. */
export type Bearer = () => string;

export interface NewConversation {
  readonly conversationId: string;
  readonly routingAttributes: Readonly<Record<string, string>>;
  readonly language?: string;
}

export interface OutgoingMessage {
  readonly id: string;
  readonly text: string;
  readonly inReplyTo?: string;
  /** Whether it opens a messaging session; then it carries the attributes. */
  readonly session?: { readonly routingAttributes: Readonly<Record<string, string>>; readonly language?: string };
  readonly file?: { readonly id: string; readonly name: string; readonly mimeType: string; readonly bytes: Uint8Array };
}

/** A part of the entries of a conversation. */
export interface EntriesQuery {
  /** At most 50. */
  readonly limit: number;
  /** Milliseconds since 1970. */
  readonly startTimestamp?: number;
  readonly direction: 'FromStart' | 'FromEnd';
}

/**
 * The calls of the Enhanced Chat API v2 (developer.salesforce.com, Enhanced Chat API reference). Each is one request: nothing is
 * repeated here. All throw OpencxError AUTH_FAILED (401), PERMISSION_DENIED (403), ORG_REFUSED, NETWORK, ORG_UNEXPECTED_ANSWER
 * and INTERRUPTED; none of them holds a token.
 */
export interface MessagingApi {
  readonly endpoint: MessagingEndpoint;
  /** Exchanges an identity token for an access token. */
  verifiedAccess(identityToken: string, signal?: AbortSignal): Promise<AccessAnswer>;
  anonymousAccess(signal?: AbortSignal): Promise<AccessAnswer>;
  /** Known for verified access alone; the path for anonymous access is not confirmed. */
  revokeAccess(bearer: Bearer, signal?: AbortSignal): Promise<void>;
  createConversation(bearer: Bearer, conversation: NewConversation, signal?: AbortSignal): Promise<void>;
  /** @param includeClosed closed ones too */
  listConversations(bearer: Bearer, includeClosed: boolean, signal?: AbortSignal): Promise<ConversationList>;
  closeConversation(bearer: Bearer, conversationId: string, signal?: AbortSignal): Promise<void>;
  endSession(bearer: Bearer, conversationId: string, signal?: AbortSignal): Promise<void>;
  /** A message, or a file with one. */
  sendMessage(bearer: Bearer, conversationId: string, message: OutgoingMessage, signal?: AbortSignal): Promise<void>;
  sendTyping(bearer: Bearer, conversationId: string, id: string, active: boolean, signal?: AbortSignal): Promise<void>;
  acknowledge(
    bearer: Bearer,
    conversationId: string,
    acks: readonly { id: string; kind: 'Delivery' | 'Read'; entryId: string }[],
    signal?: AbortSignal,
  ): Promise<void>;
  listEntries(bearer: Bearer, conversationId: string, query: EntriesQuery, signal?: AbortSignal): Promise<Entry[]>;
  /** Opens the event stream of a token; the answer's body goes on until one side ends it. No time-out of its own. */
  openStream(bearer: Bearer, orgId: string, lastEventId: string, signal?: AbortSignal): Promise<Reply>;
}

export interface MessagingApiPorts {
  readonly web: WebClient;
  readonly clock: Clock;
  /** What the org is told of this program. */
  readonly clientVersion: string;
  /** For one request, in milliseconds; 30,000 by default. */
  readonly requestTimeoutMs?: number;
}

import type { RouteRegistrant } from '../../http/route.ts';
import { notImplemented } from '../../http/rest-error.ts';
import type { OrgState } from '../../state/org-state.ts';
import { acknowledge } from '../conversations/acknowledge.ts';
import { takeCustomerMessage } from '../conversations/customer-messages.ts';
import type { CustomerMessage } from '../conversations/customer-messages.ts';
import type { ConversationEntry } from '../conversations/entry.ts';
import { appendEntry } from '../conversations/entry-store.ts';
import { fileMessage } from '../conversations/files.ts';
import type { FileInMessage } from '../conversations/files.ts';
import { endUser } from '../conversations/senders.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { countRequest } from '../limits/rate-limits.ts';
import type { Bearer } from '../tokens/access-token.ts';
import { conversationOf, requestBearer } from './requests/bearer.ts';
import { deploymentOfRequest } from './deployment-of.ts';
import { entriesPage } from './entries-page.ts';
import { readFileRequest } from './requests/file-request.ts';
import { badRequest, ScrtError } from './scrt-error.ts';
import { scrtBody } from './requests/scrt-body.ts';

const ROOT = '/iamessage/api/v2/conversation/:id';

/** What is said in a conversation: messages, files, typing, receipts, and all of it read again. */
export const registerEntryRoutes: RouteRegistrant = (app, org) => {
  app.post(`${ROOT}/message`, async (c) => {
    const bearer = await requestBearer(c, org);
    const request = await scrtBody(c, 'message');
    const conversation = conversationOf(org, bearer, c.req.param('id'));
    const { id, inReplyToMessageId, messageType, staticContent } = request.message;
    if (messageType !== 'StaticContentMessage') throw notImplemented(`messages of the type ${messageType}`);
    if (staticContent === undefined) throw badRequest('message.staticContent: Specify it.');
    if (staticContent.formatType !== 'Text') throw notImplemented(`content of the format ${staticContent.formatType}`);
    const reply = inReplyToMessageId === undefined ? {} : { inReplyToMessageId };
    const abstractMessage = { id, ...reply, messageType, staticContent };
    return c.json(accepted(take(org, bearer, conversation, { id, request, abstractMessage })), 202);
  });
  app.post(`${ROOT}/file`, async (c) => {
    const bearer = await requestBearer(c, org);
    const { request, file } = await readFileRequest(c);
    const conversation = conversationOf(org, bearer, c.req.param('id'));
    const { id, fileId, text } = request.message;
    const sent = { id: fileId, file };
    const abstractMessage = fileMessage(id, sent, text);
    return c.json(accepted(take(org, bearer, conversation, { id, request, abstractMessage, file: sent })), 202);
  });
  app.post(`${ROOT}/entry`, async (c) => {
    const bearer = await requestBearer(c, org);
    const { entryType, id } = await scrtBody(c, 'entry');
    const conversation = conversationOf(org, bearer, c.req.param('id'));
    refuseClosed(conversation);
    const payload = { timestamp: org.now().getTime() };
    const sender = endUser(conversation.subject, bearer.clientId);
    appendEntry(org, conversation.id, { entryType, identifier: id, payload, ...sender });
    return c.body(null, 202);
  });
  app.post(`${ROOT}/acknowledge-entries`, async (c) => {
    const bearer = await requestBearer(c, org);
    const { acks } = await scrtBody(c, 'acknowledgements');
    const conversation = conversationOf(org, bearer, c.req.param('id'));
    acknowledge(org, conversation, acks, endUser(conversation.subject, bearer.clientId));
    return c.body(null, 202);
  });
  app.get(`${ROOT}/entries`, async (c) => {
    const conversation = conversationOf(org, await requestBearer(c, org), c.req.param('id'));
    return c.json({ conversationEntries: entriesPage(org, conversation, c.req.query()) });
  });
};

interface Said {
  readonly id: string;
  readonly request: {
    readonly esDeveloperName: string;
    readonly isNewMessagingSession: boolean;
    readonly routingAttributes?: Readonly<Record<string, string>> | undefined;
    readonly language?: string | undefined;
  };
  readonly abstractMessage: CustomerMessage['abstractMessage'];
  readonly file?: FileInMessage;
}

function take(org: OrgState, bearer: Bearer, conversation: StoredConversation, said: Said): ConversationEntry {
  const { request, ...message } = said;
  const deployment = deploymentOfRequest(org, bearer, request.esDeveloperName);
  refuseClosed(conversation);
  countRequest(org, 'message', conversation.id);
  return takeCustomerMessage(org, deployment, conversation, {
    ...message,
    clientId: bearer.clientId,
    isNewMessagingSession: request.isNewMessagingSession,
    attributes: request.routingAttributes,
    language: request.language,
  });
}

function accepted({ clientTimestamp, identifier }: ConversationEntry): object {
  return { conversationEntries: [{ id: identifier, clientTimestamp }] };
}

/** What a closed conversation answers is not confirmed. @throws ScrtError 400 */
function refuseClosed({ closedAt, id }: StoredConversation): void {
  if (closedAt !== undefined) throw new ScrtError(400, 'BAD_REQUEST', `The conversation ${id} is closed.`);
}

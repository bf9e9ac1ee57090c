import { randomUUID } from 'node:crypto';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { Bearer, MessagingApi, MessagingApiPorts, MessagingEndpoint, OutgoingMessage } from './messaging-api.ts';
import { multipart } from './multipart.ts';
import { answerOf, requester, type ApiRequest, type Reply } from './request.ts';
import { accessAnswerSchema, conversationListSchema, entriesSchema, type AccessAnswer } from './schemas.ts';

const base = '/iamessage/api/v2';

const accessSteps = [
  'Check the ES Developer Name in its exact case, that the deployment is a Custom Client, and that it is published.',
  'Check that the channel asks for what was used: user verification (Auth), or none (UnAuth).',
];

/** What makes the org refuse an identity token, whatever it says about it. */
const identitySteps = [
  'Check that the org has this key, active and in the keyset of the channel: opencx-sf messaging register --dry-run',
  'Check that the issuer of the keyset is the "iss" of the token, letter by letter, and that the clock of this machine is right.',
];

/** The Enhanced Chat API v2 of one deployment. Sends nothing yet. */
export function createMessagingApi(endpoint: MessagingEndpoint, ports: MessagingApiPorts): MessagingApi {
  const send = requester(endpoint.scrtUrl, ports);
  const { orgId, deployment: esDeveloperName } = endpoint;
  const deploymentQuery = `?esDeveloperName=${encodeURIComponent(esDeveloperName)}`;

  const done = async (request: ApiRequest): Promise<void> => {
    const reply = await send(request);
    // What is left unread would keep the connection from being used again.
    await reply.body?.cancel();
  };
  const access = async (request: ApiRequest): Promise<AccessAnswer> =>
    answerOf(await send(request), accessAnswerSchema, request);
  const accessBody = {
    orgId,
    esDeveloperName,
    capabilitiesVersion: '1',
    platform: 'Web',
    context: { appName: 'opencx-sf', clientVersion: ports.clientVersion },
  };

  return {
    endpoint,
    verifiedAccess: (identityToken, signal) =>
      access({
        method: 'POST',
        path: `${base}/authorization/authenticated/access-token`,
        doing: 'exchanging an identity token for an access token',
        json: { ...accessBody, authorizationType: 'JWT', customerIdentityToken: identityToken },
        secrets: [identityToken],
        nextSteps: accessSteps,
        unauthorizedSteps: [...identitySteps, ...accessSteps],
        signal,
      }),
    anonymousAccess: (signal) =>
      access({
        method: 'POST',
        path: `${base}/authorization/unauthenticated/access-token`,
        doing: 'asking for an anonymous access token',
        json: accessBody,
        nextSteps: accessSteps,
        unauthorizedSteps: accessSteps,
        signal,
      }),
    revokeAccess: (bearer, signal) =>
      done({
        method: 'DELETE',
        path: `${base}/authorization/authenticated/access-token`,
        doing: 'giving the access token back',
        bearer,
        signal,
      }),
    createConversation: (bearer, conversation, signal) =>
      done({
        method: 'POST',
        path: `${base}/conversation`,
        doing: 'creating the conversation',
        bearer,
        json: { ...conversation, esDeveloperName },
        signal,
      }),
    listConversations: async (bearer, includeClosed, signal) => {
      const request: ApiRequest = {
        method: 'GET',
        path: `${base}/conversation/list?inclClosedConvs=${includeClosed}&limit=50`,
        doing: 'listing the conversations',
        bearer,
        signal,
      };
      return answerOf(await send(request), conversationListSchema, request);
    },
    closeConversation: (bearer, id, signal) =>
      done({
        method: 'DELETE',
        path: `${conversation(id)}${deploymentQuery}`,
        doing: 'closing the conversation',
        bearer,
        signal,
      }),
    endSession: (bearer, id, signal) =>
      done({
        method: 'DELETE',
        path: `${conversation(id)}/session${deploymentQuery}`,
        doing: 'ending the messaging session',
        bearer,
        signal,
      }),
    sendMessage: (bearer, id, message, signal) =>
      done({ ...messageRequest(id, message, esDeveloperName), bearer, signal }),
    sendTyping: (bearer, conversationId, id, active, signal) =>
      done({
        method: 'POST',
        path: `${conversation(conversationId)}/entry`,
        doing: 'telling that the customer types',
        bearer,
        json: { entryType: active ? 'TypingStartedIndicator' : 'TypingStoppedIndicator', id },
        signal,
      }),
    acknowledge: (bearer, id, acks, signal) =>
      done({
        method: 'POST',
        path: `${conversation(id)}/acknowledge-entries`,
        doing: 'acknowledging entries',
        bearer,
        // Shape as third parties agree on it; not checked against the reference.
        json: {
          acks: acks.map((ack) => ({ id: ack.id, entryType: ack.kind, conversationEntryId: ack.entryId })),
        },
        signal,
      }),
    listEntries: async (bearer, id, query, signal) => {
      const parameters = new URLSearchParams({ limit: String(query.limit), direction: query.direction });
      if (query.startTimestamp !== undefined) parameters.set('startTimestamp', String(query.startTimestamp));
      const request: ApiRequest = {
        method: 'GET',
        path: `${conversation(id)}/entries?${parameters.toString()}`,
        doing: 'reading the entries of the conversation',
        bearer,
        signal,
      };
      return (await answerOf(await send(request), entriesSchema, request)).conversationEntries;
    },
    openStream: (bearer, orgIdOfToken, lastEventId, signal) =>
      openStream(send, bearer, orgIdOfToken, lastEventId, signal),
  };
}

function conversation(id: string): string {
  return `${base}/conversation/${encodeURIComponent(id)}`;
}

/** A message of text as JSON; one with a file as multipart, with what JSON would be in its first part. */
function messageRequest(conversationId: string, message: OutgoingMessage, esDeveloperName: string): ApiRequest {
  const { id, text, inReplyTo, session, file } = message;
  const reply = inReplyTo === undefined ? {} : { inReplyToMessageId: inReplyTo };
  const rest = { esDeveloperName, ...(session === undefined ? {} : { isNewMessagingSession: true, ...session }) };
  if (file === undefined) {
    const content = { messageType: 'StaticContentMessage', staticContent: { formatType: 'Text', text } };
    return {
      method: 'POST',
      path: `${conversation(conversationId)}/message`,
      doing: 'sending a message',
      json: { message: { id, ...reply, ...content }, ...rest },
    };
  }
  const entry = { message: { id, fileId: file.id, ...reply, ...(text === '' ? {} : { text }) }, ...rest };
  return {
    method: 'POST',
    path: `${conversation(conversationId)}/file`,
    doing: `sending the file ${file.name}`,
    body: multipart(`opencx-${randomUUID()}`, [
      { name: 'messageEntry', contentType: 'application/json', bytes: Buffer.from(JSON.stringify(entry)) },
      { name: 'fileData', contentType: file.mimeType, fileName: file.name, bytes: file.bytes },
    ]),
  };
}

async function openStream(
  send: (request: ApiRequest) => Promise<Reply>,
  bearer: Bearer,
  orgId: string,
  lastEventId: string,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const reply = await send({
    method: 'GET',
    path: '/eventrouter/v1/sse',
    doing: 'opening the event stream',
    bearer,
    headers: {
      accept: 'text/event-stream',
      'cache-control': 'no-cache',
      'x-org-id': orgId,
      'last-event-id': lastEventId,
    },
    timed: false,
    signal,
  });
  const type = reply.headers.get('content-type') ?? 'no content type';
  if (/^text\/event-stream\b/i.test(type)) return reply;
  await reply.body?.cancel();
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: `The answer while opening the event stream is no event stream (text/event-stream) but ${type}.`,
    nextSteps: ['Something in between answers in the place of the org: let it pass event streams through.'],
  });
}

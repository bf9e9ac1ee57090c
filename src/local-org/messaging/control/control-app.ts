import { Hono } from 'hono';
import type { Context } from 'hono';

import { errorAnswer } from '../../http/error-answer.ts';
import type { ErrorListener } from '../../http/error-answer.ts';
import { jsonObject } from '../../http/json-body.ts';
import { RestError } from '../../http/rest-error.ts';
import type { LocalOrgEnv } from '../../http/route.ts';
import { resourceNotFound } from '../../http/session-guard.ts';
import type { OrgState } from '../../state/org-state.ts';
import { read, reply, sendFile, type } from '../agents/agent-messages.ts';
import { agentByUsername, listAgents, queueByName, setAgent } from '../agents/manage-agents.ts';
import { accept, decline, end, leave, transfer } from '../agents/work-actions.ts';
import type { ConversationEntry } from '../conversations/entry.ts';
import { findFile } from '../conversations/files.ts';
import { findConversation, listConversations } from '../conversations/stored-conversation.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { RowRefused } from '../sessions/save-row.ts';
import { customerIsAway } from '../sessions/inactivity.ts';
import { cutStreams } from '../stream/stream-hub.ts';
import { changeMessagingSwitches, messagingSwitches } from '../switches/messaging-switches.ts';
import { expireAccessTokens } from '../tokens/access-token.ts';
import { conversationView, workView, workViews } from './agent-view.ts';
import { liveEvents } from './live-events.ts';
import { readMessagingRequest } from './control-requests.ts';
import type { MessagingRequests } from './control-requests.ts';

const ROOT = '/_local/messaging';

/** What a representative does in the service console, and what only a local org does. */
export function buildControlApp(org: OrgState, onError: ErrorListener): Hono<LocalOrgEnv> {
  const app = new Hono<LocalOrgEnv>();
  app.onError((error, c) => errorAnswer(c, error instanceof RowRefused ? refusal(error) : error, onError));
  app.notFound((c) => errorAnswer(c, resourceNotFound(), onError));
  registerWorkRoutes(app, org);

  app.get(`${ROOT}/settings`, (c) => c.json(messagingSwitches(org)));
  app.patch(`${ROOT}/settings`, async (c) => c.json(changeMessagingSwitches(org, await body(c, 'settings'))));
  app.get(`${ROOT}/agents`, (c) => c.json({ agents: listAgents(org) }));
  app.post(`${ROOT}/agents`, async (c) => c.json(setAgent(org, await body(c, 'agent')), 201));
  app.get(`${ROOT}/conversations`, (c) =>
    c.json({
      conversations: listConversations(org).map((one) => {
        const { entries: _, ...summary } = conversationView(org, one);
        return summary;
      }),
    }),
  );
  app.get(`${ROOT}/conversations/:id`, (c) => c.json(conversationView(org, conversationOf(c, org))));
  app.get(`${ROOT}/conversations/:id/files/:fileId`, (c) => {
    const file = findFile(org, conversationOf(c, org).id, c.req.param('fileId'));
    if (file === undefined) throw new RestError(404, 'NOT_FOUND', `There is no file ${c.req.param('fileId')}.`);
    return c.body(Buffer.from(file.bytes), 200, { 'content-type': file.mimeType });
  });
  app.post(`${ROOT}/conversations/:id/inactive`, (c) => {
    const { id } = conversationOf(c, org);
    if (!customerIsAway(org, id)) {
      throw new RestError(400, 'INVALID_REQUEST', 'The conversation has no session that is Active.');
    }
    return c.body(null, 204);
  });
  app.post(`${ROOT}/tokens/expire`, (c) => c.json({ expired: expireAccessTokens(org) }));
  app.post(`${ROOT}/streams/cut`, async (c) => {
    const { afterBytes } = await optionalBody(c, 'cut');
    return c.json({ open: cutStreams(org, afterBytes) });
  });
  app.get(`${ROOT}/events`, (c) => liveEvents(c, org));
  return app;
}

function registerWorkRoutes(app: Hono<LocalOrgEnv>, org: OrgState): void {
  const work = `${ROOT}/agent-work/:id`;
  const done = (c: Context<LocalOrgEnv>): Response => c.json(workView(org, c.req.param('id') ?? ''));
  const said = (c: Context<LocalOrgEnv>, { identifier, transcriptedTimestamp }: ConversationEntry): Response =>
    c.json({ id: identifier, transcriptedTimestamp }, 201);

  app.get(`${ROOT}/agent-work`, (c) => {
    const username = c.req.query('agent');
    return c.json({ work: workViews(org, username === undefined ? undefined : agentByUsername(org, username).userId) });
  });
  app.post(`${work}/accept`, (c) => {
    accept(org, c.req.param('id'));
    return done(c);
  });
  app.post(`${work}/decline`, async (c) => {
    decline(org, c.req.param('id'), (await optionalBody(c, 'decline')).reason);
    return done(c);
  });
  app.post(`${work}/reply`, async (c) => said(c, reply(org, c.req.param('id'), (await body(c, 'reply')).text)));
  app.post(`${work}/file`, async (c) => {
    const { base64, mimeType, name, text } = await body(c, 'file');
    return said(c, sendFile(org, c.req.param('id'), { name, mimeType, bytes: Buffer.from(base64, 'base64') }, text));
  });
  app.post(`${work}/typing`, async (c) => {
    type(org, c.req.param('id'), (await optionalBody(c, 'typing')).isTyping);
    return c.body(null, 204);
  });
  app.post(`${work}/read`, (c) => c.json({ read: read(org, c.req.param('id')) }));
  app.post(`${work}/transfer`, async (c) => {
    transfer(org, c.req.param('id'), queueByName(org, (await body(c, 'transfer')).queue));
    return done(c);
  });
  app.post(`${work}/leave`, (c) => {
    leave(org, c.req.param('id'));
    return done(c);
  });
  app.post(`${work}/end`, (c) => {
    end(org, c.req.param('id'));
    return done(c);
  });
}

function conversationOf(c: Context<LocalOrgEnv>, org: OrgState): StoredConversation {
  const id = c.req.param('id') ?? '';
  const conversation = findConversation(org, id);
  if (conversation === undefined) throw new RestError(404, 'NOT_FOUND', `There is no conversation ${id}.`);
  return conversation;
}

function refusal({ error }: RowRefused): RestError {
  return new RestError(400, error.statusCode, error.message, error.fields);
}

async function body<K extends keyof MessagingRequests>(
  c: Context<LocalOrgEnv>,
  kind: K,
): Promise<MessagingRequests[K]> {
  return readMessagingRequest(kind, await jsonObject(c));
}

/** Nothing sent is an empty object. */
async function optionalBody<K extends keyof MessagingRequests>(
  c: Context<LocalOrgEnv>,
  kind: K,
): Promise<MessagingRequests[K]> {
  return (await c.req.text()) === '' ? readMessagingRequest(kind, {}) : await body(c, kind);
}

import type { RouteRegistrant } from '../../http/route.ts';
import { notImplemented } from '../../http/rest-error.ts';
import { closeConversation, customerEndsSession } from '../conversations/close-conversation.ts';
import { openConversation } from '../conversations/open-conversation.ts';
import { conversationsOf, findConversation } from '../conversations/stored-conversation.ts';
import { countRequest } from '../limits/rate-limits.ts';
import { conversationOf, requestBearer } from './requests/bearer.ts';
import { deploymentOfRequest } from './deployment-of.ts';
import { wholeNumber } from './requests/query-values.ts';
import { notFound, ScrtError } from './scrt-error.ts';
import { scrtBody } from './requests/scrt-body.ts';

const ROOT = '/iamessage/api/v2/conversation';

/** Conversations: opened, listed, ended and closed by the customer. */
export const registerConversationRoutes: RouteRegistrant = (app, org) => {
  app.post(ROOT, async (c) => {
    const bearer = await requestBearer(c, org);
    const {
      conversationId,
      esDeveloperName,
      routingAttributes: attributes = {},
      language,
    } = await scrtBody(c, 'conversation');
    const deployment = deploymentOfRequest(org, bearer, esDeveloperName);
    countRequest(org, 'conversation', bearer.clientId);
    if (findConversation(org, conversationId) !== undefined) {
      throw new ScrtError(409, 'CONFLICT', `A conversation with the conversationId ${conversationId} exists already.`);
    }
    const { subject } = bearer;
    openConversation(org, deployment, { id: conversationId, subject, start: { attributes, language } });
    return c.body(null, 201);
  });
  app.get(`${ROOT}/list`, async (c) => {
    const { subject } = await requestBearer(c, org);
    const withClosed = c.req.query('inclClosedConvs') === 'true';
    const limit = wholeNumber(c.req.query('limit'), 'limit', { least: 1, most: 50, otherwise: 20 });
    const mine = conversationsOf(org, subject);
    const open = mine.filter(({ closedAt }) => closedAt === undefined);
    return c.json({
      openConversationsFound: open.length,
      closedConversationsFound: withClosed ? mine.length - open.length : 0,
      // The latest first: which order Salesforce gives is not confirmed.
      conversations: (withClosed ? mine : open)
        .toReversed()
        .slice(0, limit)
        .map(({ id, startedAt, closedAt }) => ({
          conversationId: id,
          startTimestamp: startedAt,
          endTimestamp: closedAt ?? null,
        })),
    });
  });
  app.delete(`${ROOT}/:id`, async (c) => {
    const bearer = await requestBearer(c, org);
    const conversation = conversationOf(org, bearer, c.req.param('id'));
    deploymentOfRequest(org, bearer, c.req.query('esDeveloperName'));
    if (conversation.closedAt !== undefined) throw notFound(`The conversation ${conversation.id} is closed already.`);
    closeConversation(org, conversation);
    return c.body(null, 204);
  });
  app.delete(`${ROOT}/:id/session`, async (c) => {
    const bearer = await requestBearer(c, org);
    const conversation = conversationOf(org, bearer, c.req.param('id'));
    deploymentOfRequest(org, bearer, c.req.query('esDeveloperName'));
    if (!customerEndsSession(org, conversation)) throw notFound('The conversation has no messaging session.');
    return c.body(null, 204);
  });
  // Both are in the reference; their paths are not confirmed.
  for (const path of [`${ROOT}/:id`, `${ROOT}/:id/routing-status`]) {
    app.get(path, () => {
      throw notImplemented('the routing status of a conversation');
    });
  }
  app.get(`${ROOT}/:id/transcript`, () => {
    throw notImplemented('the transcript of a conversation');
  });
};

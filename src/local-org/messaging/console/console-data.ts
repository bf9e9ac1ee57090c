import { RestError } from '../../http/rest-error.ts';
import type { RouteRegistrant } from '../../http/route.ts';
import { findConversation } from '../conversations/stored-conversation.ts';
import { queueViews } from './queue-view.ts';
import { sessionViews } from './session-view.ts';

const ROOT = '/_local/messaging';

/**
 * What the rep console shows beside conversations. To be registered behind the guard of the control API, and before the rest of
 * Live Messaging in it.
 */
export const registerConsoleData: RouteRegistrant = (app, org) => {
  // What customers send is saved, never shown, should a browser be made to open it.
  app.use(`${ROOT}/conversations/:id/files/:fileId`, async (c, next) => {
    await next();
    c.header('content-disposition', 'attachment');
    c.header('x-content-type-options', 'nosniff');
  });
  app.get(`${ROOT}/queues`, (c) => c.json({ queues: queueViews(org) }));
  app.get(`${ROOT}/conversations/:id/sessions`, (c) => {
    const id = c.req.param('id');
    const conversation = findConversation(org, id);
    if (conversation === undefined) throw new RestError(404, 'NOT_FOUND', `There is no conversation ${id}.`);
    return c.json({ sessions: sessionViews(org, conversation) });
  });
};

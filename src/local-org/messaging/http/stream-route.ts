import { ServerResponse } from 'node:http';

import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

import type { RouteRegistrant } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { listEntries } from '../conversations/entry-store.ts';
import { conversationsOf } from '../conversations/stored-conversation.ts';
import { eventText, PING } from '../stream/event-text.ts';
import { openStream } from '../stream/open-stream.ts';
import type { OpenStream } from '../stream/open-stream.ts';
import { hubOf } from '../stream/stream-hub.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import { requestBearer } from './requests/bearer.ts';
import { isOrgId } from './deployment-of.ts';
import { badRequest } from './scrt-error.ts';

/**
 * Server-sent events of all conversations of a customer. A stream that is open when its token expires stays open: whether
 * Salesforce ends it then is not confirmed.
 */
export const registerStreamRoute: RouteRegistrant = (app, org) => {
  app.get('/eventrouter/v1/sse', async (c) => {
    const { subject } = await requestBearer(c, org);
    const orgId = c.req.header('x-org-id');
    const lastEventId = c.req.header('last-event-id');
    if (orgId === undefined) throw badRequest('The header X-Org-Id is required.');
    if (lastEventId === undefined) throw badRequest('The header Last-Event-Id is required.');
    if (!isOrgId(org, orgId)) throw badRequest('OrgId in the header and token must match');
    if (!/^\d+$/.test(lastEventId)) throw badRequest('Specify a valid Last-Event-Id.');
    const { outgoing } = c.env as HttpBindings;
    if (!(outgoing instanceof ServerResponse)) throw new Error('Streams are served over HTTP/1.1.');
    outgoing.writeHead(200, { 'content-type': 'text/event-stream;charset=UTF-8', 'cache-control': 'no-cache' });
    outgoing.flushHeaders();
    const stream = openStream(subject, outgoing);
    serveStream(org, stream, Number(lastEventId), (onClosed) => outgoing.once('close', onClosed));
    return RESPONSE_ALREADY_SENT;
  });
};

function serveStream(
  org: OrgState,
  stream: OpenStream,
  lastEventId: number,
  whenClosed: (onClosed: () => void) => void,
): void {
  const hub = hubOf(org);
  if (hub.cutNextAfter !== undefined) stream.cutAfter(hub.cutNextAfter);
  hub.cutNextAfter = undefined;
  const { pingSeconds, replay } = messagingSwitches(org);
  if (replay === 'on') replayTo(org, stream, lastEventId);
  hub.streams.add(stream);
  const pings = setInterval(() => {
    stream.send(PING);
  }, pingSeconds * 1000);
  pings.unref();
  whenClosed(() => {
    clearInterval(pings);
    hub.streams.delete(stream);
  });
}

/** Sends what conversations of the customer have kept since an event. */
function replayTo(org: OrgState, stream: OpenStream, lastEventId: number): void {
  const missed = conversationsOf(org, stream.subject).flatMap((conversation) =>
    listEntries(org, conversation.id)
      .filter(({ serial }) => serial > lastEventId)
      .map((entry) => ({ conversation, entry })),
  );
  for (const { conversation, entry } of missed.toSorted((one, other) => one.entry.serial - other.entry.serial)) {
    stream.send(eventText(conversation, entry));
  }
}

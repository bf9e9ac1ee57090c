import type { Context, Hono } from 'hono';
import { z } from 'zod';

import { OpencxError } from '../../../errors/opencx-error.ts';
import { afterPlace, placeOf } from '../../api/schema/session-place.ts';
import { refusal, response } from '../../http/answer.ts';
import type { Session } from '../../session/session.ts';
import { shown, type DataPorts, type InspectorEnv } from '../data-ports.ts';
import {
  sessionWishSchema,
  timelineWishSchema,
  type OpencxShown,
  type SessionDetail,
  type SessionsShown,
} from './session-schema.ts';
import { sessionLinks, sessionShown } from './session-shown.ts';
import { sessionTimeline } from './timeline.ts';

/** Sessions of one answer. */
const pageSize = 50;

/** Sessions: listed, shown across both systems, and as OpenCX has them. */
export function registerSessionRoutes(app: Hono<InspectorEnv>, ports: DataPorts): void {
  const { store, health, contract, opencx } = ports;

  const ofSession =
    (route: (c: Context<InspectorEnv>, session: Session) => Promise<Response>) => (c: Context<InspectorEnv>) =>
      shown(
        health,
        () => store.session(c.req.param('id') ?? ''),
        (session) =>
          session === undefined ? response(refusal(404, 'The store holds no such session.')) : route(c, session),
      );

  app.get('/api/sessions', async (c) => {
    const wish = sessionWishSchema.safeParse(c.req.query());
    if (!wish.success) return response(refusal(400, z.prettifyError(wish.error)));
    const { state, channel, text, before } = wish.data;
    const query = {
      ...(state === undefined ? {} : { state }),
      ...(channel === undefined ? {} : { channel }),
      ...(text === undefined ? {} : { contains: text }),
      ...(before === undefined ? {} : afterPlace(before)),
    };
    return await shown(
      health,
      () => store.sessions({ ...query, limit: pageSize + 1 }),
      (found) => {
        const page = found.slice(0, pageSize);
        const last = found.length > pageSize ? page.at(-1) : undefined;
        return c.json({
          sessions: page.map(sessionShown),
          ...(last === undefined ? {} : { next: placeOf(last) }),
        } satisfies SessionsShown);
      },
    );
  });
  app.get(
    '/api/sessions/:id',
    ofSession(async (c, session) => {
      const wish = timelineWishSchema.safeParse(c.req.query());
      if (!wish.success) return response(refusal(400, z.prettifyError(wish.error)));
      return await shown(
        health,
        () => sessionTimeline(store, contract, session, wish.data.most),
        ({ entries, more }) =>
          c.json({
            session: sessionShown(session),
            links: sessionLinks(ports.org, session),
            timeline: [...entries],
            more,
          } satisfies SessionDetail),
      );
    }),
  );

  if (opencx === undefined) return;
  app.get(
    '/api/sessions/:id/opencx',
    ofSession(async (c, { id }) =>
      askOpencx(async () => {
        const history = await opencx.history(id, c.req.raw.signal);
        const { items = [], truncated = false } = history ?? {};
        return c.json({ isKnown: history !== undefined, items: [...items], truncated } satisfies OpencxShown);
      }),
    ),
  );
  app.post(
    '/api/sessions/:id/sync',
    ofSession(async (c, { id }) =>
      askOpencx(async () => {
        await opencx.sync(id, c.req.raw.signal);
        return response({ status: 202, body: {} });
      }),
    ),
  );
}

/** What OpenCX refuses, or that it does not answer, is told in its own words. */
async function askOpencx(ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OpencxError) return response(refusal(502, error.message));
    throw error;
  }
}

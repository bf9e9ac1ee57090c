import type { Hono } from 'hono';

import type { ErrorListener } from '../../http/error-answer.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';

/**
 * Live Messaging in the control API: the representative's side, switches, accidents. Loaded when first asked. Stands behind
 * the guard of `control-routes.ts`.
 */
export function messagingControl(onError: ErrorListener): RouteRegistrant {
  return (app, org) => {
    let loading: Promise<Hono<LocalOrgEnv>> | undefined;
    app.all('/_local/messaging/*', async (c) => {
      loading ??= import('./control-app.ts').then(({ buildControlApp }) => buildControlApp(org, onError));
      return await (await loading).fetch(c.req.raw, c.env);
    });
  };
}

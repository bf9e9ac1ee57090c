import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';

import type { OrgState } from '../state/org-state.ts';
import { limitInfo } from './api-usage.ts';
import type { ApiUsage } from './api-usage.ts';
import { bodyLimit } from './body-limit.ts';
import { errorAnswer } from './error-answer.ts';
import type { ErrorListener } from './error-answer.ts';
import type { LocalOrgEnv, RouteRegistrant } from './route.ts';
import { apiEnabled, resourceNotFound, sessionRequired, versionOffered } from './session-guard.ts';

export interface AppOptions {
  readonly org: OrgState;
  readonly usage: ApiUsage;
  /** Middleware and routes that stand before everything else (control API, faults). */
  readonly first: readonly RouteRegistrant[];
  /** Routes in order: the first that matches answers. */
  readonly routes: readonly RouteRegistrant[];
  readonly onError: ErrorListener;
}

/** The whole HTTP surface: guards, then the routes, then Salesforce's 404 and 405. */
export function buildApp({ org, usage, first, routes, onError }: AppOptions): Hono<LocalOrgEnv> {
  // Salesforce's own examples write `query/?q=…` as well as `query?q=…`.
  const app = new Hono<LocalOrgEnv>({ strict: false });
  app.onError((error, c) => errorAnswer(c, error, onError));
  app.notFound((c) => errorAnswer(c, resourceNotFound(), onError));
  for (const register of first) register(app, org);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allowed = methods.filter((method) => method !== 'HEAD').join(',');
        const message = `HTTP Method '${c.req.method}' not allowed. Allowed are ${allowed}`;
        return c.json([{ message, errorCode: 'METHOD_NOT_ALLOWED' }], 405, { Allow: allowed });
      },
    }),
  );
  app.use(bodyLimit);
  for (const path of ['/services/data/:version', '/services/data/:version/*']) {
    app.use(path, limitInfo(usage), sessionRequired(org), apiEnabled(org), versionOffered(org));
  }
  for (const register of routes) register(app, org);
  return app;
}

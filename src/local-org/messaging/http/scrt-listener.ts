import type { Hono } from 'hono';

import type { ErrorListener } from '../../http/error-answer.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';
import { serveOnLoopback } from '../../http/serve.ts';
import type { OrgState } from '../../state/org-state.ts';

export interface ScrtListener {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ScrtOptions {
  readonly org: OrgState;
  /** 0 for a free one. */
  readonly port: number;
  /** Middleware that stands before everything else. */
  readonly first: readonly RouteRegistrant[];
  /** To be awaited before rows are saved. */
  readonly ready: () => Promise<void>;
  readonly onError: ErrorListener;
}

interface Messaging {
  readonly app: Hono<LocalOrgEnv>;
  readonly close: () => void;
}

/**
 * Serves the SCRT2 host of an org on 127.0.0.1. What answers is loaded with the first request, or at once where there are
 * conversations, whose sessions may become Inactive.
 * @throws Error (EADDRINUSE) if the port is taken
 */
export async function listenForMessaging(options: ScrtOptions): Promise<ScrtListener> {
  let loading: Promise<Messaging> | undefined;
  const loaded = (): Promise<Messaging> => (loading ??= load(options));
  const { onError, org, port } = options;
  const serving = await serveOnLoopback(port, async (request, env) => await (await loaded()).app.fetch(request, env));
  if (org.documents.list('messaging-conversation').length > 0) {
    loaded().catch((error: unknown) => {
      onError(error, 'background');
    });
  }
  return {
    url: `http://127.0.0.1:${serving.port}`,
    close: async () => {
      (await loading)?.close();
      await serving.close();
    },
  };
}

async function load({ first, onError, org, ready }: ScrtOptions): Promise<Messaging> {
  const { buildScrtApp } = await import('./scrt-app.ts');
  const { watchInactivity } = await import('../sessions/inactivity.ts');
  const stop = watchInactivity(org, ready, (error) => {
    onError(error, 'background');
  });
  return { app: buildScrtApp(org, first, onError), close: stop };
}

import type { IncomingMessage } from 'node:http';

import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';

import type { Clock } from '../../clock.ts';
import type { AllowList } from '../security/allow-list.ts';
import { bearerToken, isForwarded, namesLoopback } from './request-guard.ts';
import { tokenMatcher } from '../security/webhook-token.ts';
import type { ServeListener } from '../serve-event.ts';
import { refusal, response, type Answer } from './answer.ts';
import type { HttpLimits } from './http-limits.ts';
import type { Gate } from './rate-limit.ts';
import { headersOf } from './webhook-intake.ts';

interface Env {
  Bindings: HttpBindings;
}

export interface AppPorts {
  readonly token: string;
  /** Whether nobody but this machine can reach it. */
  readonly onLoopback: boolean;
  readonly limits: HttpLimits;
  /** Of requests for what is not there. */
  readonly misses: Gate;
  readonly clock: Clock;
  readonly listener: ServeListener;
  /** Undefined: webhooks may come from everywhere. */
  readonly callers?: AllowList | undefined;
  readonly takeWebhook: (incoming: IncomingMessage) => Promise<Answer>;
  /** Why it is not ready; undefined if it is. */
  readonly unready: () => Promise<string | undefined>;
  readonly metricsText: () => Promise<string>;
  readonly inspector: Hono<Env> | undefined;
  readonly api?: Hono<Env> | undefined;
}

/**
 * Everything that `serve` answers. What is not there and a wrong token are answered alike, after the same work.
 * Where it listens on loopback, pages are for requests that name loopback as their host: a web page elsewhere, whose name was made
 * to point here, reads nothing. A webhook may come under any name, that of a tunnel too: its token is what lets it in.
 */
export function buildApp(ports: AppPorts): Hono<Env> {
  const { onLoopback, limits, misses, clock, listener } = ports;
  const isToken = tokenMatcher(ports.token);
  const app = new Hono<Env>();

  /** @param reason told to whoever runs this, and not to the caller */
  function missing(reason = 'No such path, or the token in it is wrong.'): Response {
    const waitSeconds = misses();
    const answer =
      waitSeconds > 0
        ? refusal(429, 'Too many requests.', { 'retry-after': String(waitSeconds) })
        : refusal(404, 'There is nothing here.');
    listener({ type: 'rejected', at: clock.now(), status: answer.status, reason, rejectionId: undefined });
    return response(answer);
  }

  function isPageShown(c: Context<Env>): boolean {
    return !onLoopback || namesLoopback(c.req.raw.headers);
  }

  app.onError((error, c) => {
    const isGone = c.env.incoming.destroyed && !c.env.incoming.complete;
    if (isGone) return response(refusal(400, 'The request ended before its body did.'));
    // A bug: whoever calls learns nothing of it, and comes again.
    listener({
      type: 'rejected',
      at: clock.now(),
      status: 500,
      reason: `A bug: ${error.message}`,
      rejectionId: undefined,
    });
    return response(refusal(500, 'The request could not be processed.'));
  });
  app.use(async (c, next) => {
    const { rawHeaders } = c.env.incoming;
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
    if (hosts.length > 1) return response(refusal(400, 'The request names its host twice.'));
    if (rawHeaders.length / 2 > limits.maxHeaders) {
      return response(refusal(431, `The request has more than ${limits.maxHeaders} header fields.`));
    }
    return next();
  });
  // For every path alike, so that the time tells nothing.
  app.use(async (c, next) => {
    const [, given] = /^\/webhooks\/salesforce\/([^/]+)$/.exec(c.req.path) ?? [];
    if (!isToken(given ?? c.req.path)) return next();
    const { incoming } = c.env;
    // As a wrong token is answered: whoever may not call does not learn that it is the right one.
    const uninvited = ports.callers?.problem(incoming.socket.remoteAddress, headersOf(incoming));
    if (uninvited !== undefined) return missing(uninvited);
    if (c.req.method !== 'POST') return response(refusal(405, 'A webhook is called by POST.', { allow: 'POST' }));
    return response(await ports.takeWebhook(incoming));
  });
  app.get('/healthz', (c) => (isPageShown(c) ? c.text('ok\n') : missing()));
  app.get('/readyz', async (c) => {
    if (!isPageShown(c)) return missing();
    const why = await ports.unready();
    return why === undefined ? c.text('ready\n') : c.text(`${why}\n`, 503, { 'retry-after': '10' });
  });
  app.get('/metrics', async (c) => {
    const { headers } = c.req.raw;
    const isAllowed = isToken(bearerToken(headers)) || (onLoopback && !isForwarded(headers));
    if (!isAllowed || !isPageShown(c)) return missing();
    return c.text(await ports.metricsText(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  if (ports.inspector !== undefined) app.route('/', ports.inspector);
  if (ports.api !== undefined) app.route('/', ports.api);
  app.notFound(() => missing());
  return app;
}

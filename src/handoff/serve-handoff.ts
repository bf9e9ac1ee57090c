import { randomUUID } from 'node:crypto';

import type { WebhookContract } from '../blueprint/webhook-contract.ts';
import { systemClock, type Clock } from '../clock.ts';
import { OpencxError } from '../errors/opencx-error.ts';
import { isLoopback } from '../salesforce/auth/org-url.ts';
import { defaultDeliveryPace, type DeliveryPace } from './delivery/delivery-pace.ts';
import { openDeliveryWorker } from './delivery/delivery-worker.ts';
import { watchFarSides } from './delivery/far-sides.ts';
import type { ForwardRoute } from './delivery/forward-routes.ts';
import { openForwarder } from './delivery/forward.ts';
import { buildApp } from './http/app.ts';
import { defaultHttpLimits, type HttpLimits } from './http/http-limits.ts';
import { listen } from './http/listen.ts';
import { openMetrics } from './http/metrics.ts';
import { rateGate } from './http/rate-limit.ts';
import { webhookIntake } from './http/webhook-intake.ts';
import { buildInspector } from './inspector/inspector-app.ts';
import { openServeNews } from './inspector/serve-news.ts';
import { keepWithin, type Retention } from './retention.ts';
import { targetKey } from './security/target-guard.ts';
import { isTokenStrong, isTokenWritable } from './security/webhook-token.ts';
import type { ServeListener } from './serve-event.ts';
import { watchStore } from './store-health.ts';
import type { HandoffStore } from './store/handoff-store.ts';

export interface ServeHandoffOptions {
  /** Stays open when the server is closed; it is the caller's. */
  readonly store: HandoffStore;
  readonly contract: WebhookContract;
  /** Last part of the webhook's path, which makes it a secret: letters, digits, `-` and `_`; `newWebhookToken` makes one. */
  readonly token: string;
  /** Empty: events are only kept. */
  readonly routes: readonly ForwardRoute[];
  /** Address or name to listen at; default 127.0.0.1 and ::1. */
  readonly host?: string;
  /** TCP port; 0 or absent takes a free one. */
  readonly port?: number;
  /** PEM texts. Absent: plain HTTP, for loopback, a tunnel or a proxy in front. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly clock?: Clock;
  readonly limits?: Partial<HttpLimits>;
  readonly pace?: Partial<DeliveryPace>;
  /** What is forgotten once it is delivered; absent keeps everything. */
  readonly retention?: Retention;
  /** Serves the inspector's page at `/`, on loopback alone; its token lets in whoever has it. */
  readonly inspector?: { readonly token: string };
  readonly onEvent?: ServeListener;
}

export interface RunningServe {
  /** Where it listens, without a trailing slash, e.g. `http://127.0.0.1:4100`; the first is the one to use. */
  readonly origins: readonly string[];
  /** The URL for the Named Credential. Carries the token: for the person alone, not for logs. */
  readonly webhookUrl: string;
  /** The inspector's page with its token, for the person alone; undefined if there is none. */
  readonly inspectorUrl: string | undefined;
  /**
   * Ends it: no new requests, those under way are answered, attempts under way get `pace.drainMs`, what was not tried is given
   * back to the store. Further calls wait for the first.
   */
  close(): Promise<void>;
}

/**
 * Takes webhooks over HTTP into a store, and carries them to the far side.
 * @throws OpencxError LISTEN_FAILED if the address cannot be used · USAGE if the token is unfit, or too weak for that address
 */
export async function serveHandoff(options: ServeHandoffOptions): Promise<RunningServe> {
  const { store, contract, token, routes, host, clock = systemClock } = options;
  const limits: HttpLimits = { ...defaultHttpLimits, ...options.limits };
  const pace: DeliveryPace = { ...defaultDeliveryPace, ...options.pace };
  const onLoopback = host === undefined || isLoopbackHost(host);
  checkToken(token, onLoopback);

  const metrics = openMetrics();
  const news = openServeNews(clock);
  const listener: ServeListener = (event) => {
    metrics.count(event);
    news.hear(event);
    options.onEvent?.(event);
  };
  const health = watchStore(clock, listener);
  const farSides = watchFarSides(listener, clock, pace);
  const forwarder = openForwarder(clock, new Set(routes.map(({ url }) => targetKey(url))), pace.timeoutMs);
  const owner = `${process.pid}-${randomUUID()}`;
  const worker = openDeliveryWorker({ store, health, forwarder, farSides, clock, pace, listener, owner });
  const onDeliverable = (): void => worker.wake();
  let closing: Promise<void> | undefined;

  const takeWebhook = webhookIntake({
    store,
    health,
    contract,
    routes,
    limits,
    clock,
    listener,
    gate: rateGate(limits.webhooks, clock),
    onDeliverable,
  });
  const misses = rateGate(limits.misses, clock);
  const inspectorToken = onLoopback ? options.inspector?.token : undefined;
  const app = buildApp({
    token,
    onLoopback,
    limits,
    clock,
    listener,
    takeWebhook,
    misses,
    inspector:
      inspectorToken === undefined
        ? undefined
        : buildInspector({
            store,
            health,
            contract,
            token: inspectorToken,
            news,
            limits,
            misses,
            clock,
            onDeliverable,
          }),
    unready: async () => {
      if (closing !== undefined) return 'being ended';
      const counts = await health.tried('read', () => store.counts());
      return counts === undefined || health.isFailing() ? 'the store fails' : undefined;
    },
    metricsText: async () =>
      metrics.text({
        deliveries: await health.tried('read', () => store.counts()),
        underWay: worker.underWay(),
        farSides: farSides.all(),
      }),
  });
  const http = await listen({ host, port: options.port ?? 0, tls: options.tls, limits, fetch: app.fetch });
  // Not before: of two that were started for the same port, the one that cannot have it must carry nothing.
  worker.start();
  const ended = new AbortController();
  const retaining =
    options.retention === undefined
      ? undefined
      : keepWithin(options.retention, { store, health, clock, listener }, ended.signal);

  async function close(): Promise<void> {
    ended.abort();
    news.close();
    await http.close(clock, pace.drainMs);
    await worker.close();
    await Promise.all([retaining, forwarder.close()]);
  }

  const [origin = ''] = http.origins;
  return {
    origins: http.origins,
    webhookUrl: `${origin}/webhooks/salesforce/${token}`,
    inspectorUrl: inspectorToken === undefined ? undefined : `${origin}/#token=${inspectorToken}`,
    close: async () => {
      closing ??= close();
      await closing;
    },
  };
}

function isLoopbackHost(host: string): boolean {
  const url = URL.parse(`http://${host.includes(':') ? `[${host}]` : host}`);
  return url !== null && isLoopback(url);
}

function checkToken(token: string, onLoopback: boolean): void {
  if (!isTokenWritable(token)) {
    throw new OpencxError('USAGE', {
      message: 'The token of the webhook may have letters, digits, "-" and "_" alone, as it is a part of a URL.',
    });
  }
  if (!onLoopback && !isTokenStrong(token)) {
    throw new OpencxError('USAGE', {
      message: 'The token of the webhook is too short for an address that others can reach: it must have 128 bits.',
      nextSteps: ['Let one be made: remove the file of the token, and start again.'],
    });
  }
}

import { randomUUID } from 'node:crypto';

import { systemClock } from '../clock.ts';
import { OpencxError } from '../errors/opencx-error.ts';
import { isLoopback } from '../salesforce/auth/org-url.ts';
import { defaultDeliveryPace, type DeliveryPace } from './delivery/delivery-pace.ts';
import { buildApi } from './api/build-api.ts';
import { openDeliveryWorker, type DeliveryWorker } from './delivery/delivery-worker.ts';
import { watchFarSides } from './delivery/far-sides.ts';
import { buildApp } from './http/app.ts';
import { defaultHttpLimits, type HttpLimits } from './http/http-limits.ts';
import { listen } from './http/listen.ts';
import { openMetrics } from './http/metrics.ts';
import { rateGate } from './http/rate-limit.ts';
import { countUnderWay } from './http/under-way.ts';
import { takeRequest, webhookIntake, type IntakePorts } from './http/webhook-intake.ts';
import { buildInspector } from './inspector/inspector-app.ts';
import { openServeNews } from './inspector/serve-news.ts';
import { keepWithin } from './retention.ts';
import { openAllowList } from './security/allow-list.ts';
import { guardUrl, targetKey } from './security/target-guard.ts';
import { webhookSignature } from './security/webhook-signature.ts';
import { isTokenStrong, isTokenWritable } from './security/webhook-token.ts';
import { openServeCarriers } from './serve-carriers.ts';
import type { ServeEvent, ServeListener } from './serve-event.ts';
import type { RunningServe, ServeHandoffOptions } from './serve-options.ts';
import { openToldStream } from './session/told-stream.ts';
import { watchStore } from './store-health.ts';

/**
 * Takes webhooks over HTTP into a store, and carries them to the far side.
 * @throws OpencxError LISTEN_FAILED if the address cannot be used · USAGE if a token is unfit, or too weak for that address
 */
export async function serveHandoff(options: ServeHandoffOptions): Promise<RunningServe> {
  const { store, contract, token, host, mode = 'everything', clock = systemClock } = options;
  const limits: HttpLimits = { ...defaultHttpLimits, ...options.limits };
  const pace: DeliveryPace = { ...defaultDeliveryPace, ...options.pace };
  const onLoopback = host === undefined || isLoopbackHost(host);
  checkToken(token, 'webhook', onLoopback);
  if (options.api !== undefined) checkToken(options.api.token, 'API', onLoopback);

  const metrics = openMetrics();
  const news = openServeNews(clock);
  const listener: ServeListener = (event) => {
    metrics.count(event);
    news.hear(event);
    options.onEvent?.(event);
    if (mayHaveTold.has(event.type)) told.poke();
  };
  const health = watchStore(clock, listener);
  const ended = new AbortController();
  const told = openToldStream({ store, health, clock, listener, signal: ended.signal });
  const farSides = watchFarSides(listener, clock, pace);
  const owner = `${process.pid}-${randomUUID()}`;
  const carriers = openServeCarriers(options, {
    health,
    clock,
    pace,
    listener,
    owner,
    onChanged: () => {
      told.poke();
      worker.wake();
    },
  });
  const worker: DeliveryWorker = openDeliveryWorker(
    {
      store,
      health,
      carriers: carriers.carriers,
      farSides,
      clock,
      pace,
      listener,
      owner,
    },
    () => webhooks.count() >= pace.busyFrom,
  );
  const onDeliverable = (): void => worker.wake();
  let closing: Promise<void> | undefined;

  const intake: IntakePorts = {
    store,
    health,
    contract,
    routes: mode === 'record' ? [] : options.routes,
    sessions: mode === 'everything' || mode === 'read-only',
    limits,
    clock,
    listener,
    gate: rateGate(limits.webhooks, clock),
    signature: options.signature === undefined ? undefined : webhookSignature(options.signature.secrets, clock),
    onDeliverable,
  };
  const webhooks = countUnderWay(webhookIntake(intake));
  const misses = rateGate(limits.misses, clock);
  const inspectorToken = onLoopback ? options.inspector?.token : undefined;
  const app = buildApp({
    token,
    onLoopback,
    limits,
    clock,
    listener,
    takeWebhook: webhooks.take,
    callers: options.callers === undefined ? undefined : openAllowList(options.callers),
    misses,
    inspector:
      inspectorToken === undefined
        ? undefined
        : buildInspector({
            store,
            health,
            contract,
            ...options.inspector,
            token: inspectorToken,
            takeWebhook: (request) => takeRequest(intake, request),
            news,
            limits,
            misses,
            clock,
            onDeliverable,
          }),
    api:
      options.api === undefined
        ? undefined
        : buildApi({
            store,
            health,
            clock,
            listener,
            token: options.api.token,
            onLoopback,
            limits,
            misses,
            isReadOnly: mode === 'read-only' || mode === 'record',
            route: (channel) => carriers.route(channel),
            callbackUrl: options.callbackUrl,
            checkCallback: (url) => guardUrl(url, targetKey(url) === namedKey(options.callbackUrl)),
            onDeliverable,
            news: (wake) => told.subscribe(wake),
            signal: ended.signal,
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
        following: carriers.following(),
        farSides: farSides.all(),
      }),
  });
  const listening = listen({ host, port: options.port ?? 0, tls: options.tls, limits, fetch: app.fetch });
  const http = await listening.catch(async (error: unknown) => {
    ended.abort();
    news.close();
    await Promise.all([told.ended, carriers.close()]);
    throw error;
  });
  // Not before: of two that were started for the same port, the one that cannot have it must carry nothing.
  worker.start();
  carriers.start();
  const retaining =
    options.retention === undefined
      ? undefined
      : keepWithin(options.retention, { store, health, clock, listener }, ended.signal);

  async function close(): Promise<void> {
    // First of all, as event streams are requests that would be waited for.
    ended.abort();
    news.close();
    await http.close(clock, pace.drainMs);
    await worker.close();
    await Promise.all([retaining, told.ended, carriers.close()]);
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

/** After these something may have been told of a session. */
const mayHaveTold: ReadonlySet<ServeEvent['type']> = new Set(['attempt', 'handoff-accepted', 'message-accepted']);

function namedKey(url: URL | undefined): string | undefined {
  return url === undefined ? undefined : targetKey(url);
}

function isLoopbackHost(host: string): boolean {
  const url = URL.parse(`http://${host.includes(':') ? `[${host}]` : host}`);
  return url !== null && isLoopback(url);
}

function checkToken(token: string, of: 'webhook' | 'API', onLoopback: boolean): void {
  if (!isTokenWritable(token)) {
    throw new OpencxError('USAGE', {
      message: `The token of the ${of} may have letters, digits, "-" and "_" alone.`,
    });
  }
  if (!onLoopback && !isTokenStrong(token)) {
    throw new OpencxError('USAGE', {
      message: `The token of the ${of} is too short for an address that others can reach: it must have 128 bits.`,
      nextSteps: ['Let one be made: remove the file of the token, and start again.'],
    });
  }
}

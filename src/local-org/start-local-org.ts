import type { RunAnonymous } from './apex/anonymous.ts';
import { openApexEngine } from './apex/apex-engine.ts';
import { registerLogRoutes } from './apex/logs/log-routes.ts';
import { registerCompositeRoutes } from './composite/composite-routes.ts';
import { loopbackHostOnly } from './control/control-guard.ts';
import { controlRoutes } from './control/control-routes.ts';
import { registerDumpRoutes } from './control/dump-routes.ts';
import { faultInjection } from './control/fault-injection.ts';
import { openFaultBoard } from './control/faults.ts';
import { registerMailRoutes } from './control/mail-routes.ts';
import { registerPlantRoutes } from './control/plant-routes.ts';
import { openRequestLog, requestLogging } from './control/request-log.ts';
import { registerVerificationRoutes } from './control/verification-routes.ts';
import { openApiUsage } from './http/api-usage.ts';
import { apexReady } from './http/apex-ready.ts';
import { buildApp } from './http/app.ts';
import { registerDiscoveryRoutes } from './http/discovery-routes.ts';
import type { ErrorListener } from './http/error-answer.ts';
import { limitsRoutes } from './http/limits-routes.ts';
import type { RouteRegistrant } from './http/route.ts';
import { serveOnLoopback } from './http/serve.ts';
import type { Serving } from './http/serve.ts';
import { registerUnimplementedRoutes } from './http/unimplemented-routes.ts';
import { startMailRelay } from './mail/outbox/relay.ts';
import { registerConversationEntriesRoute } from './messaging/connect/conversation-entries-route.ts';
import { registerConsoleData } from './messaging/console/console-data.ts';
import { registerConsolePage } from './messaging/console/console-page.ts';
import { messagingControl } from './messaging/control/messaging-control.ts';
import { listenForMessaging } from './messaging/http/scrt-listener.ts';
import type { ScrtListener } from './messaging/http/scrt-listener.ts';
import { registerPublishRoute } from './messaging/deployment/publish-route.ts';
import { registerMetadataRoutes } from './metadata/metadata-routes.ts';
import { registerOAuthRoutes } from './oauth/oauth-routes.ts';
import { registerAppRoutes } from './oauth/routes/app-routes.ts';
import { createSession } from './oauth/sessions.ts';
import { registerCollectionRoutes } from './records/collection-routes.ts';
import { registerRecordRoutes } from './records/record-routes.ts';
import { registerQueryRoutes } from './soql/query-routes.ts';
import { openOrgState } from './state/open-org.ts';
import type { OrgKind } from './state/org-settings.ts';
import type { OrgState } from './state/org-state.ts';
import { registerCometdRoutes } from './streaming/cometd-routes.ts';
import { anonymousRoutes } from './tooling/anonymous-routes.ts';
import { apexSoapRoutes } from './tooling/soap/apex-soap-routes.ts';
import { registerToolingRoutes } from './tooling/tooling-routes.ts';
import { fieldText } from './state/field-text.ts';

/** The interpreter is loaded when there is something to run. */
const runAnonymous: RunAnonymous = async (org, request) =>
  await (await import('./apex/run-anonymous.ts')).runAnonymous(org, request);

export interface StartLocalOrgOptions {
  /** TCP port; 0 or absent takes a free one. */
  readonly port?: number;
  /** TCP port of Live Messaging, an origin of its own; 0 or absent takes a free one. */
  readonly scrtPort?: number;
  /** Directory of the org's files; absent keeps everything in memory. */
  readonly dataDir?: string;
  /** Kind of a new org; an org that exists keeps its own. */
  readonly kind?: OrgKind;
  /** Name of a new org. */
  readonly name?: string;
  readonly now?: () => Date;
  /** Told of bugs of the local org; the client gets a 500 with the same id. Absent, they go nowhere else. */
  readonly onError?: ErrorListener;
}

export interface RunningOrg {
  /** Without a trailing slash, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Where Live Messaging answers: the SCRT2 host of this org, without a trailing slash. */
  readonly scrtUrl: string;
  readonly organizationId: string;
  /** Of the administrator. */
  readonly username: string;
  /** Opens a session for the administrator; the token has Salesforce's form `00D…!…`. */
  issueAccessToken(): string;
  readonly state: OrgState;
  /** Resolves once no job of Apex is due. */
  jobsDone(): Promise<void>;
  /** Stops serving and closes the store. Further calls wait for the first. */
  close(): Promise<void>;
}

/**
 * Starts a Salesforce org in this process, on 127.0.0.1 alone.
 * @throws OrgStoreError if the data directory cannot be used; Error (EADDRINUSE) if the port is taken
 */
export async function startLocalOrg(options: StartLocalOrgOptions = {}): Promise<RunningOrg> {
  let url = '';
  const opened = openOrgState({ ...options, baseUrl: () => url });
  const org = opened.state;
  const faults = openFaultBoard();
  const log = openRequestLog();
  const usage = openApiUsage(org.now);
  const onError = options.onError ?? ((): void => undefined);
  const apex = openApexEngine(org, (error) => {
    onError(error, 'background');
  });
  const control = controlRoutes({ faults, log, reset: opened.reset, startedAt: Date.now() });
  const gates = (origin: 'org' | 'scrt'): RouteRegistrant => {
    const handlers = [loopbackHostOnly, requestLogging(log, org.now, origin), faultInjection(faults), apexReady(apex)];
    return (hono) => {
      hono.use(...handlers);
    };
  };
  const app = buildApp({
    org,
    usage,
    first: [
      gates('org'),
      registerVerificationRoutes,
      registerConsolePage,
      control,
      registerDumpRoutes,
      registerMailRoutes,
      registerPlantRoutes,
      registerConsoleData,
      messagingControl(onError),
      registerOAuthRoutes,
    ],
    // Writes of metadata go first: what they do not know they leave to the plain records.
    routes: [
      registerDiscoveryRoutes,
      limitsRoutes(usage),
      registerMetadataRoutes,
      registerPublishRoute,
      anonymousRoutes(runAnonymous),
      apexSoapRoutes(runAnonymous),
      registerLogRoutes,
      registerCometdRoutes,
      registerToolingRoutes,
      registerQueryRoutes,
      registerRecordRoutes,
      registerCollectionRoutes,
      registerCompositeRoutes,
      registerAppRoutes,
      registerConversationEntriesRoute,
      registerUnimplementedRoutes,
    ],
    onError,
  });
  const listen = async (): Promise<{ readonly main: Serving; readonly scrt: ScrtListener }> => {
    const main = await serveOnLoopback(options.port ?? 0, app.fetch);
    const port = options.scrtPort ?? 0;
    try {
      return {
        main,
        scrt: await listenForMessaging({ org, port, first: [gates('scrt')], ready: () => apex.ready(), onError }),
      };
    } catch (error) {
      await main.close();
      throw error;
    }
  };
  let serving;
  try {
    serving = await listen();
  } catch (error) {
    opened.close();
    throw error;
  }
  const { main, scrt } = serving;
  url = `http://127.0.0.1:${main.port}`;
  const relay = startMailRelay(org);
  const shutDown = async (): Promise<void> => {
    await scrt.close();
    await main.close();
    await apex.close();
    await relay.close();
    opened.close();
  };
  let closing: Promise<void> | undefined;
  return {
    url,
    scrtUrl: scrt.url,
    get organizationId() {
      return org.settings.organizationId;
    },
    get username() {
      return fieldText(org.records.get('User', org.settings.adminUserId)?.['Username']);
    },
    issueAccessToken: () => createSession(org, { userId: org.settings.adminUserId }).token,
    state: org,
    jobsDone: async () => {
      await apex.idle();
    },
    close: () => (closing ??= shutDown()),
  };
}

import type { WebhookContract } from '../blueprint/webhook-contract.ts';
import type { Clock } from '../clock.ts';
import type { Org } from '../salesforce/org.ts';
import type { CaseSettings } from './case/case-settings.ts';
import type { DeskMessaging } from './conversation/desk-ports.ts';
import type { DeskPace } from './conversation/desk-pace.ts';
import type { DeliveryPace } from './delivery/delivery-pace.ts';
import type { ForwardRoute } from './delivery/forward-routes.ts';
import type { HttpLimits } from './http/http-limits.ts';
import type { InspectorExtras } from './inspector/data-ports.ts';
import type { Retention } from './retention.ts';
import type { AllowListOptions } from './security/allow-list.ts';
import type { ServeListener } from './serve-event.ts';
import type { HandoffStore } from './store/handoff-store.ts';

/** Salesforce, as sessions are brought to it. */
export interface ServeSalesforce {
  /** Of the integration user. */
  readonly org: Org;
  readonly cases: CaseSettings;
  /** Absent: the org has no Live Messaging for us, and only email is handed off. */
  readonly messaging?: DeskMessaging;
}

/**
 * `everything`: webhooks are worked into sessions and forwarded, handoffs are brought to Salesforce · `read-only`: the same, but
 * nothing is brought to Salesforce · `forward`: webhooks are forwarded, and that is all · `record`: they are kept, and nothing is
 * carried.
 */
export type ServeMode = 'everything' | 'read-only' | 'forward' | 'record';

export interface ServeHandoffOptions {
  /** Stays open when the server is closed; it is the caller's. */
  readonly store: HandoffStore;
  readonly contract: WebhookContract;
  /** Last part of the webhook's path, which makes it a secret: letters, digits, `-` and `_`; `newWebhookToken` makes one. */
  readonly token: string;
  /** Empty: webhooks are only kept and worked into sessions. */
  readonly routes: readonly ForwardRoute[];
  /** Default `everything`. */
  readonly mode?: ServeMode;
  /** Absent: sessions are not handed off, and what waits for Salesforce goes on waiting. */
  readonly salesforce?: ServeSalesforce;
  /** The HTTP API below `/v1`, and the token that lets in. Absent: there is none. */
  readonly api?: { readonly token: string };
  /** Where events of sessions are posted to that name no callback of their own; private addresses are allowed there. */
  readonly callbackUrl?: URL;
  /** What handoffs write into the field that says where a Case comes from: such Cases begin no session. */
  readonly caseFromValue?: string;
  /** Address or name to listen at; default 127.0.0.1 and ::1. */
  readonly host?: string;
  /** TCP port; 0 or absent takes a free one. */
  readonly port?: number;
  /** PEM texts. Absent: plain HTTP, for loopback, a tunnel or a proxy in front. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly clock?: Clock;
  readonly limits?: Partial<HttpLimits>;
  readonly pace?: Partial<DeliveryPace>;
  readonly deskPace?: Partial<DeskPace>;
  /** What is forgotten once it is delivered; absent keeps everything. */
  readonly retention?: Retention;
  /** Serves the inspector's page at `/`, on loopback alone; its token lets in whoever has it. */
  readonly inspector?: { readonly token: string } & InspectorExtras;
  /** Webhooks must be signed with one of these: the secret of the org, and the one before while it is being changed. */
  readonly signature?: { readonly secrets: readonly string[] };
  /** From where webhooks may come; absent: from everywhere. */
  readonly callers?: AllowListOptions;
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

import type { HttpBindings } from '@hono/node-server';

import type { Clock } from '../../clock.ts';
import type { HttpLimits } from '../http/http-limits.ts';
import type { Gate } from '../http/rate-limit.ts';
import type { ServeListener } from '../serve-event.ts';
import type { SessionChannel } from '../session/session.ts';
import type { StoreHealth } from '../store-health.ts';
import type { HandoffStore, NewDelivery } from '../store/handoff-store.ts';

export interface ApiEnv {
  Bindings: HttpBindings;
}

export interface ApiPorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly clock: Clock;
  readonly listener: ServeListener;
  /** What every request shows as a bearer token. */
  readonly token: string;
  /** Whether nobody but this machine can reach it: then only requests that name loopback as their host are answered. */
  readonly onLoopback: boolean;
  readonly limits: HttpLimits;
  /** Of guesses of the token. */
  readonly misses: Gate;
  /** Nothing is taken that would change Salesforce. */
  readonly isReadOnly: boolean;
  /** What carries a channel to Salesforce; undefined if nothing does. */
  readonly route: (channel: SessionChannel) => NewDelivery | undefined;
  /** Where events of sessions are posted to that name no callback of their own. */
  readonly callbackUrl: URL | undefined;
  /** Looks at a callback that a request names. @throws TargetRefused */
  readonly checkCallback: (url: URL) => void;
  /** There is something to deliver. */
  readonly onDeliverable: () => void;
  /** Calls back whenever this process may have told something of a session. @returns ends it */
  readonly news: (wake: () => void) => () => void;
  /** Ends event streams, with the server. */
  readonly signal: AbortSignal;
}

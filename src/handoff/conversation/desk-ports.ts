import type { Clock } from '../../clock.ts';
import type { MessagingSettings } from '../../config/messaging-settings.ts';
import type { MessagingApi } from '../../messaging/api/messaging-api.ts';
import type { IdentityTokenRequest } from '../../messaging/identity/identity-token.ts';
import type { ServeListener } from '../serve-event.ts';
import type { StoreHealth } from '../store-health.ts';
import type { HandoffStore } from '../store/handoff-store.ts';
import type { DeskPace } from './desk-pace.ts';
import type { Openings } from './openings.ts';

/** How Live Messaging is spoken to. */
export interface DeskMessaging {
  readonly api: MessagingApi;
  /** What identity tokens are signed with. */
  readonly signer: Omit<IdentityTokenRequest, 'subject' | 'claims'>;
  /** Names of the routing attributes. */
  readonly names: MessagingSettings['parameters'];
  readonly conversation: MessagingSettings['conversation'];
}

/** What all parts of the desk share. */
export interface DeskPorts {
  readonly messaging: DeskMessaging;
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly clock: Clock;
  readonly listener: ServeListener;
  readonly pace: DeskPace;
  readonly openings: Openings;
  /** Where session events go whose session names no callback of its own. */
  readonly callbackUrl: URL | undefined;
}

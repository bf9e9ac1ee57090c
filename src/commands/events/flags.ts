import type { DeliveryState } from '../../handoff/store/handoff-store.ts';
import type { CommonFlags } from '../common-options.ts';
import type { StoreFlags } from '../serve/flags.ts';

export interface EventsFlags extends CommonFlags, StoreFlags {}

/** Which events. */
export interface EventFilterFlags extends EventsFlags {
  event?: string;
  case?: string;
  session?: string;
  state?: DeliveryState;
  since?: string;
  contains?: string;
}

export interface EventsListFlags extends EventFilterFlags {
  limit: string;
  rejected?: boolean;
}

export interface EventsShowFlags extends EventsFlags {
  /** The argument. */
  id: string;
  raw?: boolean;
  curl?: boolean;
}

export interface EventsReplayFlags extends EventFilterFlags {
  /** The argument. */
  ids: string[];
  to?: string[];
  set?: string[];
  wait: string;
}

export interface EventsExportFlags extends EventFilterFlags {
  har?: boolean;
  output?: string;
}

export interface EventsTriggerFlags extends EventsFlags {
  /** The argument. */
  fixture: string;
  webhookSecretFile?: string;
  set?: string[];
}

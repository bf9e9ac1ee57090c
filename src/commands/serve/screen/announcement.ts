import type { ForwardRoute } from '../../../handoff/delivery/forward-routes.ts';
import type { ServeMode } from '../../../handoff/serve-options.ts';
import type { OpenedSalesforce } from '../org/open-salesforce.ts';
import type { PointedHere } from '../org/point-here.ts';

/** What there is to say when `serve` begins. */
export interface Announcement {
  readonly origins: readonly string[];
  readonly webhookUrl: string;
  readonly webhookUrlFile: string;
  /** Undefined where there is none. */
  readonly inspectorUrl: string | undefined;
  readonly inspectorUrlFile: string | undefined;
  readonly apiTokenFile: string;
  readonly store: string;
  readonly mode: ServeMode;
  readonly routes: readonly ForwardRoute[];
  readonly callbackUrl: URL | undefined;
  readonly salesforce: OpenedSalesforce | undefined;
  /** Undefined: the Named Credential was left alone. */
  readonly pointed: PointedHere | undefined;
  /** Ids of orgs whose Named Credential a `serve` of this folder has not set back: this one, one that runs, or one that was killed. */
  readonly left: readonly string[];
  readonly waiting: number;
  readonly dead: number;
}

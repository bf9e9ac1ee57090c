/** How contacts show who they are on a channel; one of the two, for the whole channel. */
export type AuthMode = 'Auth' | 'UnAuth';

/** A custom parameter of a channel: what may travel in `routingAttributes`, and where the flow takes it from. */
export interface ChannelParameter {
  readonly name: string;
  /** Channel Variable Name: the key in `routingAttributes`, compared exactly. */
  readonly externalName: string;
  readonly dataType: string;
  readonly maxLength: number | undefined;
  /** Input variables of the flow that get its value. */
  readonly flowVariables: readonly string[];
}

/** Who decides where a session goes. */
export type SessionHandler =
  | { readonly type: 'Flow'; readonly flowName: string }
  | { readonly type: 'Queue'; readonly queueId: string };

export interface MessagingChannel {
  /** `0Mj…` */
  readonly id: string;
  readonly developerName: string;
  readonly isActive: boolean;
  /** `ChannelAddressIdentifier`: a UUID. */
  readonly addressIdentifier: string;
  readonly authMode: AuthMode;
  readonly verifiedUserJwtExpirationMinutes: number;
  readonly anonymousUserJwtExpirationMinutes: number;
  /** Names of the keysets whose authorization is enabled. */
  readonly keysets: readonly string[];
  /** Minutes of silence until a session is inactive (`endUserIdleTimeOut`); undefined where the channel says nothing. */
  readonly idleMinutes: number | undefined;
  readonly parameters: readonly ChannelParameter[];
  readonly sessionHandler: SessionHandler | undefined;
  /** `00G…` */
  readonly fallbackQueueId: string | undefined;
}

/** An Embedded Service Deployment for messaging, with the channel it stands on. */
export interface MessagingDeployment {
  /** `0UR…` */
  readonly id: string;
  readonly developerName: string;
  readonly deploymentType: 'API' | 'Web' | 'Mobile';
  readonly isEnabled: boolean;
  /** ISO 8601; undefined as long as it was never published. */
  readonly publishedAt: string | undefined;
  /** Parameters are those of the last publication; all else is as the channel is now. */
  readonly channel: MessagingChannel;
}

/** A key of a keyset, as identity tokens are checked against it. */
export interface VerificationKey {
  readonly kid: string;
  readonly alg: string;
  /** `x5c[0]` as PEM. */
  readonly certificate: string;
}

export interface VerificationKeyset {
  readonly name: string;
  /** What `iss` must be. */
  readonly issuer: string;
  /** Keys that are active; none where the keyset is a URL. */
  readonly keys: readonly VerificationKey[];
  /** Where keys are fetched from, for a keyset of type `JWKS_URL`: the local org does not, and says so by name. */
  readonly jwksUrl: string | undefined;
}

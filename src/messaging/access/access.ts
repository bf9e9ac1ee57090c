/** Whom a conversation is held for. */
export type Identity =
  /** A contact whom an identity token names. `sign` is called for each exchange; the same `sub` finds the same conversations. */
  | { readonly kind: 'verified'; readonly sign: () => Promise<string>; readonly acceptAnonymous?: boolean }
  /** Nobody in particular. Each exchange gives another subject. */
  | { readonly kind: 'anonymous' };

/** What is known of an access token; holds no secret. Times in milliseconds since 1970, by this machine's clock. */
export interface AccessFacts {
  /** `v2/iamessage/AUTH/<keyset>/uid:<sub>` or `v2/iamessage/ANON/<id>`; undefined if the org told none. */
  readonly subject: string | undefined;
  /** Whether the subject contains `/AUTH/`: only that proves that the identity token was accepted. */
  readonly verified: boolean;
  /** `orgId` of the token, which the header X-Org-Id has to match; else the 15 characters that were asked for. */
  readonly orgId: string;
  readonly receivedAt: number;
  /** From `exp`, undefined if the token cannot be read. */
  readonly expiresAt: number | undefined;
  /** `exp` - `iat`, in milliseconds: the lifetime that the channel gives. */
  readonly lifetimeMs: number | undefined;
  /** How far the org's clock is ahead of this machine's, by `iat`; whole seconds. */
  readonly clockSkewMs: number | undefined;
  /** Where the event stream begins. */
  readonly lastEventId: string;
  /** Of the deployment: only `api` works with this API. */
  readonly deploymentType: string | undefined;
  /** Of the channel: `Auth` or `UnAuth`. */
  readonly authMode: string | undefined;
  /** ES Developer Name as the org tells it. */
  readonly deployment: string | undefined;
}

/** An access token with what is known of it. The token is behind a function, so that no JSON and no log can hold it. */
export interface Access {
  readonly facts: AccessFacts;
  readonly token: () => string;
}

/** Kind of org, as `Organization.OrganizationType` and `IsSandbox` tell it to clients. */
export type OrgKind = 'developer' | 'sandbox' | 'production';

/** How long a deployment takes on purpose, so that clients can be seen waiting. All zero by default. */
export interface DeployPace {
  /** Milliseconds a deployment stays `Pending`. */
  queueMs: number;
  /** Milliseconds spent `InProgress` on each component. */
  componentMs: number;
}

export interface OrgSettings {
  /** 18-character id, `00D…`. */
  readonly organizationId: string;
  readonly name: string;
  /** Highest API version the org offers, e.g. `68.0`; the lowest is `31.0`. */
  readonly apiVersion: string;
  /** The administrator every login without a named user becomes: `005…`. */
  readonly adminUserId: string;
  /** Production mode makes the org obey production's rules (tests required, no Apex writes by Tooling). */
  kind: OrgKind;
  deployPace: DeployPace;
  /** False answers REST `metadata/deployRequest` as an org without that resource does; SOAP goes on working. */
  metadataRestEnabled: boolean;
  /** Milliseconds until a new External Client App is known to the OAuth endpoints; on Salesforce two to ten minutes. */
  activationDelayMs: number;
}

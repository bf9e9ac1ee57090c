/** Kind of org, as `Organization.OrganizationType` and `IsSandbox` tell it to clients. */
export type OrgKind = 'developer' | 'sandbox' | 'production';

export interface OrgSettings {
  /** 18-character id, `00D…`. */
  readonly organizationId: string;
  readonly name: string;
  /** Production mode makes the org obey production's deploy rules (tests required, no Tooling Apex writes). */
  kind: OrgKind;
  /** Highest API version the org offers, e.g. `68.0`; the lowest is `31.0`. */
  readonly apiVersion: string;
  /** The administrator every login without a named user becomes: `005…`. */
  readonly adminUserId: string;
}

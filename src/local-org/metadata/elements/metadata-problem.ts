/** Why a component is refused, in Salesforce's words; the place is 1-based where there is one. */
export interface MetadataProblem {
  readonly message: string;
  /** For CRUD calls, which tell one; absent: `FIELD_INTEGRITY_EXCEPTION`. */
  readonly statusCode?: string;
  readonly line?: number;
  readonly column?: number;
}

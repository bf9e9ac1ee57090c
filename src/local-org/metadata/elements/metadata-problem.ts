/** Why a component is refused, in Salesforce's words; the place is 1-based where there is one. */
export interface MetadataProblem {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

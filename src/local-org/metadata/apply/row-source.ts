import type { MetadataValue } from '../elements/metadata-value.ts';
import type { OrgState } from '../../state/org-state.ts';

/** A component on its way into its record. */
export interface RowSource {
  readonly org: OrgState;
  readonly fullName: string;
  readonly body: string | undefined;
  /** Defaults filled in, secrets out. */
  readonly value: MetadataValue;
  /** The same as the Tooling API shows it. */
  readonly metadata: Record<string, unknown>;
}

import type { MetadataProblem } from '../elements/metadata-problem.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import type { OrgState } from '../../state/org-state.ts';

/** A component as the rules see it, whichever way it came. */
export interface CandidateComponent {
  readonly type: string;
  readonly fullName: string;
  readonly value: MetadataValue;
  readonly body: string | undefined;
}

/** What a rule may look at: the org as it will be when the components accepted so far are in it. */
export interface RuleContext {
  readonly org: OrgState;
  /** The component's metadata: accepted in this deployment, or in the org and not deleted by it. */
  value(type: string, fullName: string): MetadataValue | undefined;
  /** All components of a type, as `value` sees them. */
  all(type: string): readonly { readonly fullName: string; readonly value: MetadataValue }[];
  /** Components of a type that this deployment brings, as far as they are accepted. */
  accepted(type: string): readonly CandidateComponent[];
}

/** Returns why the component is refused; undefined if it is not. */
export type ComponentRule = (component: CandidateComponent, context: RuleContext) => MetadataProblem | undefined;

import type { OrgIdentity } from '../../salesforce/org.ts';
import type { Check } from '../check.ts';
import type { Finding } from '../finding.ts';

/** A check with what it found, as reports tell it. */
export interface ReportedFinding {
  check: Pick<Check, 'id' | 'title' | 'group'>;
  finding: Finding;
  /** How long the check took, in milliseconds. */
  durationMs?: number;
}

/**
 * One run of `verify`, all that its reports are made of. Secrets are taken out by whoever writes a report, by the redactor of
 * the run; the support bundle, which goes to others, does it itself.
 */
export interface VerifyReport {
  organization: Pick<OrgIdentity, 'id' | 'name' | 'kind' | 'edition' | 'instanceUrl'>;
  /** Version that was spoken to the org, e.g. `66.0`. */
  apiVersion: string;
  /** Version of opencx-sf. */
  productVersion: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Milliseconds from the first request to the last finding. */
  durationMs: number;
  /** HTTP requests to the org. */
  requests: number;
  /** In the order of the registry. */
  findings: readonly ReportedFinding[];
  /** What a person complained of, where the run was begun by that. */
  symptom?: { id: string; title: string };
  /** Ids of the checks that explain it, most likely first. */
  causes: readonly string[];
}

import type { OrgState } from '../../state/org-state.ts';
import type { ChannelParameter } from './messaging-deployment.ts';

const KIND = 'messaging-publication';

/** What the messaging servers know of a deployment since it was last published. */
export interface Publication {
  /** ISO 8601. */
  readonly publishedAt: string;
  /** Parameters of the channel at that time: later ones are not known until the deployment is published again. */
  readonly parameters: readonly ChannelParameter[];
}

/** @param deploymentId `0UR…`, 18 characters */
export function publicationOf(org: OrgState, deploymentId: string): Publication | undefined {
  return org.documents.get(KIND, deploymentId) as Publication | undefined;
}

/** Publishes a deployment; it counts at once, where Salesforce takes up to ten minutes. */
export function keepPublication(org: OrgState, deploymentId: string, parameters: readonly ChannelParameter[]): void {
  const publication: Publication = { publishedAt: org.now().toISOString(), parameters };
  org.documents.put(KIND, deploymentId, publication);
}

/** Forgets the publication of a deployment that is deleted. */
export function forgetPublication(org: OrgState, deploymentId: string): void {
  org.documents.delete(KIND, deploymentId);
}

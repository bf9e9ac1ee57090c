import type { OrgState } from '../../state/org-state.ts';

/** What the records of a routing address have no field for. */
export interface RoutingDetails {
  readonly saveEmailHeaders: boolean;
  readonly createTask: boolean;
  /** A username, or the DeveloperName of a queue; empty leaves the case with the org's default owner. */
  readonly caseOwner: string;
  readonly caseOwnerType: 'User' | 'Queue';
  readonly casePriority: string;
  readonly caseOrigin: string;
  /** Addresses and domains, separated by commas, semicolons or blanks; empty takes mail from anyone. */
  readonly authorizedSenders: string;
  readonly addressType: 'EmailToCase';
  /** On the platform, only whoever follows the link in the verification mail sets it. */
  readonly isVerified: boolean;
}

/** By the id of the EmailRoutingAddress. */
const KIND = 'routing-address';

export const defaultRoutingDetails: RoutingDetails = {
  saveEmailHeaders: false,
  createTask: false,
  caseOwner: '',
  caseOwnerType: 'User',
  casePriority: '',
  caseOrigin: '',
  authorizedSenders: '',
  addressType: 'EmailToCase',
  isVerified: false,
};

export function routingDetails(org: OrgState, id: string): RoutingDetails {
  return { ...defaultRoutingDetails, ...(org.documents.get(KIND, id) as Partial<RoutingDetails> | undefined) };
}

export function putRoutingDetails(org: OrgState, id: string, details: RoutingDetails): void {
  const known = Object.keys(defaultRoutingDetails) as (keyof RoutingDetails)[];
  org.documents.put(KIND, id, Object.fromEntries(known.map((key) => [key, details[key]])));
}

export function dropRoutingDetails(org: OrgState, id: string): void {
  org.documents.delete(KIND, id);
}

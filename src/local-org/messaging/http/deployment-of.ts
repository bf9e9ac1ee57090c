import type { OrgState } from '../../state/org-state.ts';
import { findDeployment } from '../deployment/find-deployment.ts';
import type { AuthMode, MessagingDeployment } from '../deployment/messaging-deployment.ts';
import { shortOrgId } from '../tokens/access-token.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import type { Bearer } from '../tokens/access-token.ts';
import { badRequest } from './scrt-error.ts';

/**
 * The deployment that a token is asked for. Salesforce's sentence is the one about the type; the others are ours.
 * @throws ScrtError 400 where it is not there, not published, not on, of another type, or its channel takes other users
 */
export function deploymentForToken(
  org: OrgState,
  request: { readonly orgId: string; readonly esDeveloperName: string },
  authMode: AuthMode,
): MessagingDeployment {
  if (!isOrgId(org, request.orgId)) throw badRequest('Specify a valid orgId of 15 characters.');
  const deployment = findDeployment(org, request.esDeveloperName);
  if (deployment === undefined)
    throw badRequest(`Specify a valid esDeveloperName: ${request.esDeveloperName} was not found.`);
  if (deployment.deploymentType !== 'API') {
    throw badRequest("Set the esDeveloperName to a deploymentType that's set to api.");
  }
  if (deployment.publishedAt === undefined)
    throw badRequest(`The deployment ${deployment.developerName} is not published.`);
  if (!deployment.isEnabled) throw badRequest(`The deployment ${deployment.developerName} is not enabled.`);
  if (!deployment.channel.isActive) throw badRequest(`The channel ${deployment.channel.developerName} is not active.`);
  if (deployment.channel.authMode !== authMode) {
    // "Set the auth mode to false" is what is reported of the unauthenticated endpoint against such a channel.
    throw badRequest(authMode === 'UnAuth' ? 'Set the auth mode to false.' : 'Set the auth mode to true.');
  }
  return deployment;
}

/** The deployment that a request names, which must be that of its token. @throws ScrtError 400 */
export function deploymentOfRequest(
  org: OrgState,
  bearer: Bearer,
  esDeveloperName: string | undefined,
): MessagingDeployment {
  if (esDeveloperName === undefined) throw badRequest('Specify the esDeveloperName.');
  if (esDeveloperName !== bearer.deployment) throw badRequest('Specify the esDeveloperName of the access token.');
  const deployment = findDeployment(org, esDeveloperName);
  if (deployment === undefined) throw badRequest(`Specify a valid esDeveloperName: ${esDeveloperName} was not found.`);
  return deployment;
}

/** Known by 15 characters; 18 are taken where the switch says so, as some clients report that they send them. */
export function isOrgId(org: OrgState, orgId: string): boolean {
  return orgId === shortOrgId(org) || (messagingSwitches(org).acceptLongOrgId && orgId === org.settings.organizationId);
}

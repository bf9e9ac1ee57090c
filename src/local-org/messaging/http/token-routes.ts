import type { Context } from 'hono';

import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { lastSerial } from '../conversations/entry-store.ts';
import type { MessagingDeployment } from '../deployment/messaging-deployment.ts';
import { findDeployment } from '../deployment/find-deployment.ts';
import { countRequest } from '../limits/rate-limits.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import { issueAccessToken, revokeAccessToken } from '../tokens/access-token.ts';
import type { Bearer } from '../tokens/access-token.ts';
import { identityOf } from '../tokens/identity-token.ts';
import { anonymousSubject, isVerified } from '../tokens/subject.ts';
import { requestBearer } from './requests/bearer.ts';
import { deploymentForToken } from './deployment-of.ts';
import { badRequest, ScrtError } from './scrt-error.ts';
import { scrtBody } from './requests/scrt-body.ts';
import { serviceConfig } from './service-config.ts';

const ROOT = '/iamessage/api/v2/authorization';

/** Access tokens: for guests, for users who show who they are, for another tab, and back again. */
export const registerTokenRoutes: RouteRegistrant = (app, org) => {
  app.post(`${ROOT}/unauthenticated/access-token`, async (c) => {
    const request = await scrtBody(c, 'guest');
    const deployment = deploymentForToken(org, request, 'UnAuth');
    countRequest(org, 'token');
    return await tokenAnswer(c, org, deployment, anonymousSubject(), request.deviceId);
  });
  app.post(`${ROOT}/authenticated/access-token`, async (c) => {
    const request = await scrtBody(c, 'verified');
    const deployment = deploymentForToken(org, request, 'Auth');
    countRequest(org, 'token');
    const subject = await subjectOf(org, deployment, request.customerIdentityToken);
    return await tokenAnswer(c, org, deployment, subject, request.deviceId);
  });
  app.get(`${ROOT}/continuation-access-token`, async (c) => {
    const bearer = await requestBearer(c, org);
    countRequest(org, 'renewal');
    const deployment = findDeployment(org, bearer.deployment);
    if (deployment === undefined) throw badRequest('The deployment of the access token was deleted.');
    return await answerWith(c, org, deployment, bearer);
  });
  app.delete(`${ROOT}/authenticated/access-token`, async (c) => {
    const bearer = await requestBearer(c, org);
    // Whether a guest's token can be revoked, and where, is not known.
    if (!isVerified(bearer.subject)) throw badRequest('The access token is not of a verified user.');
    revokeAccessToken(org, bearer.tokenId);
    return c.body(null, 204);
  });
};

/** @throws ScrtError 401 for an identity token that is not good, unless the org is switched to take it for a guest's */
async function subjectOf(org: OrgState, { channel }: MessagingDeployment, identityToken: string): Promise<string> {
  const identity = await identityOf(org, channel, identityToken);
  if ('subject' in identity) return identity.subject;
  if (messagingSwitches(org).invalidIdentity === 'anonymous') return anonymousSubject();
  throw new ScrtError(401, 'UNAUTHORIZED', `The customerIdentityToken is not valid: ${identity.problem}.`);
}

async function tokenAnswer(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  deployment: MessagingDeployment,
  subject: string,
  deviceId: string | undefined,
): Promise<Response> {
  const { anonymousUserJwtExpirationMinutes, verifiedUserJwtExpirationMinutes } = deployment.channel;
  const minutes = isVerified(subject) ? verifiedUserJwtExpirationMinutes : anonymousUserJwtExpirationMinutes;
  const expiresAt = Math.floor(org.now().getTime() / 1000) + minutes * 60;
  return await answerWith(c, org, deployment, { subject, expiresAt }, deviceId);
}

async function answerWith(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  deployment: MessagingDeployment,
  { subject, expiresAt }: Pick<Bearer, 'subject' | 'expiresAt'>,
  deviceId?: string,
): Promise<Response> {
  return c.json({
    accessToken: await issueAccessToken(org, { subject, deployment: deployment.developerName, expiresAt }),
    lastEventId: String(lastSerial(org)),
    context: {
      deviceId: deviceId ?? null,
      endUser: { subject },
      configuration: { embeddedServiceConfig: serviceConfig(deployment) },
    },
  });
}

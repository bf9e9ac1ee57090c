import type { MessagingSettings } from '../../../config/messaging-settings.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { AccessFacts } from '../../../messaging/access/access.ts';
import type { MessagingEndpoint } from '../../../messaging/api/messaging-api.ts';
import type { IdentityTokenRequest } from '../../../messaging/identity/identity-token.ts';
import type { MessagingTokenResult } from './result-schema.ts';

/** What was signed; nothing for an anonymous token. */
type Signed = Pick<IdentityTokenRequest, 'alg' | 'kid' | 'issuer' | 'subject'> | undefined;

/** From here on tokens may be refused as not yet valid or expired, in seconds. */
const gravestSkew = 60;

export function tokenResult(
  { scrtUrl, orgId, deployment }: MessagingEndpoint,
  facts: AccessFacts,
  signed: Signed,
  revoked: boolean,
): MessagingTokenResult {
  const { subject, verified, expiresAt, lifetimeMs, clockSkewMs, deploymentType, authMode } = facts;
  return {
    scrtUrl,
    organizationId: orgId,
    deployment,
    identity:
      signed === undefined
        ? null
        : { algorithm: signed.alg, kid: signed.kid, issuer: signed.issuer, subject: signed.subject },
    subject: subject ?? null,
    verified,
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    lifetimeSeconds: lifetimeMs === undefined ? null : lifetimeMs / 1000,
    clockSkewSeconds: clockSkewMs === undefined ? null : clockSkewMs / 1000,
    deploymentType: deploymentType ?? null,
    authMode: authMode ?? null,
    revoked,
  };
}

/** An identity token that was answered with an anonymous subject was not accepted, whatever the status says. */
export function tokenError(
  { verified, subject, authMode }: AccessFacts,
  signed: Signed,
  { keyset, channel }: MessagingSettings,
): OpencxError | undefined {
  if (signed === undefined || verified) return undefined;
  return new OpencxError('MESSAGING_NOT_VERIFIED', {
    message: `Salesforce did not accept the identity token: it answered with the anonymous subject ${subject ?? '(none)'}.`,
    details: { subject: subject ?? null, authMode: authMode ?? null },
    nextSteps: [
      `Keyset (${keyset}): its issuer has to be "${signed.issuer}", letter by letter.`,
      `Key: the JWK in the keyset has to have the kid "${signed.kid}", be active, and be of this private key: opencx-sf messaging keys check`,
      `Channel (${channel}): user verification has to be on, with this keyset${authMode === undefined ? '' : `; it is ${authMode} now`}.`,
      'Publish the deployment again after a change, and give it some minutes.',
    ],
  });
}

/** What would bite later. */
export function tokenWarnings(result: MessagingTokenResult): string[] {
  const { deploymentType, authMode, clockSkewSeconds, identity } = result;
  const skew = Math.abs(clockSkewSeconds ?? 0);
  return [
    ...(deploymentType !== null && deploymentType.toLowerCase() !== 'api'
      ? [`The deployment is of type ${deploymentType}; OpenCX needs a Custom Client (api).`]
      : []),
    ...(identity !== null && authMode === 'UnAuth'
      ? ['The channel is for contacts that are not verified (UnAuth), while OpenCX signs identity tokens.']
      : []),
    ...(skew >= gravestSkew
      ? [`The clocks of this machine and of the org are ${skew} seconds apart: identity tokens may be refused.`]
      : []),
  ];
}

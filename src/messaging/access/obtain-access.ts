import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { MessagingApi } from '../api/messaging-api.ts';
import { tokenClaimsSchema, type AccessAnswer } from '../api/schemas.ts';
import type { Access, AccessFacts, Identity } from './access.ts';

interface Ports {
  readonly api: MessagingApi;
  readonly clock: Clock;
}

/**
 * Gets an access token: by an identity token that is signed for this one exchange, or as nobody in particular. One request.
 * @throws OpencxError MESSAGING_NOT_VERIFIED if an identity token was answered with an anonymous subject, as third parties saw
 *   with bad ones, unless that is accepted · what {@link MessagingApi} and `sign` throw
 */
export async function obtainAccess(identity: Identity, { api, clock }: Ports, signal?: AbortSignal): Promise<Access> {
  if (identity.kind === 'anonymous') return accessOf(await api.anonymousAccess(signal), api, clock);
  const access = accessOf(await api.verifiedAccess(await identity.sign(), signal), api, clock);
  if (!access.facts.verified && identity.acceptAnonymous !== true) throw notVerified(access.facts);
  return access;
}

/** Gives a token back. @throws OpencxError as {@link MessagingApi} does; after that the token may still hold */
export async function revokeAccess(access: Access, { api }: Pick<Ports, 'api'>, signal?: AbortSignal): Promise<void> {
  await api.revokeAccess(access.token, signal);
}

function accessOf(answer: AccessAnswer, api: MessagingApi, clock: Clock): Access {
  const { accessToken } = answer;
  return { facts: factsOf(answer, api.endpoint.orgId, clock.now()), token: () => accessToken };
}

function factsOf(answer: AccessAnswer, askedOrgId: string, receivedAt: number): AccessFacts {
  const claims = claimsOf(answer.accessToken);
  const service = answer.context?.configuration?.embeddedServiceConfig;
  const subject = answer.context?.endUser?.subject ?? claims.sub;
  const { iat, exp } = claims;
  const lifetimeMs = iat === undefined || exp === undefined ? undefined : (exp - iat) * 1000;
  return {
    subject,
    verified: subject?.includes('/AUTH/') === true,
    orgId: claims.orgId ?? askedOrgId,
    receivedAt,
    // By the lifetime, not by `exp`: the clocks of this machine and of the org need not agree.
    expiresAt: lifetimeMs === undefined ? (exp === undefined ? undefined : exp * 1000) : receivedAt + lifetimeMs,
    lifetimeMs,
    clockSkewMs: iat === undefined ? undefined : iat * 1000 - Math.floor(receivedAt / 1000) * 1000,
    lastEventId: answer.lastEventId ?? '0',
    deploymentType: service?.deploymentType,
    authMode: service?.embeddedServiceMessagingChannel?.authMode,
    deployment: service?.name,
  };
}

/** What the token says of itself. Read, not verified: it is the org that has to believe it. */
function claimsOf(token: string): {
  iat?: number | undefined;
  exp?: number | undefined;
  orgId?: string | undefined;
  sub?: string | undefined;
} {
  const payload = token.split('.')[1];
  if (payload === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch (error) {
    // A token of another form tells nothing of its end; the 401 will.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
  const read = tokenClaimsSchema.safeParse(value);
  return read.success ? read.data : {};
}

function notVerified(facts: AccessFacts): OpencxError {
  const { subject, authMode, deploymentType, clockSkewMs } = facts;
  return new OpencxError('MESSAGING_NOT_VERIFIED', {
    message: `The org did not accept the identity token: it answered with the anonymous subject ${subject ?? '(none)'}.`,
    details: { subject, authMode, deploymentType, clockSkewMs },
    nextSteps: [
      'The issuer of the keyset has to be the "iss" of the token, in its exact spelling.',
      'The JWK of the keyset has to carry the "kid" of the token, be active, and be of the same key.',
      'The keyset has to be enabled on the messaging channel of the deployment, and its certificate valid.',
    ],
  });
}

import type { Check } from './check.ts';
import { active } from './checks/app/active.ts';
import { callbackUrl } from './checks/app/callback-url.ts';
import { pkce } from './checks/app/pkce.ts';
import { policies } from './checks/app/policies.ts';
import { present } from './checks/app/present.ts';
import { scopes } from './checks/app/scopes.ts';
import { secrets } from './checks/app/secrets.ts';
import { apiVersion as apexApiVersion } from './checks/apex/api-version.ts';
import { apexClass } from './checks/apex/class.ts';
import { coverage } from './checks/apex/coverage.ts';
import { current } from './checks/apex/current.ts';
import { flows } from './checks/apex/flows.ts';
import { integrationUsername } from './checks/apex/integration-username.ts';
import { meddlers } from './checks/apex/meddlers.ts';
import { orgWideAddress as apexOrgWideAddress } from './checks/apex/org-wide-address.ts';
import { replyToAddress } from './checks/apex/reply-to.ts';
import { rivals } from './checks/apex/rivals.ts';
import { threadingToken } from './checks/apex/threading-token.ts';
import { triggerChecks } from './checks/apex/triggers.ts';
import { enabled } from './checks/email-in/enabled.ts';
import { forwarding, inbound, replies } from './checks/email-in/inbound.ts';
import { assignmentRule, owner } from './checks/email-in/owner.ts';
import {
  acceptFrom,
  addressVerified,
  caseValues,
  noTask,
  routingAddress,
  saveHeaders,
} from './checks/email-in/routing-address.ts';
import { spf } from './checks/email-in/spf.ts';
import { threading } from './checks/email-in/threading.ts';
import { dailyLimit } from './checks/email-out/daily-limit.ts';
import { deliverability } from './checks/email-out/deliverability.ts';
import { loggedErrors } from './checks/email-out/logged-errors.ts';
import {
  defaultNoReply,
  orgWideAddress,
  orgWideProfiles,
  orgWideVerified,
} from './checks/email-out/org-wide-address.ts';
import { ownAddress } from './checks/email-out/own-address.ts';
import { bounces, duplicates } from './checks/email-out/records.ts';
import { sendPermission } from './checks/email-out/send-permission.ts';
import { dkim, sendingDomain } from './checks/email-out/sending-domain.ts';
import { tokens } from './checks/email-out/tokens.ts';
import { unsent } from './checks/email-out/unsent.ts';
import { caseFrom, emailSent } from './checks/fields/case-from.ts';
import { caseSession } from './checks/fields/case-session.ts';
import { inUse } from './checks/fields/in-use.ts';
import { visibleToIntegration, visibleToReps } from './checks/fields/visible.ts';
import { apiAccess } from './checks/org/api-access.ts';
import { apiAccessControl } from './checks/org/api-access-control.ts';
import { apiVersion } from './checks/org/api-version.ts';
import { clock } from './checks/org/clock.ts';
import { connectedAs } from './checks/org/connected-as.ts';
import { identity } from './checks/org/identity.ts';
import { integrationLicense } from './checks/org/integration-license.ts';
import { integrationUser } from './checks/org/integration-user.ts';
import { myDomain } from './checks/org/my-domain.ts';
import { permissions } from './checks/org/permissions.ts';
import { authMode, channel } from './checks/messaging/channel.ts';
import { deployment, deploymentType } from './checks/messaging/deployment.ts';
import { flow } from './checks/messaging/flow.ts';
import { key } from './checks/messaging/key.ts';
import { keyset } from './checks/messaging/keyset.ts';
import { parameters } from './checks/messaging/parameters.ts';
import { published } from './checks/messaging/published.ts';
import { queue } from './checks/messaging/queue.ts';
import { recent, verifiedUsers } from './checks/messaging/sessions.ts';
import { asyncLimits } from './checks/webhook/async-limits.ts';
import { calls } from './checks/webhook/calls.ts';
import { credential } from './checks/webhook/credential.ts';
import { endpoint } from './checks/webhook/endpoint.ts';
import { host } from './checks/webhook/host.ts';
import { https } from './checks/webhook/https.ts';
import { jobs } from './checks/webhook/jobs.ts';
import { principalAccess } from './checks/webhook/principal-access.ts';
import { signature } from './checks/webhook/signature.ts';

/**
 * Every check, each behind those it requires. The order is that of causes: of two that fail, the earlier one is the more
 * likely cause of what people see.
 */
export const checks: readonly Check[] = [
  identity,
  apiVersion,
  permissions,
  apiAccess,
  myDomain,
  clock,
  apiAccessControl,
  integrationUser,
  integrationLicense,
  present,
  callbackUrl,
  active,
  scopes,
  pkce,
  secrets,
  policies,
  connectedAs,
  caseFrom,
  emailSent,
  visibleToIntegration,
  caseSession,
  visibleToReps,
  credential,
  endpoint,
  https,
  host,
  principalAccess,
  signature,
  apexClass,
  ...triggerChecks,
  threadingToken,
  replyToAddress,
  integrationUsername,
  apexOrgWideAddress,
  rivals,
  flows,
  meddlers,
  current,
  apexApiVersion,
  coverage,
  enabled,
  threading,
  routingAddress,
  addressVerified,
  acceptFrom,
  saveHeaders,
  noTask,
  caseValues,
  owner,
  assignmentRule,
  spf,
  forwarding,
  inbound,
  replies,
  deliverability,
  dailyLimit,
  sendPermission,
  ownAddress,
  orgWideAddress,
  orgWideVerified,
  orgWideProfiles,
  defaultNoReply,
  sendingDomain,
  dkim,
  unsent,
  tokens,
  bounces,
  duplicates,
  loggedErrors,
  jobs,
  calls,
  asyncLimits,
  inUse,
  deployment,
  deploymentType,
  published,
  channel,
  authMode,
  keyset,
  key,
  parameters,
  flow,
  queue,
  verifiedUsers,
  recent,
];

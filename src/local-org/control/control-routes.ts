import type { Context } from 'hono';

import { jsonObject } from '../http/json-body.ts';
import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { defaultClient, registerClient } from '../oauth/clients/clients.ts';
import type { PermittedUsers } from '../oauth/clients/permitted-users.ts';
import { createSession, revokeSession, revokeSessions } from '../oauth/sessions.ts';
import { findUser } from '../records/find-user.ts';
import type { OrgState } from '../state/org-state.ts';
import { controlHeaderRequired } from './control-guard.ts';
import { changeControlSettings, controlSettings } from './control-settings.ts';
import type { ControlRequests } from './control-requests.ts';
import type { FaultBoard } from './faults.ts';
import type { RequestLog } from './request-log.ts';

export interface ControlOptions {
  readonly faults: FaultBoard;
  readonly log: RequestLog;
  /** Throws everything away and begins as a new org. */
  readonly reset: () => void;
  /** Milliseconds since 1970 when the process began to serve. */
  readonly startedAt: number;
}

/** The control API below `/_local/`: what a test or `org status` asks of the local org and Salesforce has no word for. */
export function controlRoutes({ faults, log, reset, startedAt }: ControlOptions): RouteRegistrant {
  return (app, org) => {
    app.use('/_local/*', controlHeaderRequired);
    app.get('/_local/status', (c) => c.json(status(org, startedAt)));
    app.get('/_local/faults', (c) => c.json({ faults: faults.list() }));
    app.post('/_local/faults', async (c) => c.json(faults.add(await body(c, 'fault')), 201));
    app.delete('/_local/faults', (c) => {
      faults.clear();
      return c.body(null, 204);
    });
    app.get('/_local/requests', (c) => c.json({ requests: log.list() }));
    app.delete('/_local/requests', (c) => {
      log.clear();
      return c.body(null, 204);
    });
    app.patch('/_local/settings', async (c) => {
      changeControlSettings(org, await body(c, 'settings'));
      return c.json(controlSettings(org));
    });
    app.post('/_local/reset', (c) => {
      reset();
      faults.clear();
      return c.json(status(org, startedAt));
    });
    app.get('/_local/clients/default', (c) => c.json(defaultClient(org)));
    app.post('/_local/clients', async (c) => {
      const { runAs, permittedUsers: policy, preAuthorizedUsers: usernames, ...init } = await body(c, 'client');
      const runAsUserId = runAs === undefined ? undefined : userIdOf(org, runAs);
      const permittedUsers = permittedUsersOf(org, policy, usernames);
      const { secretHash, certificate, ...client } = registerClient(org, { ...init, runAsUserId, permittedUsers });
      const hasSecret = secretHash !== undefined;
      return c.json({ ...client, hasSecret, hasCertificate: certificate !== undefined }, 201);
    });
    app.post('/_local/sessions', async (c) => {
      const { username, lifetimeSeconds } = await body(c, 'session');
      const userId = username === undefined ? org.settings.adminUserId : userIdOf(org, username);
      const session = createSession(org, { userId, ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }) });
      return c.json({ accessToken: session.token, userId, instanceUrl: org.baseUrl() }, 201);
    });
    app.post('/_local/sessions/revoke', async (c) => {
      const { token, username } = await body(c, 'revocation');
      if (token !== undefined) return c.json({ revoked: revokeSession(org, token) ? 1 : 0 });
      return c.json({ revoked: revokeSessions(org, username === undefined ? undefined : userIdOf(org, username)) });
    });
  };
}

function status(org: OrgState, startedAt: number): Record<string, unknown> {
  const { organizationId, name, kind, apiVersion, adminUserId } = org.settings;
  const componentTypes = ['ApexClass', 'ApexTrigger', 'NamedCredential', 'CustomField', 'PermissionSet'];
  const counts = componentTypes.map((type) => [type, org.components.list(type).length]);
  return {
    organizationId,
    name,
    kind,
    apiVersion,
    url: org.baseUrl(),
    username: org.records.get('User', adminUserId)?.['Username'],
    components: Object.fromEntries(counts) as Record<string, number>,
    pid: process.pid,
    uptimeSeconds: Math.floor((Date.now() - startedAt) / 1000),
  };
}

function permittedUsersOf(
  org: OrgState,
  policy: PermittedUsers['policy'] | undefined,
  usernames: readonly string[] | undefined,
): PermittedUsers | undefined {
  if (policy === 'AllSelfAuthorized') return { policy };
  if (policy === undefined && usernames === undefined) return undefined;
  const userIds = (usernames ?? []).map((username) => userIdOf(org, username));
  return { policy: 'AdminApprovedPreAuthorized', userIds };
}

function userIdOf(org: OrgState, username: string): string {
  const user = findUser(org, username);
  if (user === undefined) throw new RestError(400, 'INVALID_USER', `There is no user ${username}.`);
  return user.Id;
}

/** Checks by zod are loaded when first needed: they cost a third of the local org's start. */
async function body<K extends keyof ControlRequests>(c: Context<LocalOrgEnv>, kind: K): Promise<ControlRequests[K]> {
  const { readControlRequest } = await import('./control-requests.ts');
  const { problem, value } = readControlRequest(kind, await jsonObject(c));
  if (value === undefined) throw new RestError(400, 'INVALID_REQUEST', problem);
  return value;
}

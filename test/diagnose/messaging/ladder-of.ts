import { createPrivateKey } from 'node:crypto';

import { onTestFinished } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { configSchema } from '../../../src/config/config-schema.ts';
import type { LadderEvent, LadderOptions, LadderOutcome, RungId } from '../../../src/diagnose/messaging/ladder.ts';
import { climbLadder } from '../../../src/diagnose/messaging/run-ladder.ts';
import { createMessagingApi } from '../../../src/messaging/api/create-messaging-api.ts';
import { probeDeployment } from '../../../src/messaging/endpoint/probe-deployment.ts';
import { signIdentityToken } from '../../../src/messaging/identity/identity-token.ts';
import { fieldText } from '../../../src/local-org/state/field-text.ts';
import { openOrg } from '../../../src/salesforce/org.ts';
import { openWebClient } from '../../../src/salesforce/web-client.ts';
import { servedOrg, type ServedOrg } from '../../e2e/served-org.ts';
import {
  deployMessaging,
  type DeployedMessaging,
  type MessagingOptions,
} from '../../local-org/messaging/messaging-package.ts';

export interface LadderStage {
  served: ServedOrg;
  deployed: DeployedMessaging;
  /** Climbs, calling `at` after each rung. */
  climb(options?: Climb): Promise<LadderOutcome & { rung(id: RungId): { status: string; detail: string } | undefined }>;
}

export interface Climb {
  more?: Partial<LadderOptions>;
  /** Where the climb believes the deployment to be. */
  endpoint?: { scrtUrl?: string; orgId?: string; deployment?: string };
  issuer?: string;
  at?: (event: LadderEvent) => unknown;
}

/** A local org with Live Messaging, and a climb of its own for each wish. */
export async function ladderStage(options: MessagingOptions = {}): Promise<LadderStage> {
  const served = await servedOrg();
  const token = served.running.issueAccessToken();
  const deployed = await deployMessaging({ url: served.running.url, token }, options);
  return { served, deployed, climb: (climb = {}) => climbed(served, deployed, climb) };
}

async function climbed(served: ServedOrg, deployed: DeployedMessaging, { more, endpoint, issuer, at }: Climb) {
  const { running } = served;
  const web = await openWebClient(new URL(running.scrtUrl));
  onTestFinished(() => web.close());
  const session = {
    instanceUrl: running.url,
    accessToken: running.issueAccessToken(),
    source: 'access-token' as const,
  };
  const ports = { web, clock: systemClock, clientVersion: '0.0.0' };
  const where = {
    scrtUrl: running.scrtUrl,
    orgId: running.organizationId.slice(0, 15),
    deployment: deployed.deployment,
    ...endpoint,
  };
  const privateKey = createPrivateKey(deployed.privateKey);
  const request = { privateKey, kid: deployed.kid, alg: 'RS256', subject: 'test', lifetimeMs: 60_000 } as const;
  const sign = () => signIdentityToken({ ...request, issuer: issuer ?? deployed.issuer }, systemClock);
  let outcome: LadderOutcome | undefined;
  for await (const event of climbLadder({
    org: await openOrg(session, { clock: systemClock, preferredApiVersion: '66.0' }),
    config: configSchema.parse({}),
    api: createMessagingApi(where, ports),
    probe: () => probeDeployment(where, ports),
    sign,
    subject: 'test',
    patienceMs: 1500,
    waitMs: 0,
    ...more,
  })) {
    if (event.kind === 'end') ({ outcome } = event);
    await at?.(event);
  }
  if (outcome === undefined) throw new Error('The climb has not ended.');
  const { reports } = outcome;
  return { ...outcome, rung: (id: RungId) => reports.find((report) => report.id === id) };
}

/** Rungs by status, in order. */
export function statuses({ reports }: { reports: readonly { id: string; status: string }[] }): string[] {
  return reports.map(({ id, status }) => `${id}: ${status}`);
}

/** Statuses of sessions that have not ended. */
export function openSessions({ served }: LadderStage): string[] {
  return served.running.state.records
    .all('MessagingSession')
    .map((row) => fieldText(row['Status']))
    .filter((status) => status !== 'Ended');
}

/** The org refuses requests of a kind. */
export const refuse =
  (method: string, path: string, status: number, times = 10) =>
  (stage: LadderStage) =>
    stage.served.control('POST', '/faults', { match: { method, path }, kind: 'status', status, body: '{}', times });

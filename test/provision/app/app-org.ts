import { onTestFinished } from 'vitest';

import { renderApp } from '../../../src/blueprint/app/render-app.ts';
import type { AppSettings } from '../../../src/blueprint/app/app-problems.ts';
import type { Blueprint } from '../../../src/blueprint/blueprint.ts';
import type { Clock } from '../../../src/clock.ts';
import { setupSettingsSchema } from '../../../src/config/setup-settings.ts';
import { deployApex, type DeployApexOptions } from '../../../src/provision/deploy/deploy-apex.ts';
import type { DeployOutcome } from '../../../src/provision/deploy/deploy-outcome.ts';
import { openOrg, type Org } from '../../../src/salesforce/org.ts';
import { servedOrg, type ServedOrg } from '../../e2e/served-org.ts';
import { temporaryFolder } from '../../e2e/cli.ts';

/** Time that passes by waiting alone, and not for real. */
export function quickClock(): Clock & { waited: number } {
  const clock = {
    waited: 0,
    now: () => clock.waited,
    random: () => 0.5,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      clock.waited += ms;
      await new Promise((turn) => setTimeout(turn, 2));
    },
  };
  return clock;
}

/** The product's client of a local org, for its administrator. */
export async function connect(local: ServedOrg, options: { clock?: Clock; accessToken?: string } = {}): Promise<Org> {
  const { clock = quickClock(), accessToken = local.running.issueAccessToken() } = options;
  const session = { instanceUrl: local.running.url, accessToken, source: 'access-token' } as const;
  return await openOrg(session, { clock, preferredApiVersion: '66.0' });
}

export function appSettings(changes: Partial<AppSettings> = {}): AppSettings {
  return { ...setupSettingsSchema.parse({}).app, contactEmail: 'admin@example.com', ...changes };
}

export const context = { apiVersion: '66.0', permissionSet: 'OpenCX_Integration' };

/** A local org with the app in it. */
export async function orgWithApp(changes: Partial<AppSettings> = {}): Promise<{ local: ServedOrg; org: Org }> {
  const local = await servedOrg();
  const org = await connect(local);
  const { app } = await renderApp(appSettings(changes), context);
  const outcome = await deploy(org, app);
  if (outcome.kind !== 'succeeded') throw new Error(`the app was not deployed: ${JSON.stringify(outcome)}`);
  return { local, org };
}

/** Deploys a blueprint the way the product does, and returns how it ended. */
export async function deploy(
  org: Org,
  blueprint: Blueprint,
  changes: Partial<DeployApexOptions> = {},
): Promise<DeployOutcome> {
  const options: DeployApexOptions = {
    mode: 'deploy',
    transport: 'metadata',
    only: [],
    force: false,
    async: false,
    // The clock of these stories runs ahead of the local org's.
    waitMs: 3_600_000_000,
    tests: { none: true },
    yes: true,
    rivals: { deactivate: [], keep: [] },
    stateFolder: changes.stateFolder ?? (await temporaryFolder()),
    ...changes,
  };
  return (await finished(deployApex(org, blueprint, options))).result;
}

/** Runs a generator to its end. */
export async function finished<E, R>(running: AsyncGenerator<E, R>): Promise<{ events: E[]; result: R }> {
  const events: E[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done === true) return { events, result: step.value };
    events.push(step.value);
  }
}

/** A signal that aborts before the nth request from now on, and everything that was asked until then. */
export function abortBefore(org: Org, request: number): AbortSignal {
  const controller = new AbortController();
  const transport = org.connection._transport;
  const send = transport.httpRequest.bind(transport);
  let seen = 0;
  transport.httpRequest = (...sent) => {
    seen += 1;
    if (seen === request) controller.abort();
    return send(...sent);
  };
  onTestFinished(() => {
    transport.httpRequest = send;
  });
  return controller.signal;
}

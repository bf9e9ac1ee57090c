import { join } from 'node:path';

import type { Blueprint } from '../../../src/blueprint/blueprint.ts';
import { systemClock } from '../../../src/clock.ts';
import { deployApex } from '../../../src/provision/deploy/deploy-apex.ts';
import type { DeployOutcome } from '../../../src/provision/deploy/deploy-outcome.ts';
import { openOrg } from '../../../src/salesforce/org.ts';
import type { ServedOrg } from '../../e2e/served-org.ts';
import { apexSourceOrg } from '../../local-org/apex/apex-source-org.ts';
import { todaysBlueprint, withOldTemplates, type Changes } from './old-templates.ts';

/**
 * Deploys what an older version of this product would have, from a folder that keeps its base.
 * @param changes what of the Apex was different then
 * @param blueprint what there was of components
 */
export async function installOld(
  served: ServedOrg,
  cwd: string,
  changes: Changes,
  blueprint?: Blueprint,
): Promise<void> {
  const org = await openOrg(
    {
      instanceUrl: served.env['SF_ORG_INSTANCE_URL'] ?? '',
      accessToken: served.env['SF_ACCESS_TOKEN'] ?? '',
      source: 'access-token',
    },
    { clock: systemClock, preferredApiVersion: '66.0' },
  );
  const events = deployApex(org, withOldTemplates(blueprint ?? (await todaysBlueprint()), changes), {
    mode: 'deploy',
    transport: 'metadata',
    only: [],
    force: false,
    async: false,
    waitMs: 60_000,
    tests: { none: org.identity.kind !== 'production' },
    yes: true,
    confirmOrg: org.identity.id,
    rivals: { deactivate: [], keep: [] },
    stateFolder: join(cwd, '.opencx-sf'),
  });
  let outcome: DeployOutcome | undefined;
  while (outcome === undefined) {
    const step = await events.next();
    if (step.done === true) outcome = step.value;
  }
  if (outcome.kind !== 'succeeded') throw new Error(`the old installation ${outcome.kind}: ${JSON.stringify(outcome)}`);
}

type ApexType = 'ApexClass' | 'ApexTrigger';

/** Text of a class or trigger as the org holds it. */
export function bodyIn(org: ServedOrg, type: ApexType, name: string): string {
  const body = org.running.state.records.find(type, { Name: name })[0]?.['Body'];
  return typeof body === 'string' ? body : '';
}

/** Edits Apex in the org, as somebody does in Setup; it must compile. */
export async function editIn(
  org: ServedOrg,
  type: ApexType,
  name: string,
  change: (body: string) => string,
): Promise<string> {
  const before = bodyIn(org, type, name);
  const after = change(before);
  if (after === before) throw new Error(`nothing was edited in ${name}`);
  await apexSourceOrg(
    org.running.state,
    type === 'ApexClass' ? { classes: { [name]: after } } : { triggers: { [name]: after } },
  );
  return after;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import { isMissingFile } from '../../missing-file.ts';
import type { Org } from '../../salesforce/org.ts';
import { bodyOf } from '../org/component-files.ts';
import { isApex } from '../org/org-components.ts';
import type { DeployOutcome } from './deploy-outcome.ts';

/** The names were checked when they were rendered: they are API names and no paths. */
function fileOf(stateFolder: string, organizationId: string, { type, fullName }: BlueprintComponent): string {
  return join(stateFolder, 'base', organizationId, `${type}.${fullName}`);
}

/**
 * Keeps what the templates gave for Apex that an org now holds. A later upgrade tells by it what was edited in the org and
 * what a newer template changes.
 * @param components what was rendered; all but Apex is left out
 */
export async function keepBases(
  stateFolder: string,
  organizationId: string,
  components: readonly BlueprintComponent[],
): Promise<void> {
  const apex = components.filter(isApex);
  await Promise.all(apex.map((one) => writePrivateFile(fileOf(stateFolder, organizationId, one), bodyOf(one))));
}

/** @returns the text kept for a component; undefined if this folder has deployed none into that org */
export async function readBase(
  stateFolder: string,
  organizationId: string,
  component: BlueprintComponent,
): Promise<string | undefined> {
  try {
    return await readFile(fileOf(stateFolder, organizationId, component), 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

/**
 * Keeps the bases of a deployment that succeeded and was read back; any other end keeps those of before.
 * A deployment is not undone by a file that could not be written: then the outcome warns of it.
 */
export async function withBasesKept(
  org: Org,
  outcome: DeployOutcome,
  components: readonly BlueprintComponent[],
  stateFolder: string,
): Promise<DeployOutcome> {
  if (outcome.kind !== 'succeeded' || outcome.readBack?.ok !== true) return outcome;
  try {
    await keepBases(stateFolder, org.identity.id, components);
    return outcome;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const warning = `What was deployed could not be kept in ${join(stateFolder, 'base')}: ${why}. A later opencx-sf upgrade cannot merge edits without it.`;
    return { ...outcome, readBack: { ...outcome.readBack, warnings: [...outcome.readBack.warnings, warning] } };
  }
}

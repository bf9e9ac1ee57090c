import { join } from 'node:path';

import { packageXml } from '../../blueprint/layouts.ts';
import type { Org } from '../../salesforce/org.ts';
import { apexFiles } from '../org/apex-files.ts';
import type { OrgApex } from '../org/org-components.ts';
import { pendingItems } from '../plan/plan.ts';
import type { Work } from './prepare-work.ts';
import { writeNewFolder } from '../../atomic-files.ts';

/**
 * Keeps a copy of everything a deployment is about to replace: Apex as an mdapi package that can be deployed as it is, other
 * components as the JSON that the org gave.
 * @param stateFolder e.g. `.opencx-sf`
 * @returns the folder written; undefined if nothing is replaced
 */
export async function keepSnapshot(org: Org, work: Work, stateFolder: string): Promise<string | undefined> {
  const { plan, components } = work;
  const replaced = new Set(
    pendingItems(plan).flatMap((item) => (item.existingId === undefined ? [] : [item.existingId])),
  );
  for (const rival of work.switchOff) replaced.add(rival.trigger.id);
  if (replaced.size === 0) return undefined;
  const apex = components.apex.filter((one) => replaced.has(one.id));
  const metadata = components.metadata.filter((one) => replaced.has(one.id));
  const files = new Map<string, string>();
  if (apex.length > 0) files.set('package.xml', manifest(apex));
  for (const { path, content } of apex.flatMap((one) => apexFiles(one, one.body, one.status))) files.set(path, content);
  for (const one of metadata)
    files.set(`metadata/${one.type}.${one.fullName}.json`, `${JSON.stringify(one.values, null, 2)}\n`);
  const moment = new Date(org.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const folder = join(stateFolder, 'snapshots', `${org.identity.id}-${moment}`);
  await writeNewFolder(folder, files);
  return folder;
}

/** By the newest of their versions, which all of them can be deployed with. */
function manifest(apex: readonly OrgApex[]): string {
  const apiVersion = apex.map((one) => one.apiVersion).sort((a, b) => Number(b) - Number(a))[0] ?? '';
  return packageXml({ apiVersion, components: apex.map(({ type, name }) => ({ type, fullName: name })) });
}

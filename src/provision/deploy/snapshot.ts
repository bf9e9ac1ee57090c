import { join } from 'node:path';

import type { Org } from '../../salesforce/org.ts';
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
  if (apex.length > 0) files.set('package.xml', packageXml(apex));
  for (const one of apex) {
    const path = one.type === 'ApexClass' ? `classes/${one.name}.cls` : `triggers/${one.name}.trigger`;
    files.set(path, one.body);
    files.set(`${path}-meta.xml`, metaXml(one));
  }
  for (const one of metadata)
    files.set(`metadata/${one.type}.${one.fullName}.json`, `${JSON.stringify(one.values, null, 2)}\n`);
  const moment = new Date(org.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const folder = join(stateFolder, 'snapshots', `${org.identity.id}-${moment}`);
  await writeNewFolder(folder, files);
  return folder;
}

function packageXml(apex: readonly OrgApex[]): string {
  const types = (['ApexClass', 'ApexTrigger'] as const).flatMap((type) => {
    const members = apex.filter((one) => one.type === type).map((one) => `        <members>${one.name}</members>`);
    return members.length === 0 ? [] : ['    <types>', ...members, `        <name>${type}</name>`, '    </types>'];
  });
  const version = apex.map((one) => one.apiVersion).sort((a, b) => Number(b) - Number(a))[0] ?? '';
  return xml([
    '<Package xmlns="http://soap.sforce.com/2006/04/metadata">',
    ...types,
    `    <version>${version}</version>`,
    '</Package>',
  ]);
}

function metaXml(one: OrgApex): string {
  return xml([
    `<${one.type} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    `    <apiVersion>${one.apiVersion}</apiVersion>`,
    `    <status>${one.status}</status>`,
    `</${one.type}>`,
  ]);
}

function xml(lines: readonly string[]): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...lines, ''].join('\n');
}

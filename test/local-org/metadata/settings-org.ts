import { afterEach, beforeEach } from 'vitest';

import { fieldText } from '../../../src/local-org/state/field-text.ts';
import { manifest, metadataFile, zipOf } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';
import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';

/** A local org for each story, given as an object, as it is another one each time. */
export function metadataOrg(): { readonly org: MetadataOrg } {
  let org: MetadataOrg;
  beforeEach(async () => {
    org = await startMetadataOrg();
  });
  afterEach(async () => {
    await org.close();
  });
  return {
    get org() {
      return org;
    },
  };
}

/** Deploys files; what is wrong with components is told as `type name: problem`. */
export async function deployFiles(
  { connection }: MetadataOrg,
  members: Record<string, readonly string[]>,
  files: PackageFiles,
): Promise<{
  status: string;
  problems: string[];
  successes: { fullName: string; changed: boolean; created: boolean }[];
}> {
  const zip = zipOf({ 'package.xml': manifest(members), ...files });
  const result = await connection.metadata.deploy(zip, { singlePackage: true, rollbackOnError: true }).complete(true);
  // A deployment that fails with no component to blame says why itself.
  if (result.errorMessage !== undefined && result.errorMessage !== null) throw new Error(result.errorMessage);
  const { componentFailures, componentSuccesses } = result.details;
  return {
    status: result.status,
    problems: [componentFailures]
      .flat()
      .map(({ componentType, fullName, problem }) => `${componentType ?? ''} ${fullName}: ${problem ?? ''}`),
    successes: [componentSuccesses].flat().filter(({ componentType }) => (componentType ?? '') !== ''),
  };
}

/** A settings file. */
export function settingsFile(member: string, lines: readonly string[]): PackageFiles {
  return { [`settings/${member}.settings`]: metadataFile(`${member}Settings`, lines) };
}

/** The administrator's username. */
export function administrator({ state }: MetadataOrg): string {
  return fieldText(state.records.get('User', state.settings.adminUserId)?.['Username']);
}

/** A control request. */
export async function control(
  { url }: MetadataOrg,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const init = { method, headers: { 'x-local-org-control': 'test', 'content-type': 'application/json' } };
  const response = await fetch(
    `${url}/_local/${path}`,
    body === undefined ? init : { ...init, body: JSON.stringify(body) },
  );
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

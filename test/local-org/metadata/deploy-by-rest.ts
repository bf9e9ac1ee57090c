import { expect } from 'vitest';

import { API } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { zipOf } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

/** Deploys a package by REST and waits for its end. @returns the `deployResult` */
export async function deployByRest(client: OrgClient, files: PackageFiles): Promise<Answer['body']> {
  const form = new FormData();
  const deployOptions = { singlePackage: true, rollbackOnError: true };
  form.append('json', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
  form.append('file', new Blob([zipOf(files)], { type: 'application/zip' }), 'package.zip');
  const response = await fetch(`${client.org.url}${API}/metadata/deployRequest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.token}` },
    body: form,
  });
  const { id } = (await response.json()) as { id: string };
  const result = async (): Promise<Answer['body']> =>
    (await client.call('GET', `${API}/metadata/deployRequest/${id}?includeDetails=true`)).body.deployResult as unknown;
  await expect.poll(async () => (await result()).done, { timeout: 30_000 }).toBe(true);
  return result();
}

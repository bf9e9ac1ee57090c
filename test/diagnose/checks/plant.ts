import { Connection } from 'jsforce';

import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { packageZip } from '../../../src/salesforce/metadata/package-zip.ts';

/** A request to the control API that must succeed; a text goes as a raw mail, everything else as JSON. */
export type Control = <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;

export function controlOf(url: string): Control {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const isText = typeof body === 'string';
    const response = await fetch(`${url}/_local/${path}`, {
      method,
      headers: { 'x-local-org-control': 'test', 'content-type': isText ? 'message/rfc822' : 'application/json' },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const ns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** Deploys files of one component, as somebody with an IDE would. */
export async function deployFiles(
  org: RunningOrg,
  files: Record<string, string>,
  type: string,
  member: string,
): Promise<void> {
  const manifest = `${head}<Package ${ns}><types><members>${member}</members><name>${type}</name></types><version>66.0</version></Package>`;
  await deploy(org, { 'package.xml': manifest, ...files });
}

/** Deletes components by a destructive deployment. */
export async function destroy(org: RunningOrg, members: Record<string, readonly string[]>): Promise<void> {
  const types = Object.entries(members)
    .map(
      ([type, names]) =>
        `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`,
    )
    .join('');
  await deploy(org, {
    'package.xml': `${head}<Package ${ns}><version>66.0</version></Package>`,
    'destructiveChanges.xml': `${head}<Package ${ns}>${types}</Package>`,
  });
}

async function deploy(org: RunningOrg, files: Record<string, string>): Promise<void> {
  const connection = connectionOf(org);
  const zip = packageZip(new Map(Object.entries(files)));
  const { success, details } = await connection.metadata
    .deploy(zip, { singlePackage: true, rollbackOnError: true })
    .complete(true);
  if (!success) throw new Error(JSON.stringify(details));
}

export function connectionOf(org: RunningOrg): Connection {
  return new Connection({ instanceUrl: org.url, accessToken: org.issueAccessToken(), version: '66.0' });
}

/** What a class or trigger of the org says. */
export async function bodyOf(org: RunningOrg, type: 'ApexClass' | 'ApexTrigger', name: string): Promise<string> {
  const { records } = await connectionOf(org).tooling.query<{ Body: string }>(
    `SELECT Body FROM ${type} WHERE Name = '${name}'`,
  );
  const [row] = records;
  if (row === undefined) throw new Error(`there is no ${type} ${name}`);
  return row.Body;
}

export async function deployApex(
  org: RunningOrg,
  type: 'ApexClass' | 'ApexTrigger',
  name: string,
  body: string,
  { status = 'Active', apiVersion = '66.0' }: { status?: string; apiVersion?: string } = {},
): Promise<void> {
  const path = type === 'ApexTrigger' ? `triggers/${name}.trigger` : `classes/${name}.cls`;
  const meta = `${head}<${type} ${ns}><apiVersion>${apiVersion}</apiVersion><status>${status}</status></${type}>`;
  await deployFiles(org, { [path]: body, [`${path}-meta.xml`]: meta }, type, name);
}

/** Changes Apex as somebody does who edits it in the org. */
export async function editApex(
  org: RunningOrg,
  type: 'ApexClass' | 'ApexTrigger',
  name: string,
  change: (body: string) => string,
): Promise<void> {
  const before = await bodyOf(org, type, name);
  const after = change(before);
  if (after === before) throw new Error(`the edit of ${name} changes nothing`);
  await deployApex(org, type, name, after);
}

/** Changes a setting or component by SOAP, as Setup would. */
export async function updateMetadata(org: RunningOrg, type: string, values: object): Promise<void> {
  const result = (await connectionOf(org).metadata.update(type as never, values as never)) as unknown as {
    success: boolean;
  };
  if (!result.success) throw new Error(JSON.stringify(result));
}

/** The one record that a query finds, by its id. */
export async function idOf(org: RunningOrg, soql: string, tooling = false): Promise<string> {
  const connection = connectionOf(org);
  const { records } = tooling
    ? await connection.tooling.query<{ Id: string }>(soql)
    : await connection.query<{ Id: string }>(soql);
  const [row] = records;
  if (row === undefined) throw new Error(`nothing found: ${soql}`);
  return row.Id;
}

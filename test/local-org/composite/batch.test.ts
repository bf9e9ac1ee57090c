import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { answerOf, API } from '../core/org-client.ts';
import type { Answer } from '../core/org-client.ts';
import { deployFiles } from '../metadata/settings-org.ts';
import { namedCredential, objectFile } from '../metadata/package-zip.ts';
import { startMetadataOrg } from '../metadata/metadata-org.ts';
import type { MetadataOrg } from '../metadata/metadata-org.ts';

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
  const { status } = await deployFiles(
    org,
    { CustomField: ['Case.Channel__c'], NamedCredential: ['Hook'] },
    {
      'namedCredentials/Hook.namedCredential': namedCredential('https://hook.example.com'),
      'objects/Case.object': objectFile(['Channel__c']),
    },
  );
  expect(status).toBe('Succeeded');
});
afterAll(async () => {
  await org.close();
});

interface Part {
  readonly statusCode: number;
  readonly result: { readonly records?: Record<string, unknown>[]; readonly totalSize?: number };
}

const batch = async (api: '' | 'tooling/', batchRequests: readonly object[], more: object = {}): Promise<Answer> =>
  answerOf(
    await fetch(`${org.url}${API}/${api}composite/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ batchRequests, ...more }),
    }),
  );

const toolingQuery = (soql: string) => ({ method: 'GET', url: `v68.0/tooling/query?q=${encodeURIComponent(soql)}` });
const dataQuery = (soql: string) => ({ method: 'GET', url: `v68.0/query/?q=${encodeURIComponent(soql)}` });
const partsOf = ({ body }: Answer): Part[] => body.results as Part[];

describe.each(['', 'tooling/'] as const)('%scomposite/batch', (api) => {
  it('reads the metadata of settings and components in one go', async () => {
    const answer = await batch(api, [
      toolingQuery('SELECT Id, Metadata FROM CaseSettings'),
      toolingQuery('SELECT Id, Metadata FROM EmailAuthorizationSettings'),
      toolingQuery('SELECT Id, Metadata FROM ExternalClientAppSettings'),
      toolingQuery("SELECT Id, Metadata FROM NamedCredential WHERE DeveloperName = 'Hook'"),
      toolingQuery("SELECT Id, Metadata FROM CustomField WHERE DeveloperName = 'Channel' AND TableEnumOrId = 'Case'"),
      dataQuery('SELECT Id FROM Profile'),
    ]);
    expect(answer).toMatchObject({ status: 200, body: { hasErrors: false } });
    expect(partsOf(answer).map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 6 }, () => 200));
    const metadata = partsOf(answer).map(({ result }) => result.records?.[0]?.['Metadata']);
    expect(metadata[0]).toMatchObject({ emailToCase: { enableEmailToCase: false } });
    expect(metadata[1]).toMatchObject({ enableSubstituteFromAddress: false });
    expect(metadata[2]).toMatchObject({ enableClientSecretInRestApiAccess: false });
    expect(metadata[3]).toMatchObject({ endpoint: 'https://hook.example.com' });
    expect(metadata[4]).toMatchObject({ type: 'Text', length: 255 });
  });

  it('takes 25 parts, and not one more', async () => {
    const parts = (count: number) => Array.from({ length: count }, () => dataQuery('SELECT Id FROM Organization'));
    expect(partsOf(await batch(api, parts(25)))).toHaveLength(25);
    expect((await batch(api, parts(26))).status).toBe(400);
  });

  it('goes on after a part that fails, unless it is to halt', async () => {
    const parts = [dataQuery('SELECT Nope FROM Case'), { method: 'GET', url: 'v68.0/limits' }];
    const answer = await batch(api, parts);
    expect(answer.body.hasErrors).toBe(true);
    expect(partsOf(answer)).toMatchObject([
      { statusCode: 400, result: [{ errorCode: 'INVALID_FIELD' }] },
      { statusCode: 200 },
    ]);
    const halted = await batch(api, parts, { haltOnError: true });
    expect(partsOf(halted)).toMatchObject([
      { statusCode: 400 },
      { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] },
    ]);
  });

  it('writes by richInput', async () => {
    const made = await batch(api, [{ method: 'POST', url: 'v68.0/sobjects/Case', richInput: { Subject: api } }]);
    expect(partsOf(made)).toMatchObject([{ statusCode: 201, result: { success: true } }]);
  });
});

it('a query for Metadata finds one row', async () => {
  await deployFiles(
    org,
    { NamedCredential: ['Other'] },
    { 'namedCredentials/Other.namedCredential': namedCredential('https://other.example.com') },
  );
  const [part] = partsOf(await batch('tooling/', [toolingQuery('SELECT Id, Metadata FROM NamedCredential')]));
  expect(part).toMatchObject({ statusCode: 400, result: [{ errorCode: 'MALFORMED_QUERY' }] });
});

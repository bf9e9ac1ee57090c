import { afterAll, beforeAll, expect, it } from 'vitest';

import { startMetadataOrg } from '../metadata/metadata-org.ts';
import type { MetadataOrg } from '../metadata/metadata-org.ts';
import { appFiles, appMembers } from '../metadata/eca-package.ts';
import { apexClass, namedCredential } from '../metadata/package-zip.ts';
import { deployFiles } from '../metadata/settings-org.ts';

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
});
afterAll(async () => {
  await org.close();
});

interface Dump {
  readonly components: {
    readonly type: string;
    readonly fullName: string;
    readonly body?: string;
    readonly value: object;
  }[];
  readonly records: Record<string, Record<string, unknown>[]>;
  readonly settings: Record<string, object>;
  readonly mailSettings: object;
  readonly routingAddresses: object[];
  readonly oauthClients: { readonly clientId: string }[];
}

async function dump(): Promise<{ text: string; json: Dump }> {
  const response = await fetch(`${org.url}/_local/dump`, { headers: { 'X-Local-Org-Control': 'test' } });
  expect(response.status).toBe(200);
  const text = await response.text();
  return { text, json: JSON.parse(text) as Dump };
}

it('needs the header of the control API', async () => {
  expect((await fetch(`${org.url}/_local/dump`)).status).toBe(403);
});

it('tells all that an org holds, and the same twice', async () => {
  await deployFiles(
    org,
    { ...appMembers, ApexClass: ['Greeter'], NamedCredential: ['Hook'] },
    {
      ...appFiles(),
      ...apexClass('Greeter', 'public class Greeter {}'),
      'namedCredentials/Hook.namedCredential': namedCredential('https://hook.example.com'),
    },
  );
  await org.rest('POST', '/sobjects/Case', { Subject: 'Zebra' });
  const { json, text } = await dump();
  expect((await dump()).text).toBe(text);
  expect(Object.keys(json)).toEqual([
    'components',
    'mailSettings',
    'oauthClients',
    'records',
    'routingAddresses',
    'settings',
  ]);
  expect(json.components).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ type: 'ApexClass', fullName: 'Greeter', body: 'public class Greeter {}' }),
      expect.objectContaining({
        type: 'NamedCredential',
        value: expect.objectContaining({ endpoint: 'https://hook.example.com' }),
      }),
      expect.objectContaining({ type: 'Profile', fullName: 'Admin' }),
    ]),
  );
  expect(json.records['Case']).toMatchObject([{ Subject: 'Zebra', Status: 'New' }]);
  expect(Object.keys(json.records)).toEqual(Object.keys(json.records).toSorted());
  expect(json.settings['Case']).toMatchObject({ emailToCase: { enableEmailToCase: false } });
  expect(json.oauthClients).toMatchObject([{ hasSecret: true, callbackUrls: [expect.stringContaining('https://')] }]);
});

it('is the same again when what was made is gone', async () => {
  const before = await dump();
  const queue = await org.rest('POST', '/sobjects/Group', { Name: 'Extra', Type: 'Queue' });
  const { id } = queue.body as { id: string };
  await org.rest('POST', '/sobjects/QueueSobject', { QueueId: id, SobjectType: 'Case' });
  expect((await dump()).json.records['Group']).toHaveLength(1);
  await org.rest('DELETE', `/sobjects/Group/${id}`);
  expect((await dump()).text).toBe(before.text);
});

it('gives no secret away', async () => {
  await fetch(`${org.url}/_local/clients/default`, { headers: { 'X-Local-Org-Control': 'test' } });
  await org.connection.metadata.upsert('NamedCredential', {
    fullName: 'Basic',
    label: 'Basic',
    endpoint: 'https://basic.example.com',
    principalType: 'NamedUser',
    protocol: 'Password',
    username: 'somebody',
    password: 'open sesame',
  } as never);
  const { text } = await dump();
  expect(text).not.toContain('open sesame');
  expect(text).not.toMatch(/secretHash|consumerSecret|PrivateKey|00D\w+!/);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AuthInfo, Connection, Org, StreamingClient } from '@salesforce/core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { publishLog } from '../../../src/local-org/streaming/system-topics.ts';
import { openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

// The streaming client of the official CLI, unmodified.

let client: OrgClient;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-org-streaming-'));
  process.env['HOME'] = folder;
  client = await openOrgClient();
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

test('hears of each log that is kept, until it has heard enough', async () => {
  const accessTokenOptions = { accessToken: client.token, instanceUrl: client.org.url, loginUrl: client.org.url };
  const authInfo = await AuthInfo.create({ username: client.token, accessTokenOptions });
  const org = await Org.create({ connection: await Connection.create({ authInfo }) });
  const heard: unknown[] = [];
  const options = new StreamingClient.DefaultOptions(org, '/systemTopic/Logging', (message) => {
    heard.push(message['sobject']);
    return { completed: heard.length === 3 };
  });
  const streaming = await StreamingClient.create(options);
  await streaming.handshake();
  const { state } = client.org;
  const keepLog = (): string => {
    const row = state.records.insert('ApexLog', { Operation: 'test', StartTime: state.now().toISOString() }, '');
    publishLog(state, row.Id);
    return row.Id;
  };
  const ids: string[] = [];
  await streaming.subscribe(async () => {
    ids.push(keepLog(), keepLog());
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(2);
    ids.push(keepLog());
  });
  expect(heard).toEqual(ids.map((Id) => ({ Id })));
});

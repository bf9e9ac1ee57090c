import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import { clientFor } from '../core/org-client.ts';
import { messagingOrgOf, openMessagingOrg } from './messaging-org.ts';
import { openEventStream, V2 } from './scrt-client.ts';

const START = new URL('../../../src/local-org/start-local-org.ts', import.meta.url).href;
const PROGRAM = `
  import { startLocalOrg } from '${START}';
  const org = await startLocalOrg({ dataDir: process.argv[1] });
  console.log(org.scrtUrl);
`;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'local-org-messaging-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

it('goes on after a restart: tokens, conversations, events, work, on the port it was given', async () => {
  const before = await openMessagingOrg({}, { dataDir });
  await before.agent('rep@example.com');
  const customer = await before.customer();
  await customer.begin();
  await customer.say('before');
  const workId = await before.accept();
  const { scrtUrl } = before.client.org;
  await before.client.close();

  const org = await startLocalOrg({ dataDir, scrtPort: Number(new URL(scrtUrl).port) });
  const client = clientFor(org, before.client.token);
  const after = messagingOrgOf(client, before.deployed);
  expect(org.scrtUrl).toBe(scrtUrl);
  expect((await customer.say('after')).status).toBe(202);
  expect((await after.control('POST', `agent-work/${workId}/reply`, { text: 'Still here' })).status).toBe(201);
  const stream = await customer.stream();
  await stream.next(({ data }) => data.includes('Still here'));
  const texts = (await customer.entries('?entryTypeFilter=Message&direction=FromStart')).map(
    ({ entryPayload }) => entryPayload.abstractMessage.staticContent.text,
  );
  expect(texts).toEqual(['before', 'after', 'Still here']);
  stream.close();
  await client.close();
});

it('ends its streams with the org, and refuses a port that is taken', async () => {
  const org = await openMessagingOrg();
  const port = Number(new URL(org.client.org.scrtUrl).port);
  await expect(startLocalOrg({ scrtPort: port })).rejects.toThrow('EADDRINUSE');
  const stream = await (await org.customer()).stream();
  await org.client.close();
  await stream.ended;
});

it('loses no message that it has accepted when it is killed', async () => {
  const setUp = await openMessagingOrg({}, { dataDir });
  await setUp.settings({ rateLimits: false });
  const { token, conversationId, begin } = await setUp.customer();
  await begin();
  await setUp.client.close();

  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', PROGRAM, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killed = new Promise((resolve) => child.once('exit', resolve));
  const scrtUrl = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const accepted: string[] = [];
  const writer = (async () => {
    for (;;) {
      const response = await fetch(`${scrtUrl}${V2}/conversation/${conversationId}/message`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          message: {
            id: crypto.randomUUID(),
            messageType: 'StaticContentMessage',
            staticContent: { formatType: 'Text', text: 'Hello' },
          },
          esDeveloperName: 'OpenCX',
        }),
      });
      const { conversationEntries } = (await response.json()) as { conversationEntries: { id: string }[] };
      accepted.push(...conversationEntries.map(({ id }) => id));
      if (accepted.length === 30) child.kill('SIGKILL');
    }
  })();
  await expect(writer).rejects.toThrow();
  await killed;

  const org = await startLocalOrg({ dataDir });
  const stream = await openEventStream(`${org.scrtUrl}/eventrouter/v1/sse`, {
    authorization: `Bearer ${token}`,
    'x-org-id': org.organizationId.slice(0, 15),
    'last-event-id': '0',
  });
  for (const id of accepted) await stream.next(({ data }) => data.includes(id));
  stream.close();
  const [row] = org.state.records.all('MessagingSession');
  const kept = stream.events.filter(({ event }) => event === 'CONVERSATION_MESSAGE').length;
  // Entries and rows are one transaction.
  expect(row?.['EndUserMessageCount']).toBe(kept);
  await org.close();
});

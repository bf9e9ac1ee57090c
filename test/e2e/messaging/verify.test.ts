import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { verifyMessagingResultSchema } from '../../../src/commands/verify/messaging/result-schema.ts';
import { cli, temporaryFolder } from '../cli.ts';
import { openDesk } from './messaging-desk.ts';
import { servedOrg } from '../served-org.ts';

const document = envelopeSchema(verifyMessagingResultSchema);

describe('verify messaging', () => {
  test('proves Live Messaging on a local org, where it plays the rep itself, and says so as a timeline', async () => {
    const cwd = await temporaryFolder();
    const { served, env } = await openDesk(cwd);
    const run = await cli(['verify', 'messaging', '--yes'], { cwd, env: { ...served.env, ...env } });
    expect(run.exitCode, run.stdout + run.stderr).toBe(0);
    expect(run.stdout).toMatch(/✓ {2}Identity token accepted .*\/AUTH\/OpenCX_Keyset\//);
    expect(run.stdout).toMatch(/✓ {2}Rep joined .*Rita Rep/);
    expect(run.stdout).toMatch(/✓ {2}Ended again .*none is open/);
  });

  test('makes a rep where nobody is online, and sends them home', async () => {
    const cwd = await temporaryFolder();
    const { served, env } = await openDesk(cwd);
    await served.control('POST', '/messaging/agents', { username: 'rep@example.com', online: false });
    const run = await cli(['verify', 'messaging', '--yes', '--json'], { cwd, env: { ...served.env, ...env } });
    expect(document.safeParse(run.json()).error?.issues ?? [], run.stdout).toEqual([]);
    expect(run.json().result.rungs.at(-4)).toMatchObject({ id: 'rep-joined', status: 'done' });
    const { agents } = (await served.control('GET', '/messaging/agents')) as { agents: { online: boolean }[] };
    expect(agents.map(({ online }) => online)).not.toContain(true);
  });

  test('fails where the org answers an identity token with an anonymous contact, and says what mends it', async () => {
    const cwd = await temporaryFolder();
    const { served, env } = await openDesk(cwd);
    await served.control('PATCH', '/messaging/settings', { invalidIdentity: 'anonymous' });
    const run = await cli(['verify', 'messaging', '--yes', '--json', '--issuer', 'https://other.example.com'], {
      cwd,
      env: { ...served.env, ...env },
    });
    expect(run.exitCode).toBe(1);
    expect(document.safeParse(run.json()).error?.issues ?? [], run.stdout).toEqual([]);
    expect(run.json()).toMatchObject({
      status: 'error',
      error: { code: 'HANDOFF_FAILED', details: { stages: ['verified'] } },
    });
    expect(run.json().error?.nextSteps.join('\n')).toContain('opencx-sf messaging keys check');
    expect(run.stdout).not.toMatch(/eyJ/);
  });

  test('follows by asking where event streams are swallowed, as the configuration says', async () => {
    const cwd = await temporaryFolder();
    const { served, env } = await openDesk(cwd);
    await served.control('POST', '/faults', { match: { path: '/sse' }, kind: 'status', status: 502 });
    const conversation = { transport: 'poll', firstMessageStartsSession: false };
    await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify({ messaging: { conversation } }));
    const run = await cli(['verify', 'messaging', '--yes', '--json'], { cwd, env: { ...served.env, ...env } });
    expect(run.exitCode, run.stdout).toBe(0);
    const rungs = run.json().result.rungs as { id: string; status: string }[];
    expect(rungs.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'event-stream',
      'opencx-history',
    ]);
  });

  test('asks for a key before it asks the org', async () => {
    const cwd = await temporaryFolder();
    const served = await servedOrg();
    const run = await cli(['verify', 'messaging', '--yes', '--issuer', 'x'], { cwd, env: served.env });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('opencx-sf messaging keys generate');
    expect(await served.requests()).toEqual([]);
  });
});

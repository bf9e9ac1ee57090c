import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { cli, ended, inputs, startCli, temporaryFolder, type Envelope } from './cli.ts';

const deploy = ['deploy-apex', '--target-org', 'local', ...inputs, '--no-tests', '--json'];

async function startedOrg(cwd: string) {
  const child = startCli(['org', 'start'], { cwd });
  const end = ended(child);
  const file = join(cwd, '.opencx-sf', 'local-org', 'running.json');
  for (let look = 0; look < 1000; look += 1) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '')
      return {
        child,
        end,
        file,
        ...(JSON.parse(text) as { url: string; scrtUrl: string; pid: number; accessToken: string }),
      };
    await delay(50);
  }
  throw new Error(`the org did not start: ${(await end).stderr}`);
}

describe('a local org that runs on its own', () => {
  test('is used by other commands of the same folder, tells of itself, and ends at Ctrl-C with its data kept', async () => {
    const cwd = await temporaryFolder();
    const org = await startedOrg(cwd);
    const run = await cli(deploy, { cwd });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', org: { instanceUrl: org.url } });
    expect((await cli(['org', 'status', '--json'], { cwd })).json().result).toMatchObject({
      running: true,
      url: org.url,
      scrtUrl: org.scrtUrl,
      pid: org.pid,
    });
    expect((await fetch(`${org.scrtUrl}/iamessage/api/v2/conversation/list`)).status).toBe(401);

    org.child.kill('SIGINT');
    const end = await org.end;
    expect(end.exitCode, end.stderr).toBe(0);
    expect(end.stderr).toContain(org.url);
    expect(end.stderr).toContain(`Live Messaging at ${org.scrtUrl}`);
    expect(end.stdout + end.stderr).not.toContain(org.accessToken);
    expect((await cli(['org', 'status', '--json'], { cwd })).json().result).toMatchObject({
      running: false,
      hasData: true,
    });
    expect((await cli(deploy, { cwd })).json().result.outcome).toBe('unchanged');
  });

  test('prints a JSON document a line: when it serves, and when it has stopped', async () => {
    const cwd = await temporaryFolder();
    const child = startCli(['org', 'start', '--json'], { cwd });
    const end = ended(child);
    await new Promise((ready) => child.stdout.once('data', ready));
    child.kill('SIGINT');
    const lines = (await end).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Envelope);
    expect(lines.map((line) => line.result.event)).toEqual(['started', 'stopped']);
    expect(lines[0]?.result.scrtUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('keeps its token in a private file', async () => {
    const cwd = await temporaryFolder();
    const org = await startedOrg(cwd);
    expect((await stat(org.file)).mode & 0o777).toBe(0o600);
    org.child.kill('SIGTERM');
    await org.end;
  });

  test('is not started twice for one folder, nor reset while it runs', async () => {
    const cwd = await temporaryFolder();
    const org = await startedOrg(cwd);
    const second = await cli(['org', 'start', '--json'], { cwd });
    expect(second.exitCode).toBe(1);
    expect(second.json().error).toMatchObject({
      code: 'LOCAL_ORG_UNAVAILABLE',
      message: expect.stringContaining(org.url),
    });
    const reset = await cli(['org', 'reset', '--yes', '--json'], { cwd });
    expect(reset.json().error?.code).toBe('LOCAL_ORG_UNAVAILABLE');
    org.child.kill('SIGINT');
    await org.end;
  });

  test('that was killed leaves nothing that misleads', async () => {
    const cwd = await temporaryFolder();
    const org = await startedOrg(cwd);
    org.child.kill('SIGKILL');
    await org.end;
    expect((await cli(['org', 'status', '--json'], { cwd })).json().result).toMatchObject({ running: false });
    expect((await cli(deploy, { cwd })).json().result.outcome).toBe('succeeded');
  });

  test.each([['no JSON'], ['{"url":"http://evil.example.com","pid":1,"accessToken":"x"}'], ['[]']])(
    'is not looked for where its file says nonsense: %s',
    async (text) => {
      const cwd = await temporaryFolder();
      await mkdir(join(cwd, '.opencx-sf', 'local-org'), { recursive: true });
      await writeFile(join(cwd, '.opencx-sf', 'local-org', 'running.json'), text);
      const run = await cli(['org', 'status', '--json'], { cwd });
      expect(run.json().result, run.stdout).toMatchObject({ running: false });
    },
  );

  test.each([['70000'], ['-1'], ['http']])('refuses the port %s', async (port) => {
    const run = await cli(['org', 'start', `--port=${port}`, '--json'], { cwd: await temporaryFolder() });
    expect(run.exitCode).toBe(2);
    expect(run.json().error?.code).toBe('USAGE');
  });
});

describe('org reset', () => {
  test('makes the next local org a new one', async () => {
    const cwd = await temporaryFolder();
    const first = await cli(deploy, { cwd });
    expect((await cli(['org', 'reset', '--yes'], { cwd })).exitCode).toBe(0);
    const second = await cli(deploy, { cwd });
    expect(second.json().result.outcome).toBe('succeeded');
    expect(second.json().result.org.id).not.toBe(first.json().result.org.id);
  });

  test('removes nothing that is no local org', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, 'precious'));
    await writeFile(join(cwd, 'precious', 'thesis.txt'), 'years of work');
    const run = await cli(['org', 'reset', '--data-dir', 'precious', '--yes', '--json'], { cwd });
    expect(run.json().error?.code).toBe('OUTPUT_REFUSED');
    expect(await readFile(join(cwd, 'precious', 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});

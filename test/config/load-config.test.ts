import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { loadConfig } from '../../src/config/load-config.ts';

async function project(files: Record<string, unknown>) {
  const cwd = await mkdtemp(join(tmpdir(), 'opencx-sf-config-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await mkdir(join(cwd, 'xdg', 'opencx-sf'), { recursive: true });
  for (const [path, value] of Object.entries(files)) await writeFile(join(cwd, path), JSON.stringify(value));
  return { cwd, env: { XDG_CONFIG_HOME: join(cwd, 'xdg') } };
}

describe('the configuration', () => {
  test('has a default for everything that has one', async () => {
    const { config } = await loadConfig({ ...(await project({})), overrides: [] });
    expect(config.deploy).toEqual({ waitMinutes: 33, transport: 'metadata' });
    expect(config.blueprint.names.apexClass).toBe('OpenSalesforceCaseManagement');
    expect(config.blueprint.replyTo).toBeUndefined();
  });

  test('is taken from flags before the project file, and from that before the user file; each value knows whence', async () => {
    const place = await project({
      'xdg/opencx-sf/config.json': {
        targetOrg: 'from-user',
        blueprint: { replyTo: 'user@example.com', integrationUsername: 'user@example.com' },
      },
      'opencx-sf.config.json': {
        blueprint: { replyTo: 'project@example.com', webhookUrl: 'https://project.example.com' },
      },
    });
    const overrides = [
      { path: ['blueprint', 'webhookUrl'], value: 'https://flag.example.com', origin: '--webhook-url' },
    ];
    const { config, origins } = await loadConfig({ ...place, overrides });
    expect(config.targetOrg).toBe('from-user');
    expect(config.blueprint).toMatchObject({
      integrationUsername: 'user@example.com',
      replyTo: 'project@example.com',
      webhookUrl: 'https://flag.example.com',
    });
    expect(origins.get('blueprint.webhookUrl')).toBe('--webhook-url');
    expect(origins.get('blueprint.replyTo')).toBe(join(place.cwd, 'opencx-sf.config.json'));
  });

  test('leaves what a flag does not give as it was', async () => {
    const place = await project({ 'opencx-sf.config.json': { targetOrg: 'acme' } });
    const { config } = await loadConfig({
      ...place,
      overrides: [{ path: ['targetOrg'], value: undefined, origin: '--target-org' }],
    });
    expect(config.targetOrg).toBe('acme');
  });

  test('takes a file with a byte order mark, as editors on Windows write it', async () => {
    const place = await project({});
    await writeFile(join(place.cwd, 'opencx-sf.config.json'), '\uFEFF{"targetOrg":"acme"}');
    expect((await loadConfig({ ...place, overrides: [] })).config.targetOrg).toBe('acme');
  });

  test('names every problem at once', async () => {
    const place = await project({
      'opencx-sf.config.json': { targetOrg: 5, deploy: { transport: 'pigeon', speed: 1 } },
    });
    await expect(loadConfig({ ...place, overrides: [] })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(
        /targetOrg.*deploy\.transport.*deploy\.speed|targetOrg.*deploy\.speed.*deploy\.transport/s,
      ),
    });
  });
});

import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openFarSide } from '../../handoff/far-side.ts';
import { withPostgres } from '../../postgres/with-postgres.ts';
import { cli, temporaryFolder } from '../cli.ts';
import { listed } from './served-events.ts';
import { ownPlace, startServeWith } from './serve-process.ts';

withPostgres('serve on a database', (server) => {
  test('is shared by two of them, and by events; what one left another carries', { timeout: 180_000 }, async () => {
    const url = await server().newDatabase();
    const env = { OPENCX_SF_DATABASE_URL: url };
    const far = await openFarSide();
    await far.close();
    const cwd = await temporaryFolder();
    const first = await startServeWith({ cwd, env }, '--forward-to', far.url);
    expect(first.started['store']).toMatch(/^postgres(?:ql)?:\/\/127\.0\.0\.1:\d+\/\w+$/);
    const { id } = (await first.events('trigger', 'case_created', '--json')).json().result;
    await first.result(({ event }) => event === 'far-side-down');
    first.signal('SIGKILL');
    await first.end;

    // Another machine, which was given the key that the secrets in the store are sealed with.
    const elsewhere = await temporaryFolder();
    await mkdir(join(elsewhere, '.opencx-sf/serve'), { recursive: true });
    await copyFile(join(cwd, '.opencx-sf/serve/store.key'), join(elsewhere, '.opencx-sf/serve/store.key'));
    const again = await openFarSide(far.port);
    const second = await startServeWith({ cwd: elsewhere, env }, '--forward-to', far.url);
    await second.result(({ event, eventId, target }) => event === 'delivered' && eventId === id && target !== ownPlace);
    const third = await startServeWith({ cwd, env }, '--forward-to', far.url);
    await third.events('trigger', 'case_closed');
    expect(await listed(second)).toEqual(await listed(third));
    expect(await listed(second)).toHaveLength(2);
    await expect.poll(() => again.calls.length, { timeout: 30_000 }).toBe(2);
    await third.stop();
    await second.stop();
    expect(again.calls.map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event)).toEqual([
      'case_created',
      'case_closed',
    ]);

    // A machine without it would take what it cannot read the way of.
    for (const command of [
      ['serve', '--port', '0'],
      ['events', 'list'],
    ]) {
      const stranger = await cli([...command, '--json'], { cwd: await temporaryFolder(), env });
      expect(stranger.json().error?.code).toBe('STORE_UNUSABLE');
      expect(stranger.json().error?.nextSteps?.join()).toContain('store.key');
    }

    const { password } = new URL(url);
    const typed = await cli(['events', 'list', '--database-url', url, '--json'], { cwd });
    expect(typed.json().error?.code).toBe('USAGE');
    const pretty = await cli(['serve', '--restore', '--json', '--database-url', url], { cwd });
    for (const text of [typed, pretty].map(({ stdout, stderr }) => stdout + stderr))
      expect(text).not.toContain(password);
    for (const { documents } of [first, second, third]) expect(JSON.stringify(documents)).not.toContain(password);
  });
});

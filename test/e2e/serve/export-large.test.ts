import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openSqliteStore } from '../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { newEvent } from '../../handoff/store/samples.ts';
import { cli, temporaryFolder } from '../cli.ts';

const events = 30;
const bytes = 4 * 1024 * 1024;

test('a store that is larger than the memory is exported, event by event', { timeout: 120_000 }, async () => {
  const cwd = await temporaryFolder();
  const folder = join(cwd, '.opencx-sf/serve');
  await mkdir(folder, { recursive: true });
  const store = openSqliteStore({ file: join(folder, 'events.sqlite') });
  const ids: string[] = [];
  for (let number = 0; number < events; number += 1) {
    const body = Buffer.from(JSON.stringify({ number, text: 'x'.repeat(bytes) }));
    ids.push((await store.accept(newEvent({ body }), [])).event.id);
  }
  await store.close();
  const small = { cwd, env: { NODE_OPTIONS: '--max-old-space-size=96' } };
  for (const [file, args] of [
    ['events.ndjson', []],
    ['events.har', ['--har']],
  ] as const) {
    const run = await cli(['events', 'export', ...args, '--output', file, '--json'], small);
    expect(run.exitCode, run.stderr.slice(0, 2000)).toBe(0);
    expect(run.json().result).toMatchObject({ events });
    expect((await stat(join(cwd, file))).size).toBeGreaterThan(events * bytes);
  }
  const lines = (await readFile(join(cwd, 'events.ndjson'), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids);
  const archive = JSON.parse(await readFile(join(cwd, 'events.har'), 'utf8')) as { log: { entries: object[] } };
  expect(archive.log.entries).toMatchObject(ids.map((_eventId) => ({ _eventId })));
});

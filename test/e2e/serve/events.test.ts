import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import {
  eventsExportResultSchema,
  eventsListResultSchema,
  eventsShowResultSchema,
  eventsTriggerResultSchema,
} from '../../../src/commands/events/result-schema.ts';
import { cli, temporaryFolder } from '../cli.ts';
import { farDelivery, listed, resultOf, served } from './served-events.ts';

const launcher = resolve(import.meta.dirname, '../../../bin/opencx-sf.js');

describe('events list', () => {
  test('lists the newest first, and finds by name, Case, state, time and text', async () => {
    const { serve, ids } = await served(
      ['case_created', '--set', 'case_id=500000000000002AAA', '--set', 'case_number=00001028'],
      ['case_email_received', '--set', 'text_body=The PRINTER burns'],
      ['case_closed'],
    );
    const [created = '', email = '', closed = ''] = ids;
    expect(await listed(serve)).toEqual([closed, email, created]);
    const limited = resultOf(await serve.events('list', '--json', '--limit', '2'), eventsListResultSchema);
    expect(limited).toMatchObject({ events: { length: 2 }, more: true });
    expect(await listed(serve, '--event', 'case_email_received')).toEqual([email]);
    expect(await listed(serve, '--event', 'customerEmail')).toEqual([email]);
    expect(await listed(serve, '--case', '500000000000002AAA')).toEqual([created]);
    expect(await listed(serve, '--case', '500000000000002')).toEqual([created]);
    expect(await listed(serve, '--case', '00001028')).toEqual([created]);
    expect(await listed(serve, '--contains', 'printer')).toEqual([email]);
    expect(await listed(serve, '--state', 'delivered')).toEqual([closed, email, created]);
    expect(await listed(serve, '--state', 'dead')).toEqual([]);
    expect(await listed(serve, '--since', '1h')).toEqual([closed, email, created]);
    expect(await listed(serve, '--since', '0s')).toEqual([]);
    const text = await serve.events('list');
    expect(text.stdout).toMatch(/^evt_\w+ {2}[\d: -]+ {2}← case_closed +00001027 +delivered +My order/m);
    await serve.stop();
  });

  test('says so where nothing was recorded, and where a filter is none', async () => {
    const cwd = await temporaryFolder();
    const none = await cli(['events', 'list', '--json'], { cwd });
    expect(none.exitCode).toBe(1);
    expect(none.json().error?.code).toBe('EVENT_NOT_FOUND');
    for (const args of [
      ['--event', 'x'],
      ['--limit', '0'],
      ['--since', 'ever'],
      ['--rejected', '--case', '1'],
    ]) {
      expect((await cli(['events', 'list', '--json', ...args], { cwd })).json().error?.code, args.join(' ')).toBe(
        'USAGE',
      );
    }
  });
});

describe('events show', () => {
  test('tells all there is, with secrets masked', async () => {
    const { serve, far, ids } = await served(['case_created']);
    const shown = resultOf(await serve.events('show', ids[0] ?? '', '--json'), eventsShowResultSchema);
    expect(shown).toMatchObject({
      id: ids[0],
      name: 'caseCreated',
      caseNumber: '00001027',
      body: far.calls[0]?.body.toString(),
      deliveries: farDelivery({ state: 'delivered', attempts: 1 }),
    });
    expect(JSON.stringify(shown)).not.toContain('s3cret-cookie');
    const text = await serve.events('show', ids[0] ?? '');
    expect(text.stdout).toContain('"case_number": "00001027"');
    expect(text.stdout).toContain(`→ ${far.url}  delivered`);
    expect(text.stdout).toContain('"ok": true');
    expect(text.stdout).toContain('set-cookie: [redacted]');
    await serve.stop();
  });

  test('--raw gives the very bytes, also while serve runs; --curl a command', async () => {
    const odd = 'Ünïcödé 🔥 \u2028 \\ " password=hunter2hunter2';
    const { serve, far, ids } = await served(['case_created', '--set', `case_subject=${odd}`]);
    const raw = await promisify(execFile)(process.execPath, [launcher, 'events', 'show', ids[0] ?? '', '--raw'], {
      cwd: serve.cwd,
      encoding: 'buffer',
    });
    expect(raw.stdout.equals(far.calls[0]?.body ?? Buffer.alloc(0))).toBe(true);
    const curl = await serve.events('show', ids[0] ?? '', '--curl');
    expect(curl.stdout).toMatch(new RegExp(`^curl -sS -i -X POST ${far.url} `));
    const both = await serve.events('show', ids[0] ?? '', '--raw', '--curl');
    expect(both.exitCode).toBe(2);
    const unknown = await serve.events('show', 'evt_nothing', '--json');
    expect(unknown.json().error?.code).toBe('EVENT_NOT_FOUND');
    await serve.stop();
  });
});
describe('events export', () => {
  test('writes NDJSON, the oldest first, and an HTTP archive, with secrets left out', async () => {
    const { serve, far, ids } = await served(['case_created'], ['case_closed']);
    const ndjson = await serve.events('export');
    const lines = ndjson.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; direction: string });
    for (const line of lines) expect(eventsShowResultSchema.safeParse(line).error?.issues ?? []).toEqual([]);
    expect(lines.filter(({ direction }) => direction === 'from-salesforce').map(({ id }) => id)).toEqual(ids);
    const file = join(serve.cwd, 'events.har');
    const written = await serve.events(
      'export',
      '--har',
      '--event',
      'case_created',
      '--output',
      'events.har',
      '--json',
    );
    expect(resultOf(written, eventsExportResultSchema)).toEqual({ file, format: 'har', events: 1 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { log } = JSON.parse(await readFile(file, 'utf8'));
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'opencx-sf' } });
    expect(log.entries).toMatchObject([
      { _direction: 'in', _eventId: ids[0], request: { method: 'POST' }, response: { status: 202 } },
      {
        _direction: 'out',
        _eventId: ids[0],
        request: { url: far.url, postData: { text: far.calls[0]?.body.toString() } },
        response: { status: 200, content: { text: '{"ok":true}' } },
      },
    ]);
    expect(ndjson.stdout + JSON.stringify(log)).not.toContain('s3cret-cookie');
    expect((await serve.events('export', '--json')).json().error?.code).toBe('MISSING_INPUT');
    await serve.stop();
  });
});

describe('events trigger', () => {
  test('posts each example, changed as told', async () => {
    const names = [
      'case_created',
      'case_email_received',
      'case_email_agent_reply',
      'case_owner_changed',
      'case_email_bounced',
      'case_closed',
    ];
    const { serve, far } = await served(
      ...names.map((name) => [name, '--set', 'case_subject=Changed', '--set', 'contact_id:=null']),
    );
    const bodies = far.calls.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
    expect(bodies.map((body) => body['event'])).toEqual(names);
    for (const body of bodies) expect(body).toMatchObject({ case_subject: 'Changed', contact_id: null });
    await serve.stop();
  });

  test('posts what was saved in the inspector, as another event each time', async () => {
    const { serve, far } = await served(['case_created', '--set', 'case_subject=Worth keeping']);
    const [first] = far.calls.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
    const folder = join(serve.cwd, '.opencx-sf/serve/fixtures');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'worth-keeping.json'), JSON.stringify(first));
    const again = await serve.events('trigger', 'worth-keeping', '--set', 'case_number=00004711', '--json');
    expect(resultOf(again, eventsTriggerResultSchema)).toMatchObject({ event: 'case_created', status: 202 });
    await expect.poll(() => far.calls.length).toBe(2);
    const second = JSON.parse(far.calls[1]?.body.toString() ?? '') as Record<string, unknown>;
    expect(second).toMatchObject({ case_subject: 'Worth keeping', case_number: '00004711' });
    expect(second['delivery_id']).not.toBe(first?.['delivery_id']);
    await serve.stop();
  });

  test('refuses unknown names and paths, and tells what serve refused', async () => {
    const { serve } = await served();
    expect((await serve.events('trigger', 'case_opened', '--json')).json().error?.code).toBe('USAGE');
    expect((await serve.events('trigger', 'case_created', '--set', 'nothing=x', '--json')).json().error?.code).toBe(
      'USAGE',
    );
    const refused = await serve.events('trigger', 'case_created', '--set', 'case_id=none', '--json');
    expect(refused.json().error).toMatchObject({ code: 'NOT_DELIVERED', message: expect.stringContaining('case_id') });
    await serve.stop();
    const ended = await serve.events('trigger', 'case_created', '--json');
    expect(ended.json().error?.code).toBe('SERVE_UNAVAILABLE');
  });
});

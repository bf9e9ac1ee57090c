import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';
import type { z } from 'zod';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import {
  eventsExportResultSchema,
  eventsListResultSchema,
  eventsReplayResultSchema,
  eventsShowResultSchema,
  eventsTriggerResultSchema,
} from '../../../src/commands/events/result-schema.ts';
import { openFarSide, type FarSide } from '../../handoff/far-side.ts';
import { cli, temporaryFolder, type CliRun } from '../cli.ts';
import { startServe, type ServeProcess } from './serve-process.ts';

const launcher = resolve(import.meta.dirname, '../../../bin/opencx-sf.js');

/** One document of the published shape. */
function resultOf(run: CliRun, schema: z.ZodType, exitCode = 0) {
  expect(run.exitCode, run.stdout + run.stderr).toBe(exitCode);
  expect(envelopeSchema(schema).safeParse(run.json()).error?.issues ?? []).toEqual([]);
  return run.json().result;
}

/** A serve with a far side, and events that have arrived there. */
async function served(...events: string[][]): Promise<{ serve: ServeProcess; far: FarSide; ids: string[] }> {
  const far = await openFarSide();
  far.answer(() => ({
    status: 200,
    body: '{"ok":true}',
    headers: { 'content-type': 'application/json', 'set-cookie': 's3cret-cookie' },
  }));
  const serve = await startServe(await temporaryFolder(), '--forward-to', far.url);
  const ids: string[] = [];
  for (const args of events) {
    const { id } = resultOf(await serve.events('trigger', ...args, '--json'), eventsTriggerResultSchema);
    await serve.result(({ event, eventId }) => event === 'delivered' && eventId === id);
    ids.push(id);
  }
  return { serve, far, ids };
}

async function listed(serve: ServeProcess, ...args: string[]): Promise<string[]> {
  const { events } = resultOf(await serve.events('list', '--json', ...args), eventsListResultSchema);
  return (events as { id: string }[]).map(({ id }) => id);
}

describe('events list', () => {
  test('lists the newest first, and finds by name, Case, state, time and text', async () => {
    const { serve, ids } = await served(
      ['case_created', '--set', 'case_id=500000000000002AAA', '--set', 'case_number=00001028'],
      ['case_email_received', '--set', 'text_body=The PRINTER burns'],
      ['case_closed'],
    );
    const [created = '', email = '', closed = ''] = ids;
    expect(await listed(serve)).toEqual([closed, email, created]);
    expect(await listed(serve, '--limit', '2')).toEqual([closed, email]);
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
    expect(text.stdout.split('\n')[1]).toMatch(/^evt_\w+ {2}[\d: -]+ {2}case_closed +00001027 +delivered +My order/);
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
      deliveries: [{ state: 'delivered', attempts: 1, history: [{ response: { status: 200, body: '{"ok":true}' } }] }],
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

describe('events replay', () => {
  test('is delivered by the serve that runs, byte for byte, marked as what it is', async () => {
    const { serve, far, ids } = await served(['case_created']);
    const { deliveredBy, replays } = resultOf(
      await serve.events('replay', ids[0] ?? '', '--json'),
      eventsReplayResultSchema,
    );
    expect(deliveredBy).toBe('serve');
    expect(replays).toMatchObject([{ replayOf: ids[0], deliveries: [{ state: 'delivered' }] }]);
    expect(far.calls).toHaveLength(2);
    expect(far.calls[1]?.body.equals(far.calls[0]?.body ?? Buffer.alloc(0))).toBe(true);
    expect(far.calls[1]?.headers).toMatchObject({ 'opencx-sf-replay-of': ids[0] });
    expect(await serve.result(({ event, replayOf }) => event === 'delivered' && replayOf === ids[0])).toBeDefined();
    await serve.stop();
  });

  test('is delivered by the command itself where none runs, edited and elsewhere', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await serve.stop();
    const other = await openFarSide();
    const run = await serve.events('replay', ids[0] ?? '', '--to', other.url, '--set', 'case_subject=Edited', '--json');
    expect(resultOf(run, eventsReplayResultSchema)).toMatchObject({ deliveredBy: 'this command' });
    expect(far.calls).toHaveLength(1);
    const before = JSON.parse(far.calls[0]?.body.toString() ?? '') as object;
    expect(JSON.parse(other.calls[0]?.body.toString() ?? '')).toEqual({ ...before, case_subject: 'Edited' });
  });

  test('goes to where the event went, also if the serve that runs now forwards elsewhere', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await serve.stop();
    const next = await startServe(serve.cwd);
    const { deliveredBy } = resultOf(await next.events('replay', ids[0] ?? '', '--json'), eventsReplayResultSchema);
    expect(deliveredBy).toBe('serve');
    expect(far.calls).toHaveLength(2);
    await next.stop();
  });

  test('carries what else waits in the store where no serve runs, so that a Case keeps its order', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await far.close();
    await serve.events('trigger', 'case_email_received');
    await serve.result(({ event }) => event === 'far-side-down');
    await serve.stop();
    const again = await openFarSide(far.port);
    const run = await serve.events('replay', ids[0] ?? '');
    expect(run).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('1 event that waited in the store was delivered'),
    });
    const arrived = again.calls.map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event);
    expect(arrived).toEqual(['case_email_received', 'case_created']);
  });

  test('replays all that a filter finds, in the order in which they came', async () => {
    const { serve, far, ids } = await served(['case_created'], ['case_email_received'], ['case_closed']);
    const run = await serve.events('replay', '--state', 'delivered', '--json');
    const { replays } = resultOf(run, eventsReplayResultSchema);
    expect((replays as { replayOf: string }[]).map(({ replayOf }) => replayOf)).toEqual(ids);
    const sent = far.calls.map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event);
    expect(sent.slice(3)).toEqual(sent.slice(0, 3));
    await serve.stop();
  });

  test('tells what did not arrive, with the answer, and leaves it dead', async () => {
    const { serve, far, ids } = await served(['case_created']);
    far.answer(() => ({ status: 410, body: 'gone for good' }));
    const run = await serve.events('replay', ids[0] ?? '');
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('gone for good');
    expect(run.stderr).toContain('NOT_DELIVERED');
    expect(await listed(serve, '--state', 'dead')).toHaveLength(1);
    await serve.stop();
  });

  test('settles what was dead: it is replaced by the replay that arrives, and asked for again it is not sent twice', async () => {
    const { serve, far } = await served();
    far.answer(() => ({ status: 410 }));
    const { id } = resultOf(await serve.events('trigger', 'case_closed', '--json'), eventsTriggerResultSchema);
    await serve.result(({ event, eventId }) => event === 'dead' && eventId === id);
    const refused = await serve.events('replay', '--state', 'dead', '--json');
    expect(refused.exitCode).toBe(1);
    const [second] = refused.json().result.replays as { id: string }[];
    expect(await listed(serve, '--state', 'dead')).toEqual([second?.id, id]);

    far.answer(() => ({ status: 200 }));
    const { replays } = resultOf(await serve.events('replay', '--state', 'dead', '--json'), eventsReplayResultSchema);
    expect(replays).toMatchObject([{ replayOf: second?.id, deliveries: [{ state: 'delivered' }] }]);
    expect(far.calls).toHaveLength(3);
    expect(await listed(serve, '--state', 'dead')).toEqual([]);
    expect(await listed(serve, '--state', 'replaced')).toEqual([second?.id, id]);
    const shown = resultOf(await serve.events('show', id, '--json'), eventsShowResultSchema);
    expect(shown).toMatchObject({ deliveries: [{ state: 'replaced', replacedBy: replays[0].id, attempts: 1 }] });
    expect((await serve.events('show', id)).stdout).toContain(`replaced by ${replays[0].id}`);
    expect(await serve.stop()).toMatchObject({ dead: 0 });
  });

  test('waits for a far side that is down, and says that it goes on in the store', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await far.close();
    await serve.stop();
    const run = await serve.events('replay', ids[0] ?? '', '--wait', '2s');
    expect(run.exitCode).toBe(69);
    expect(run.stdout).toContain('ECONNREFUSED');
    expect(run.stderr).toContain('opencx-sf serve goes on with them');
    const again = await openFarSide(far.port);
    const next = await startServe(serve.cwd, '--forward-to', far.url);
    await next.result(({ event, replayOf }) => event === 'delivered' && replayOf === ids[0]);
    expect(again.calls).toHaveLength(1);
    await next.stop();
  });

  test('waits no longer than it is told, and loses nothing by it', async () => {
    const { serve, far, ids } = await served(['case_created']);
    far.answer((_call, nth) => ({ status: nth === 2 ? 500 : 200 }));
    const waiting = await serve.events('replay', ids[0] ?? '', '--wait', '1s', '--json');
    expect(resultOf(waiting, eventsReplayResultSchema, 69)).toMatchObject({
      replays: [{ deliveries: [{ state: 'pending' }] }],
    });
    await serve.result(({ event, replayOf }) => event === 'delivered' && replayOf === ids[0]);
    const notWaiting = await serve.events('replay', ids[0] ?? '', '--wait', '0s', '--json');
    resultOf(notWaiting, eventsReplayResultSchema);
    await serve.stop();
  });

  test('puts nothing into the store if one of them cannot be made', async () => {
    const { serve, far, ids } = await served(['case_created'], ['case_email_received']);
    for (const args of [
      ['--event', 'case_created', ids[0] ?? ''],
      [],
      [...ids, '--set', 'text_body=x'],
      [ids[0] ?? '', '--to', 'ftp://localhost/'],
    ]) {
      const run = await serve.events('replay', ...args, '--json');
      expect(run.json().error?.code, args.join(' ')).toBe('USAGE');
    }
    expect((await serve.events('replay', 'evt_nothing', '--json')).json().error?.code).toBe('EVENT_NOT_FOUND');
    expect(await listed(serve)).toHaveLength(2);
    await serve.stop();
    expect(far.calls).toHaveLength(2);
  });
});

describe('events export', () => {
  test('writes NDJSON, the oldest first, and an HTTP archive, with secrets left out', async () => {
    const { serve, far, ids } = await served(['case_created'], ['case_closed']);
    const ndjson = await serve.events('export');
    const lines = ndjson.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string });
    for (const line of lines) expect(eventsShowResultSchema.safeParse(line).error?.issues ?? []).toEqual([]);
    expect(lines.map(({ id }) => id)).toEqual(ids);
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

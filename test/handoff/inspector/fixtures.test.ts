import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { fixturesShownSchema } from '../../../src/handoff/inspector/fixtures/fixture-schema.ts';
import { openFarSide } from '../far-side.ts';
import { everythingTo } from '../serving.ts';
import { inspect, type Inspecting } from './inspecting.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'fixtures');
}

async function send(serving: Inspecting, path: string, wish: unknown) {
  const headers = { 'content-type': 'application/json' };
  const answer = await serving.ask(path, { method: 'POST', body: JSON.stringify(wish), headers });
  return { status: answer.status, body: (await answer.json()) as { id?: string; name?: string; error?: string } };
}

test('the six examples of the contract are there, and are fired by the way of all webhooks', async () => {
  const far = await openFarSide();
  const serving = await inspect({ routes: everythingTo(far.url) });
  const { fixtures, made } = await serving.read('/api/fixtures', fixturesShownSchema);
  expect(fixtures.map(({ name }) => name)).toEqual([
    'case_created',
    'case_email_received',
    'case_email_agent_reply',
    'case_owner_changed',
    'case_email_bounced',
    'case_closed',
  ]);
  expect(made).toEqual(['delivery_id', 'occurred_at']);
  for (const { body } of fixtures) {
    expect((await send(serving, '/api/fixtures/fire', { body })).status).toBe(202);
  }
  // Each is one of its own, also when it is fired again.
  expect((await send(serving, '/api/fixtures/fire', { body: fixtures[0]?.body })).body).not.toHaveProperty('duplicate');
  await serving.arrived(7);
  const [call] = far.calls;
  expect(JSON.parse(call?.body.toString() ?? '')).toMatchObject({ event: 'case_created' });
  expect(call?.headers['user-agent']).toMatch(/^opencx-sf\/.* inspector$/);
  expect(call?.headers['authorization']).toBeUndefined();
});

test('one that does not fit the contract is refused as any webhook would be, and kept among the refused', async () => {
  const serving = await inspect();
  const { fixtures } = await serving.read('/api/fixtures', fixturesShownSchema);
  const { case_id: _, ...body } = fixtures[0]?.body ?? {};
  expect(await send(serving, '/api/fixtures/fire', { body })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('case_id') },
  });
  expect(await serving.store.rejections(10)).toHaveLength(1);
  expect((await send(serving, '/api/fixtures/fire', { body: [] })).status).toBe(400);
  expect((await send(serving, '/api/fixtures/fire', 'none')).status).toBe(400);
});

test('an event is kept under a name, for its owner alone, fired again and forgotten', async () => {
  const fixturesFolder = await newFolder();
  const serving = await inspect({ inspector: { token: 'token', fixturesFolder } });
  const { fixtures } = await serving.read('/api/fixtures', fixturesShownSchema);
  const body = { ...fixtures[0]?.body, case_subject: 'Kept' };
  expect(await send(serving, '/api/fixtures', { name: 'my-case', body })).toEqual({
    status: 201,
    body: { name: 'my-case' },
  });
  const file = join(fixturesFolder, 'my-case.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(body);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const shown = await serving.read('/api/fixtures', fixturesShownSchema);
  expect(shown.fixtures.at(-1)).toEqual({ name: 'my-case', saved: true, body });
  expect((await send(serving, '/api/fixtures/fire', { body: shown.fixtures.at(-1)?.body })).status).toBe(202);
  expect((await send(serving, '/api/fixtures', { name: 'my-case', body })).status).toBe(409);
  expect((await serving.ask('/api/fixtures/my-case', { method: 'DELETE' })).status).toBe(200);
  expect((await serving.read('/api/fixtures', fixturesShownSchema)).fixtures).toHaveLength(6);
});

test('a name is no path and none of the contract, and what is no fixture in the folder is left alone', async () => {
  const fixturesFolder = await newFolder();
  const serving = await inspect({ inspector: { token: 'token', fixturesFolder } });
  for (const name of ['../x', 'a/b', 'A', '', '-x', '.x', 'x'.repeat(65), 'x.json', 1]) {
    expect((await send(serving, '/api/fixtures', { name, body: {} })).status, String(name)).toBe(400);
  }
  expect((await send(serving, '/api/fixtures', { name: 'case_created', body: {} })).status).toBe(409);
  await send(serving, '/api/fixtures', { name: 'one', body: {} });
  await writeFile(join(fixturesFolder, 'Not One.json'), '{');
  await writeFile(join(fixturesFolder, 'two.txt'), '{');
  const { fixtures } = await serving.read('/api/fixtures', fixturesShownSchema);
  expect(fixtures.slice(6).map(({ name }) => name)).toEqual(['one']);
  expect((await serving.ask('/api/fixtures/..%2fone', { method: 'DELETE' })).status).toBe(200);
  expect((await serving.read('/api/fixtures', fixturesShownSchema)).fixtures).toHaveLength(7);
});

test('one that somebody has spoilt is named', async () => {
  const fixturesFolder = await newFolder();
  const serving = await inspect({ inspector: { token: 'token', fixturesFolder } });
  await send(serving, '/api/fixtures', { name: 'one', body: {} });
  for (const text of ['{"cut', '[]', 'null']) {
    await writeFile(join(fixturesFolder, 'one.json'), text);
    const answer = await serving.ask('/api/fixtures');
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('one.json is no JSON object')]);
    expect((await send(serving, '/api/fixtures', { name: 'one', body: {} })).status).toBe(409);
  }
});

test('where there is no folder nothing is kept', async () => {
  const serving = await inspect();
  expect((await send(serving, '/api/fixtures', { name: 'one', body: {} })).status).toBe(404);
});

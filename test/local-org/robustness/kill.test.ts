import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { chanceFrom } from './chance.ts';

const script = fileURLToPath(new URL('../metadata/org-process.ts', import.meta.url));
const seed = 20261125;

let dataDir: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'local-org-killed-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

type Call = (method: string, path: string, body?: object) => Promise<{ status: number; body: unknown }>;

/** The org in a process of its own, on the same files each time. */
async function started(): Promise<{ kill: () => Promise<void>; call: Call }> {
  const process = spawn(globalThis.process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = process;
  const [line] = (await once(createInterface({ input: process.stdout }), 'line')) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  return {
    async kill() {
      process.kill('SIGKILL');
      if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
    },
    async call(method, path, body) {
      const response = await fetch(`${url}/services/data/v68.0${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
  };
}

/** What clients were told: the subject of each case, undefined once it was deleted. */
type Told = Map<string, string | undefined>;

/** A client that creates, changes and deletes cases of its own one after the other, until the org is gone. */
async function work(call: Call, name: string, told: Told, answered: () => void): Promise<void> {
  for (let number = 0; ; number++) {
    const Subject = `${name} ${number}`;
    const created = await call('POST', '/sobjects/Case', { Subject });
    const { id } = created.body as { id: string };
    told.set(id, Subject);
    answered();
    // What is not answered may have happened or not: until the answer comes the case is left out.
    told.delete(id);
    if (number % 3 === 1) {
      await call('PATCH', `/sobjects/Case/${id}`, { Subject: `${Subject} changed` });
      told.set(id, `${Subject} changed`);
      answered();
    } else if (number % 3 === 2) {
      await call('DELETE', `/sobjects/Case/${id}`);
      told.set(id, undefined);
      answered();
    } else told.set(id, Subject);
  }
}

test(`an org that is killed among requests again and again (seed ${seed}) keeps all it has answered`, async () => {
  const chance = chanceFrom(seed);
  const told: Told = new Map();
  for (let round = 0; round < 4; round++) {
    const org = await started();
    let left = 5 + chance.below(40);
    const answered = (): void => {
      left--;
      if (left === 0) void org.kill();
    };
    const clients = ['a', 'b', 'c'].map((name) => work(org.call, `${round}${name}`, told, answered));
    for (const end of await Promise.allSettled(clients)) expect(end.status).toBe('rejected');
    await org.kill();
  }
  expect(told.size).toBeGreaterThan(20);

  const org = await started();
  const { body } = await org.call('GET', `/query?q=${encodeURIComponent('SELECT Id, Subject FROM Case LIMIT 2000')}`);
  const rows = new Map(
    (body as { records: { Id: string; Subject: string }[] }).records.map((one) => [one.Id, one.Subject]),
  );
  for (const [id, subject] of told) expect(rows.get(id), id).toBe(subject);
  expect((await org.call('POST', '/sobjects/Case', { Subject: 'after' })).status).toBe(201);
}, 120_000);

test('an org that is killed while Apex saves many records keeps all of them or none', async () => {
  const chance = chanceFrom(seed);
  const source = encodeURIComponent(
    "List<Account> l = new List<Account>(); for (Integer i = 0; i < 400; i++) { l.add(new Account(Name = 'Bulk')); } insert l;",
  );
  let promised = 0;
  for (let round = 0; round < 2; round++) {
    const org = await started();
    const first = await org.call('GET', `/tooling/executeAnonymous/?anonymousBody=${source}`);
    expect(first.body).toMatchObject({ compiled: true, success: true });
    promised += 400;
    // Sent, and cut off at some moment before its answer or just after it.
    const second = org.call('GET', `/tooling/executeAnonymous/?anonymousBody=${source}`).then(
      () => 400,
      () => 0,
    );
    await new Promise((resolve) => setTimeout(resolve, chance.below(60)));
    await org.kill();
    promised += await second;
  }
  const org = await started();
  const { body } = await org.call(
    'GET',
    `/query?q=${encodeURIComponent("SELECT COUNT(Id) n FROM Account WHERE Name = 'Bulk'")}`,
  );
  const [{ n } = { n: 0 }] = (body as { records: { n: number }[] }).records;
  expect(n).toBeGreaterThanOrEqual(promised);
  expect(n % 400).toBe(0);
}, 120_000);

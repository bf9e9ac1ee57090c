import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import type { HandoffStore, StoredEvent } from '../../../../src/handoff/store/handoff-store.ts';
import { chanceFrom } from '../../../local-org/robustness/chance.ts';
import { deliverAll } from '../samples.ts';
import { integrityOf } from './integrity.ts';
import { newFile, opened } from './new-file.ts';
import { startChild } from './store-child.ts';

/** `KILLS=100` for more. */
const kills = Number(process.env['KILLS'] ?? 30);

test(
  `what was acknowledged is there once, after kill -9 at ${kills} moments under load`,
  { timeout: 300_000 },
  async () => {
    const file = await newFile();
    const chance = chanceFrom(7);
    const acknowledged = new Map<string, { deliveryId: string; length: number }>();
    const delivered = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      const child = startChild(['load', file, '', `process-${kill}`]);
      await child.says('ready');
      await delay(chance.below(120));
      child.process.kill('SIGKILL');
      for (const [word, id = '', deliveryId = '', length] of await child.ended()) {
        if (word === 'accepted') acknowledged.set(id, { deliveryId, length: Number(length) });
        if (word === 'delivered') {
          expect(delivered, 'delivered before').not.toContain(id);
          delivered.add(id);
        }
      }
      expect(integrityOf(file)).toEqual(['ok']);
    }
    expect(acknowledged.size).toBeGreaterThan(kills * 10);
    expect(delivered.size).toBeGreaterThan(0);

    const store = opened(file);
    const stored = await allEvents(store);
    const calls = stored.filter(({ orderKey }) => orderKey !== 'told');
    expect(new Set(stored.map(({ deliveryId }) => deliveryId)).size, 'none twice').toBe(stored.length);
    const byId = new Map(stored.map((event) => [event.id, event]));
    for (const [id, { deliveryId, length }] of acknowledged) {
      const event = byId.get(id);
      expect(event?.deliveryId).toBe(deliveryId);
      expect(Buffer.from(event?.body ?? []).toString()).toBe(deliveryId.repeat(length / deliveryId.length));
    }
    await expectCounted(store, stored);
    const { delivered: already, pending, delivering, dead } = await store.counts();
    expect(already).toBeGreaterThanOrEqual(delivered.size);
    expect(already + pending + delivering + dead).toBe(calls.length);
    expect(await deliverAll(store, Number.MAX_SAFE_INTEGER - 10_000), 'what was left is carried').toBe(
      pending + delivering,
    );
  },
);

/** What sessions counted, against what is there: a change is made with its cause or not at all. */
async function expectCounted(store: HandoffStore, stored: readonly StoredEvent[]): Promise<void> {
  const told = new Set(stored.filter(({ orderKey }) => orderKey === 'told').map(({ deliveryId }) => deliveryId));
  const sessions = await store.sessions({ limit: 100 });
  expect(sessions).toHaveLength(10);
  for (const { id, subject = '0', caseNumber = '0' } of sessions) {
    const ofCase = stored
      .filter(({ orderKey }) => orderKey === `case ${Number(id.slice(-3))}`)
      .map((event) => event.id);
    const delivered = (await store.deliveries(ofCase)).filter(({ state }) => state === 'delivered');
    expect([Number(subject), Number(caseNumber)]).toEqual([ofCase.length, delivered.length]);
    expect(ofCase.filter((eventId) => !told.has(`subject ${eventId}`))).toEqual([]);
    expect(delivered.filter(({ eventId }) => !told.has(`caseNumber ${eventId}`))).toEqual([]);
  }
}

async function allEvents(store: HandoffStore): Promise<StoredEvent[]> {
  const all = [];
  for (let after = 0; ;) {
    const page = await store.events({ after, limit: 1_000 });
    if (page.length === 0) return all;
    all.push(...page);
    after = page.at(-1)?.sequence ?? after;
  }
}

import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { chanceFrom } from '../../../local-org/robustness/chance.ts';
import { deliverAll } from '../samples.ts';
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
      expect(integrity(file)).toEqual(['ok']);
    }
    expect(acknowledged.size).toBeGreaterThan(kills * 10);
    expect(delivered.size).toBeGreaterThan(0);

    const store = opened(file);
    const stored = await allEvents(store);
    expect(new Set(stored.map(({ deliveryId }) => deliveryId)).size, 'none twice').toBe(stored.length);
    const byId = new Map(stored.map((event) => [event.id, event]));
    for (const [id, { deliveryId, length }] of acknowledged) {
      const event = byId.get(id);
      expect(event?.deliveryId).toBe(deliveryId);
      expect(Buffer.from(event?.body ?? []).toString()).toBe(deliveryId.repeat(length / deliveryId.length));
    }
    const { delivered: already, pending, delivering, dead } = await store.counts();
    expect(already).toBeGreaterThanOrEqual(delivered.size);
    expect(already + pending + delivering + dead).toBe(stored.length);
    expect(await deliverAll(store, Number.MAX_SAFE_INTEGER - 10_000), 'what was left is carried').toBe(
      pending + delivering,
    );
  },
);

async function allEvents(store: ReturnType<typeof opened>): Promise<Awaited<ReturnType<typeof store.events>>> {
  const all = [];
  for (let after = 0; ;) {
    const page = await store.events({ after, limit: 1_000 });
    if (page.length === 0) return all;
    all.push(...page);
    after = page.at(-1)?.sequence ?? after;
  }
}

/** What SQLite itself finds wrong, row by row. */
function integrity(file: string): unknown[] {
  const database = new DatabaseSync(file);
  try {
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    return database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => row['integrity_check']);
  } finally {
    database.close();
  }
}

import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';

import { OpencxError } from '../../../../src/errors/opencx-error.ts';
import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { withPostgres } from '../../../postgres/with-postgres.ts';
import { deliverAll, newAttempt, newEvent, toFarSide } from '../samples.ts';
import { openedStore } from './opened-store.ts';

withPostgres('a PostgreSQL that goes away', (server) => {
  test('while it is away each request fails with the reason, and as soon as it is there again all works', async () => {
    const store = await openedStore(await server().newDatabase());
    await store.accept(newEvent({ deliveryId: 'before' }), toFarSide);
    await server().stop();
    const asked: (() => Promise<unknown>)[] = [
      () => store.accept(newEvent({ deliveryId: 'meanwhile' }), toFarSide),
      () => store.claim('one', 1_000, 500, 10),
      () => store.events({ limit: 10 }),
      () => store.changeSession({ sessionId: 'x', decide: () => ({ events: [] }) }),
      () => store.prune(0, 0),
    ];
    for (const ask of asked) {
      const error: unknown = await ask().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'STORE_FAILED' });
      expect(String(error)).not.toContain(server().password);
      expect(String(error)).toContain('could not be used: ');
    }
    await server().start();
    expect(await store.accept(newEvent({ deliveryId: 'meanwhile' }), toFarSide)).toMatchObject({ duplicate: false });
    expect((await store.events({ after: 0, limit: 10 })).map(({ deliveryId }) => deliveryId)).toEqual([
      'before',
      'meanwhile',
    ]);
    expect(await deliverAll(store)).toBe(2);
  });

  test.each(['SIGINT', 'SIGQUIT'] as const)(
    'ended by %s in the middle of the work and started again, it has lost and doubled nothing that was acknowledged',
    async (signal) => {
      const url = await server().newDatabase();
      const stores = [await openedStore(url), await openedStore(url)];
      const acknowledged: string[] = [];
      const delivered: string[] = [];
      const carried: string[] = [];
      const ended = new AbortController();
      const accepting = stores.flatMap((store) =>
        Array.from({ length: 5 }, async (_, line) => {
          for (let number = 0; !ended.signal.aborted; number++) {
            const event = newEvent({ orderKey: `case ${line}` });
            if (await survived(async () => await store.accept(event, toFarSide))) acknowledged.push(event.deliveryId);
            else await pause();
          }
        }),
      );
      const carrying = stores.map(async (store, nth) => {
        const worker = `worker ${nth}`;
        while (!ended.signal.aborted) {
          const claimed = await survived(() => store.claim(worker, Date.now(), 300, 5));
          if (claimed === undefined) await pause();
          for (const { id, eventId } of claimed ?? []) {
            carried.push(eventId);
            const isDone = await survived(() => store.finish(id, worker, newAttempt(), { state: 'delivered' }));
            if (isDone === true) delivered.push(id);
          }
        }
      });
      await expect.poll(() => delivered.length, { timeout: 30_000 }).toBeGreaterThan(50);
      await server().stop(signal);
      await server().start();
      const before = delivered.length;
      await expect.poll(() => delivered.length, { timeout: 30_000 }).toBeGreaterThan(before + 50);
      ended.abort();
      await Promise.all([...accepting, ...carrying]);

      const [store] = stores;
      const stored = await allDeliveryIds(store);
      expect(new Set(stored).size, 'none twice').toBe(stored.length);
      expect(
        acknowledged.filter((id) => !stored.includes(id)),
        'acknowledged and gone',
      ).toEqual([]);
      expect(new Set(delivered).size, 'none finished twice').toBe(delivered.length);
      expect((await store?.counts())?.delivered).toBeGreaterThanOrEqual(delivered.length);
      await deliverAll(store ?? failed(), Number.MAX_SAFE_INTEGER - 10_000);
      expect(await store?.counts()).toEqual({
        pending: 0,
        delivering: 0,
        delivered: stored.length,
        dead: 0,
        replaced: 0,
      });
    },
  );

  test('who holds the store and does nothing is cut off, and the others go on', async () => {
    const url = await server().newDatabase();
    const store = await openedStore(url);
    const idle = new Client({ connectionString: url });
    await idle.connect();
    // It tells twice: what the server says, and that the connection is gone.
    const cutOff = new Promise((resolve) => idle.on('error', resolve));
    onTestFinished(() => idle.end());
    await idle.query(
      `BEGIN; SET LOCAL idle_in_transaction_session_timeout = '1s'; SELECT 1 FROM opencx_sf.store FOR UPDATE`,
    );
    expect(await store.accept(newEvent(), toFarSide)).toMatchObject({ duplicate: false });
    expect(String(await cutOff)).toContain('idle-in-transaction');
  });

  test('a disk that is full is told of, what is there is read, and with room again it goes on', async () => {
    const url = await server().newDatabase();
    const database = new URL(url).pathname.slice(1);
    const store = await openedStore(url);
    await store.accept(newEvent(), toFarSide);
    // A full disk as the server tells of it; a real one would take the disk of this machine.
    await server().ask(
      `CREATE FUNCTION opencx_sf.full() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
       CREATE TRIGGER full_disk BEFORE INSERT ON opencx_sf.event FOR EACH STATEMENT EXECUTE FUNCTION opencx_sf.full()`,
      database,
    );
    const answers = await Promise.allSettled([1, 2, 3].map(() => store.accept(newEvent(), toFarSide)));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'STORE_FAILED' } });
      expect(answer.status === 'rejected' && String(answer.reason)).toContain('the disk is full');
    }
    expect(await store.events({ limit: 10 })).toHaveLength(1);
    await server().ask('DROP TRIGGER full_disk ON opencx_sf.event', database);
    expect((await store.accept(newEvent(), toFarSide)).event.sequence).toBe(2);
  });
});

/** @returns undefined if the database was away; any other failure is one of the test */
async function survived<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OpencxError && error.code === 'STORE_FAILED') return undefined;
    throw error;
  }
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

async function allDeliveryIds(store: HandoffStore | undefined): Promise<string[]> {
  const all: string[] = [];
  for (let after = 0; ;) {
    const page = (await store?.events({ after, limit: 1_000 })) ?? [];
    if (page.length === 0) return all;
    all.push(...page.map(({ deliveryId }) => deliveryId));
    after = page.at(-1)?.sequence ?? after;
  }
}

function failed(): never {
  throw new Error('there is no store');
}

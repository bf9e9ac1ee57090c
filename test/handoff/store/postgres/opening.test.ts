import { expect, test } from 'vitest';

import { OpencxError } from '../../../../src/errors/opencx-error.ts';
import type { SealingKey } from '../../../../src/handoff/store/postgres/database/sealing-key.ts';
import { openPostgresStore } from '../../../../src/handoff/store/postgres/open-postgres-store.ts';
import { withPostgres } from '../../../postgres/with-postgres.ts';
import { newEvent, toFarSide } from '../samples.ts';
import { openedStore } from './opened-store.ts';

async function refusal(url: string): Promise<OpencxError> {
  try {
    await (await openPostgresStore({ url })).close();
  } catch (error) {
    if (error instanceof OpencxError) return error;
    throw error;
  }
  throw new Error('it was opened');
}

/** All that is ever shown or written of an error. */
function shown(error: OpencxError): string {
  const { message, details, nextSteps } = error;
  return [message, JSON.stringify(details), ...nextSteps, String(error.cause), JSON.stringify(error.cause)].join('\n');
}

withPostgres('a store that is opened in PostgreSQL', (server) => {
  const changed = async (changes: (url: URL) => void): Promise<string> => {
    const url = new URL(await server().newDatabase());
    changes(url);
    return url.href;
  };
  const nameOf = (url: string): string => new URL(url).pathname.slice(1);

  test('a password that is wrong is refused, and not shown', async () => {
    const error = await refusal(await changed((url) => (url.password = 'not-the-password')));
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(error.message).toContain('password authentication failed');
    expect(shown(error)).not.toContain('not-the-password');
  });

  test.each(['postgresql://tester:s3cret@127.0.0.1:port/x', 'mysql://tester:s3cret@127.0.0.1/x', 's3cret', ''])(
    'a URL that is none is refused, and not shown: %s',
    async (url) => {
      const error = await refusal(url);
      expect(error).toMatchObject({ code: 'STORE_UNUSABLE' });
      expect(shown(error)).not.toContain('s3cret');
    },
  );

  test('a database that is not there is refused by its name', async () => {
    const error = await refusal(await changed((url) => (url.pathname = '/nowhere')));
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(error.message).toContain('the PostgreSQL database nowhere at 127.0.0.1:');
  });

  test('a server that is not there is a failure that may pass, and its password is not shown', async () => {
    const error = await refusal('postgresql://tester:s3cret@127.0.0.1:1/x');
    expect(error).toMatchObject({ code: 'STORE_FAILED' });
    expect(error.message).toContain('ECONNREFUSED');
    expect(shown(error)).not.toContain('s3cret');
  });

  test('a server without TLS is refused where the URL asks for it', async () => {
    const error = await refusal(await changed((url) => (url.search = '?sslmode=verify-full')));
    expect(error.message).toContain('SSL');
  });

  test('tables of a newer version are refused and left as they are', async () => {
    const url = await server().newDatabase();
    const store = await openPostgresStore({ url });
    await store.accept(newEvent(), toFarSide);
    await store.close();
    const ask = (text: string) => server().ask(text, nameOf(url));
    await ask(`INSERT INTO opencx_sf.migration (name, timestamp) VALUES ('9999-of-tomorrow', 'now')`);
    const error = await refusal(url);
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(error.message).toContain('newer opencx-sf');
    expect(error.message).toContain('9999-of-tomorrow');
    expect(error.nextSteps).not.toEqual([]);
    await ask(`DELETE FROM opencx_sf.migration WHERE name = '9999-of-tomorrow'`);
    expect(await (await openedStore(url)).events({ limit: 10 })).toHaveLength(1);
  });

  test('tables of the first version are brought up to date, with all they hold', async () => {
    const url = await server().newDatabase();
    const before = await openPostgresStore({ url });
    const { event } = await before.accept(newEvent(), toFarSide);
    await before.close();
    await server().ask(
      `ALTER TABLE opencx_sf.store DROP COLUMN sealed_with; DROP TABLE opencx_sf.turn; DELETE FROM opencx_sf.migration WHERE name >= '0002'`,
      nameOf(url),
    );
    const store = await openPostgresStore({ url, sealingKey: { id: 'one', isTaken: true } });
    expect(await store.events({ limit: 10 })).toMatchObject([{ id: event.id }]);
    expect(await store.takeTurn('one', 'ada', 2_000, 1_000)).toBe(true);
    await store.close();
  });

  test("another program's tables are refused, and nothing is added to them", async () => {
    const url = await server().newDatabase();
    const ask = (text: string) => server().ask(text, nameOf(url));
    await ask('CREATE SCHEMA opencx_sf; CREATE TABLE opencx_sf.session (theirs integer)');
    expect(await refusal(url)).toMatchObject({ code: 'STORE_UNUSABLE' });
    const left = await ask(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'opencx_sf' AND table_name NOT LIKE 'migration%'`,
    );
    expect(left).toEqual([{ name: 'session' }]);
  });

  test('several that open an empty database at the same moment all have the same store', async () => {
    const url = await server().newDatabase();
    const stores = await Promise.all(Array.from({ length: 8 }, () => openedStore(url)));
    const taken = await Promise.all(stores.map((store) => store.accept(newEvent(), [])));
    const ids = taken.map(({ event }) => event.id).toSorted();
    expect((await stores[0]?.events({ after: 0, limit: 10 }))?.map(({ id }) => id)).toEqual(ids);
    expect(ids).toHaveLength(8);
  });

  test('a process with another key is refused, and one that only looks settles nothing', async () => {
    const url = await server().newDatabase();
    const [one, other] = ['one', 'other'].map((id) => ({ id, isTaken: true }));
    const open = async (sealingKey?: SealingKey): Promise<void> => {
      await (await openPostgresStore({ url, ...(sealingKey !== undefined && { sealingKey }) })).close();
    };
    await open({ id: 'a look', isTaken: false });
    await open(one);
    await open(one);
    await open({ id: 'one', isTaken: false });
    for (const key of [other, { id: 'other', isTaken: false }]) {
      await expect(open(key)).rejects.toMatchObject({
        code: 'STORE_UNUSABLE',
        message: expect.stringContaining('sealed with another key') as string,
      });
    }
    await server().ask('UPDATE opencx_sf.store SET sealed_with = NULL', nameOf(url));
    await open(other);
  });

  test('a user who may only read and write what an administrator has made, can', async () => {
    const url = await server().newDatabase();
    await (await openPostgresStore({ url })).close();
    const role = `plain_${nameOf(url)}`;
    await server().ask(
      `CREATE ROLE ${role} LOGIN PASSWORD 'plain'; GRANT USAGE ON SCHEMA opencx_sf TO ${role};
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA opencx_sf TO ${role}`,
      nameOf(url),
    );
    const plain = new URL(url);
    plain.username = role;
    plain.password = 'plain';
    const store = await openedStore(plain.href);
    expect(await store.accept(newEvent(), toFarSide)).toMatchObject({ duplicate: false });
    expect(await store.claim('one', 1_000, 500, 10)).toHaveLength(1);

    const empty = new URL(await server().newDatabase());
    [empty.username, empty.password] = [role, 'plain'];
    const error = await refusal(empty.href);
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(error.message).toContain('permission denied');
  });

  test('in a database of another encoding every character is kept', async () => {
    const url = await server().newDatabase("ENCODING 'LATIN1' TEMPLATE template0");
    const store = await openedStore(url);
    const sent = newEvent({ name: '名', orderKey: '\u{1F525}', headers: [['x', 'Żółw']], body: Buffer.from('漢字') });
    const { event } = await store.accept(sent, [{ kind: 'forward', target: 'http://例え.example/' }]);
    expect(await store.event(event.id)).toMatchObject({ ...sent, body: new Uint8Array(sent.body) });
    expect(await store.deliveries([event.id])).toMatchObject([{ target: 'http://例え.example/' }]);
  });
});

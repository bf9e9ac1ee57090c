import { expect, test } from 'vitest';

import { openPostgresStore } from '../../../../src/handoff/store/postgres/open-postgres-store.ts';
import { withPostgres } from '../../../postgres/with-postgres.ts';
import { newEvent } from '../samples.ts';
import { openedStore } from './opened-store.ts';

withPostgres(
  'a PostgreSQL that speaks TLS',
  (server) => {
    test('is used by it, if its certificate is one of those that the URL trusts', async () => {
      const url = new URL(await server().newDatabase());
      url.search = new URLSearchParams({ sslmode: 'verify-full', sslrootcert: server().certificate }).toString();
      const store = await openedStore(url.href);
      await store.accept(newEvent(), []);
      const connections = await server().ask(
        `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'opencx-sf'`,
      );
      expect(connections).toEqual([{ ssl: true }]);
    });

    test('is refused, if nobody vouches for it', async () => {
      const url = new URL(await server().newDatabase());
      url.search = '?sslmode=verify-full';
      await expect(openPostgresStore({ url: url.href })).rejects.toMatchObject({
        code: 'STORE_FAILED',
        message: expect.stringContaining('self-signed certificate') as string,
      });
    });
  },
  { tls: true },
);

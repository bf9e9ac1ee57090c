import { withPostgres } from '../../../postgres/with-postgres.ts';
import { storeContract } from '../store-contract.ts';
import { openedStore } from './opened-store.ts';

withPostgres('on a real server', (server) => {
  storeContract('PostgreSQL', async () => {
    const url = await server().newDatabase();
    return { open: () => openedStore(url) };
  });
});

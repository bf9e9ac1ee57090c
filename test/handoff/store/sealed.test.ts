import { randomBytes } from 'node:crypto';

import { onTestFinished } from 'vitest';

import { openSealer } from '../../../src/handoff/store/sealed/sealer.ts';
import { sealedStore } from '../../../src/handoff/store/sealed/sealed-store.ts';
import { openSqliteStore } from '../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { newFile } from './sqlite/new-file.ts';
import { storeContract } from './store-contract.ts';

storeContract('SQLite, sealed', async () => {
  const file = await newFile();
  const sealer = openSealer(randomBytes(32));
  return {
    open: async () => {
      const store = sealedStore(openSqliteStore({ file }), sealer);
      onTestFinished(() => store.close());
      return store;
    },
  };
});

import { onTestFinished } from 'vitest';

import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { openPostgresStore } from '../../../../src/handoff/store/postgres/open-postgres-store.ts';

/** Opens a store as another process would, for as long as the test runs. */
export async function openedStore(url: string): Promise<HandoffStore> {
  const store = await openPostgresStore({ url });
  onTestFinished(() => store.close());
  return store;
}

import type { Connections } from './connections.ts';
import { storeUnusable } from './store-errors.ts';

/** The key by which one who opens a store seals secrets in it. */
export interface SealingKey {
  /** Tells it from others, and nothing of it. */
  readonly id: string;
  /** Whether it becomes the key of a store that has none yet; who only looks at one must not decide that. */
  readonly isTaken: boolean;
}

/**
 * Processes that share a store come from several machines, each with its own file of the key. One with another key would take
 * deliveries of the others, could not open where they go, and give them up.
 * @throws OpencxError STORE_UNUSABLE if the store is sealed with another key
 */
export async function checkSealingKey({ place, transaction }: Connections, key: SealingKey): Promise<void> {
  const found = await transaction(async (query) => {
    if (key.isTaken) await query('UPDATE opencx_sf.store SET sealed_with = $1 WHERE sealed_with IS NULL', [key.id]);
    const [row] = await query('SELECT sealed_with FROM opencx_sf.store');
    return row?.['sealed_with'] ?? undefined;
  });
  if (found === undefined || found === key.id) return;
  throw storeUnusable(place, 'its secrets are sealed with another key than the one here', [
    'Copy .opencx-sf/serve/store.key from where serve ran first. If it says keychain:, write the key itself in its place.',
    'If that key is lost: UPDATE opencx_sf.store SET sealed_with = NULL. What it has sealed can be read no more, nor be sent.',
  ]);
}

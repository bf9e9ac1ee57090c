import type { Config } from '../config/config-schema.ts';
import { renderWish, type SetupWish } from '../provision/setup/wish/setup-wish.ts';

/** Stands in for what nobody has said, so that names are known all the same; never compared with anything. */
const standIn = { replyTo: 'nobody@example.com', integrationUsername: 'nobody@example.com' } as const;

/**
 * What the configuration wants, rendered with what is known of it.
 * @param known what was found in the org where the configuration is silent
 * @throws OpencxError BLUEPRINT_INVALID
 */
export async function draw(
  config: Pick<Config, 'blueprint' | 'setup'>,
  known: { replyTo?: string; integrationUsername?: string } = {},
): Promise<SetupWish> {
  const { blueprint, setup } = config;
  return await renderWish(
    { setup, blueprint: { ...standIn, ...known, ...definedOnly(blueprint) } },
    { contactEmail: setup.app.contactEmail ?? 'nobody@example.com' },
  );
}

function definedOnly<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

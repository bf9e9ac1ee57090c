import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { withPostgres } from '../../postgres/with-postgres.ts';
import { temporaryFolder } from '../../e2e/cli.ts';
import { runKilled } from './killed-run.ts';

/** `KILLS=100` for more; the seed makes them the same moments again. */
const kills = Number(process.env['KILLS'] ?? 5);
const seed = Number(process.env['SEED'] ?? 20_261_129);

/** Lines whose next delivery nobody could claim, or whose order could be broken. */
const brokenLines = `
  SELECT encode(line, 'hex') AS line FROM opencx_sf.delivery WHERE state IN ('pending', 'delivering')
  GROUP BY line HAVING count(claimable_at) <> 1 OR min(number) <> min(number) FILTER (WHERE claimable_at IS NOT NULL)`;

/** How many events were numbered, how many there are, and what the last one is. */
const numbering = `
  SELECT events::int AS given, (SELECT count(*)::int FROM opencx_sf.event) AS kept,
    (SELECT coalesce(max(sequence), 0)::int FROM opencx_sf.event) AS last FROM opencx_sf.store`;

/** A folder of `serve` on a machine of its own, with the key that all who share a store have. */
async function folderWith(key: string): Promise<string> {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, '.opencx-sf/serve'), { recursive: true });
  await writeFile(join(cwd, '.opencx-sf/serve/store.key'), `${key}\n`, { mode: 0o600 });
  return cwd;
}

withPostgres('two processes on one PostgreSQL', (server) => {
  test(
    `what they acknowledged arrives once and in order, after kill -9 at ${kills} moments under load`,
    { timeout: 240_000 + kills * 10_000 },
    async () => {
      const url = await server().newDatabase();
      const database = new URL(url).pathname.slice(1);
      const env = { OPENCX_SF_DATABASE_URL: url };
      const key = randomBytes(32).toString('base64url');
      const figures = await runKilled({
        processes: [
          { cwd: await folderWith(key), args: [], env },
          { cwd: await folderWith(key), args: [], env },
        ],
        kills,
        seed,
        afterKill: async () => {
          expect(await server().ask(brokenLines, database)).toEqual([]);
          const [numbers] = await server().ask(numbering, database);
          expect(numbers).toEqual({ given: numbers?.['given'], kept: numbers?.['given'], last: numbers?.['given'] });
        },
      });
      console.log(`seed ${seed}:`, figures);
    },
  );
});

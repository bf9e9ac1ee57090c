import { join } from 'node:path';

import { expect, test } from 'vitest';

import { temporaryFolder } from '../../e2e/cli.ts';
import { integrityOf } from '../store/sqlite/integrity.ts';
import { runKilled } from './killed-run.ts';

/** `KILLS=100` for more; the seed makes them the same moments again. */
const kills = Number(process.env['KILLS'] ?? 3);
const seed = Number(process.env['SEED'] ?? 20_261_129);

test(
  `what a serve on SQLite acknowledged arrives once and in order, after kill -9 at ${kills} moments under load`,
  { timeout: 240_000 + kills * 10_000 },
  async () => {
    const cwd = await temporaryFolder();
    const file = join(cwd, 'events.sqlite');
    const figures = await runKilled({
      processes: [{ cwd, args: ['--store', file] }],
      kills,
      seed,
      afterKill: () => expect(integrityOf(file)).toEqual(['ok']),
    });
    console.log(`seed ${seed}:`, figures);
  },
);

import { afterAll, beforeAll, describe, test } from 'vitest';

import { postgresPrograms, startPostgres, type PostgresOptions, type PostgresServer } from './postgres-server.ts';

const missing =
  'no PostgreSQL server on this machine (looked in /usr/lib/postgresql and PATH; on Debian: apt-get install postgresql)';

/**
 * Stories on a real PostgreSQL, which runs as long as they do. Where there is none they are left out and that is said; on CI it
 * is a failure.
 * @param stories are told with what yields the server while they run
 */
export function withPostgres(
  name: string,
  stories: (server: () => PostgresServer) => void,
  options?: PostgresOptions,
): void {
  if (postgresPrograms() === undefined) {
    test(name, (context) => {
      if (process.env['CI'] !== undefined) throw new Error(missing);
      console.warn(`left out: ${name}: ${missing}`);
      context.skip(missing);
    });
    return;
  }
  describe(name, () => {
    let running: PostgresServer | undefined;
    beforeAll(async () => {
      running = await startPostgres(options);
    });
    afterAll(() => running?.remove());
    stories(() => {
      if (running === undefined) throw new Error('PostgreSQL was not started');
      return running;
    });
  });
}

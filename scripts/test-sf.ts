// Runs the stories of test/sf: the official Salesforce CLI, unmodified, against the local org, and this product with a
// login of that CLI.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installedSalesforceCli } from './sf-cli.ts';

const cli = installedSalesforceCli();
if ('skipped' in cli) {
  console.log(`skipped: ${cli.skipped}`);
} else {
  const manifest = join(cli.bin, '..', '@salesforce', 'cli', 'package.json');
  console.log(`@salesforce/cli ${(JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version}`);
  const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.sf.config.ts', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, TEST_SF_BIN: cli.bin },
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
}

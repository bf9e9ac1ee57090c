// The official Salesforce CLI, unmodified, installed once into a cache folder (SF_CLI_CACHE, or the system's own).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Named, so that a release of the CLI cannot turn a build red overnight; `SF_CLI_VERSION=latest` tries the newest. */
const version = process.env['SF_CLI_VERSION'] ?? '2.150.6';

/** What npm says when nobody answers; anything else that goes wrong is an error of ours. */
const unreachable = /\b(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

function cacheFolder(): string {
  const given = process.env['SF_CLI_CACHE'];
  if (given !== undefined && given !== '') return given;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'opencx-sf', 'sf-cli');
  if (process.platform === 'win32') {
    return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'opencx-sf', 'sf-cli');
  }
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'opencx-sf', 'sf-cli');
}

/** The folder of the CLI's executables, or why the registry cannot be reached. */
export function installedSalesforceCli(cache: string = cacheFolder()): { bin: string } | { skipped: string } {
  const folder = join(cache, version);
  const bin = join(folder, 'node_modules', '.bin');
  if (version !== 'latest' && existsSync(join(bin, 'sf'))) return { bin };
  mkdirSync(cache, { recursive: true });
  // Moved into place when complete: an install that was interrupted must not pass for one.
  const fresh = mkdtempSync(join(cache, 'installing-'));
  try {
    writeFileSync(join(fresh, 'package.json'), '{ "name": "sf-cli-of-the-tests", "private": true }\n');
    console.log(`installing @salesforce/cli@${version} into ${folder} (about 40 s, 300 MB)`);
    const npm = spawnSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `@salesforce/cli@${version}`],
      { cwd: fresh, encoding: 'utf8', stdio: ['ignore', 'inherit', 'pipe'], shell: process.platform === 'win32' },
    );
    if (npm.error !== undefined) throw npm.error;
    if (npm.status !== 0) {
      const reason = unreachable.exec(npm.stderr)?.[0];
      if (reason !== undefined) return { skipped: `the npm registry cannot be reached (${reason})` };
      throw new Error(`npm install @salesforce/cli@${version} failed:\n${npm.stderr}`);
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return { bin };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

// The package as users get it: packed, installed without scripts into an empty folder, run there.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { storyInputs } from './story-inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'opencx-sf-package-'));
let passed = 0;

function run(what: string, command: string, args: readonly string[], expected: RegExp): void {
  const output = execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (!expected.test(output)) throw new Error(`${what}: the output does not match ${String(expected)}:\n${output}`);
  passed += 1;
  console.log(`ok  ${what}`);
}

try {
  const packed =
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .at(-1) ?? '';
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true }');
  execFileSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', join(folder, packed)],
    {
      cwd: folder,
      stdio: 'inherit',
    },
  );
  const home = join(folder, 'node_modules', 'opencx-sf');
  if (existsSync(join(home, 'src'))) throw new Error('the package carries its sources');
  if (!readdirSync(join(home, 'templates')).length) throw new Error('the package carries no templates');
  // npm carries no Node of its own into this folder, so the one that runs this script is used.
  const bin = join(home, 'bin', 'opencx-sf.js');
  run('--version', process.execPath, [bin, '--version'], /^\d+\.\d+\.\d+\n$/);
  const deploy = [bin, 'deploy-apex', '--target-org', 'local', ...storyInputs, '--no-tests'];
  run('a deployment to the local org', process.execPath, deploy, /deployed and read back/);
  run('a second one finds nothing to do', process.execPath, deploy, /unchanged/);
  const setUp = [bin, 'init', '--target-org', 'local', '--yes', '--no-tests'];
  run('the whole set-up of the local org', process.execPath, setUp, /set up, and read back/);
  const verify = [bin, 'verify', 'app', 'apex', 'fields', '--target-org', 'local'];
  run('the checks of it', process.execPath, verify, /^! \d+ warnings?, \d+ passed/m);
  const messaging = (...args: string[]) => [bin, ...args, '--target-org', 'local'];
  const keys = [bin, 'messaging', 'keys', 'generate', '--issuer', 'https://opencx.example.com'];
  run('a key of Live Messaging', process.execPath, keys, /field Auth Key ID/);
  run('its registration', process.execPath, messaging('messaging', 'register', '--yes'), /registered, and read back/);
  run('a test conversation', process.execPath, messaging('verify', 'messaging', '--yes'), /Rep joined/);
  for (const file of ['rep-console/index.html', 'inspector/index.html', 'base/base.css']) {
    if (!existsSync(join(home, 'pages', file))) throw new Error(`the package carries no pages/${file}`);
  }
  if (!existsSync(join(home, 'docs', 'checks.md'))) throw new Error('the package carries no page about the checks');
  run('generate', process.execPath, [bin, 'generate', '--output-dir', 'out', ...storyInputs], /files written/);
  cpSync(resolve('schemas'), join(folder, 'schemas-of-the-checkout'), { recursive: true });
  run('the schemas are in it', 'diff', ['-r', 'schemas-of-the-checkout', join(home, 'schemas')], /^$/);
  console.log(`\npackage: ${passed} passed, 0 failed`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

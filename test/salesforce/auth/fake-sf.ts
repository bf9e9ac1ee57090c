import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the executable does for one command, as the real CLI of some version does it. */
export interface SfBehaviour {
  stdout?: string | object;
  stderr?: string;
  exitCode?: number;
  /** Never ends by itself. */
  hangs?: boolean;
}

export interface SfRunRecord {
  args: string[];
  stdinEnded: boolean;
  variables: Record<string, string>;
}

export interface FakeSf {
  /** Variables of a process that finds this `sf` and no other. */
  environment: Record<string, string>;
  /** The arguments of each run so far. */
  runs: () => Promise<SfRunRecord[]>;
  /** How often a hanging run has shown that it lives, once every 50 ms. */
  heartBeats: () => Promise<number>;
  remove: () => Promise<void>;
}

/**
 * An executable named `sf` in a folder of its own. Commands it has no behaviour for end as in oclif: a warning, the offer
 * of a similar command, exit code 127.
 * @param wrapper the installers' `sf` is a shell script that starts node as its child, which a time-out must end too
 */
export async function installFakeSf(
  behaviours: Readonly<Record<string, SfBehaviour>>,
  wrapper: 'node' | 'shell' = 'node',
): Promise<FakeSf> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-sf-'));
  const log = join(folder, 'runs.ndjson');
  const beats = join(folder, 'heart-beats');
  const program = `
const { appendFileSync, readFileSync } = require('node:fs');
const behaviours = ${JSON.stringify(behaviours)};
const args = process.argv.slice(2);
const stdin = readFileSync(0, 'utf8');
const variables = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^SF_|COLOR/.test(name)));
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, stdinEnded: stdin === '', variables }) + '\\n');
const name = Object.keys(behaviours).sort((a, b) => b.length - a.length).find((one) => args.join(' ').startsWith(one));
if (name === undefined) {
  process.stderr.write(' ›   Warning: ' + args.filter((one) => !one.startsWith('-')).join(' ') + ' is not a sf command.\\n');
  process.stdout.write('Did you mean org login access-token? (Y/n)\\n');
  process.stderr.write(' ›   Error: Run sf help org for a list of available commands.\\n');
  process.exitCode = 127;
} else {
  const { stdout = '', stderr = '', exitCode = 0, hangs = false } = behaviours[name];
  process.stderr.write(stderr);
  process.stdout.write(typeof stdout === 'string' ? stdout : JSON.stringify(stdout, null, 2) + '\\n');
  if (hangs) setInterval(() => appendFileSync(${JSON.stringify(beats)}, '.'), 50);
  else process.exitCode = exitCode;
}
`;
  const sf = join(folder, 'sf');
  if (wrapper === 'node') {
    await writeFile(sf, `#!${process.execPath}\n${program}`);
  } else {
    await writeFile(join(folder, 'run.cjs'), program);
    await writeFile(sf, `#!/bin/sh\n"${process.execPath}" "${join(folder, 'run.cjs')}" "$@"\nexit $?\n`);
  }
  await chmod(sf, 0o755);
  return {
    environment: { PATH: folder },
    runs: async () => {
      const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
      return lines.map((line): SfRunRecord => JSON.parse(line));
    },
    heartBeats: async () => (await readFile(beats, 'utf8')).length,
    remove: async () => rm(folder, { recursive: true, force: true }),
  };
}

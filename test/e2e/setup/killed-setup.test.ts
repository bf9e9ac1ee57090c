import { describe, expect, test } from 'vitest';

import { dumpOf } from './org-dump.ts';
import { setupInputs, setupStage, type SetupStage } from './setup-org.ts';

/** How many runs are killed; the seed makes each the same run again. */
const kills = Number(process.env['KILLS'] ?? 6);
const seed = Number(process.env['SEED'] ?? 20_261_125);

const init = [
  'init',
  '--yes',
  ...setupInputs,
  '--org-wide-email',
  'support@example.com',
  '--no-tests',
  '--hand-over',
  'for-opencx.txt',
];

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
function chance(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An org that is new, or one whose Email-to-Case has been on with an address for long. */
async function stageOf(lived: boolean): Promise<SetupStage> {
  const stage = await setupStage();
  if (lived) {
    await stage.org.control('POST', '/mail/routing-addresses', {
      emailAddress: 'old@example.com',
      caseOrigin: 'Email',
      casePriority: 'High',
      isVerified: true,
    });
  }
  return stage;
}

/** What the org holds, without what is different in every org: ids, moments, generated names, keys, history. */
async function stateOf({ org }: SetupStage): Promise<string[]> {
  const dump = await dumpOf(org);
  const general = (text: string): string =>
    text
      .replaceAll(/\b[0-9A-Za-z]{3}Lo0[0-9A-Za-z]{9,12}\b/g, 'ID')
      .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d{4})/g, 'MOMENT')
      .replaceAll(/\b[a-z0-9]+\.local-org\.test\b/g, 'ORG')
      .replaceAll(/\bl-[a-z0-9]+\.l-[a-z0-9]+\.local\.case/g, 'SERVICE')
      .replaceAll(/\b3MVG[\w.]+/g, 'KEY')
      .replaceAll(org.running.url, 'URL');
  return [...dump]
    .filter(([path]) => !/^records \/ (?:DeployRequest|Organization) \//.test(path))
    .map(([path, value]) => general(`${path} = ${String(value)}`))
    .sort();
}

const endStates = new Map<boolean, { state: string[]; requests: number }>();

/** How it ends when nobody kills it. */
async function undisturbed(lived: boolean): Promise<{ state: string[]; requests: number }> {
  const known = endStates.get(lived);
  if (known !== undefined) return known;
  const stage = await stageOf(lived);
  const run = await stage.run(...init);
  expect(run.exitCode, run.stderr).toBe(0);
  const end = { state: await stateOf(stage), requests: stage.tap.requests.length };
  endStates.set(lived, end);
  return end;
}

describe('kill -9 in the middle of a set-up, then the same command again', () => {
  const random = chance(seed);
  const stories = Array.from({ length: kills }, (_, index) => ({
    index,
    lived: index % 2 === 1,
    point: random(),
    when: random() < 0.5 ? ('asked' as const) : ('answered' as const),
  }));

  test.each(stories)(
    '$index: killed at $point of its requests, $when',
    async ({ lived, point, when }) => {
      const { state, requests } = await undisturbed(lived);
      const stage = await stageOf(lived);
      const child = stage.start(...init);
      const ended = new Promise((done) => child.on('close', done));
      stage.tap.hook = { at: 1 + Math.floor(point * requests), when, call: () => child.kill('SIGKILL') };
      await ended;
      stage.tap.hook = undefined;

      const again = await stage.run(...init);
      expect(again.exitCode, again.stderr).toBe(0);
      expect(await stateOf(stage)).toEqual(state);
      const third = await stage.run('plan', ...init.slice(2, -3));
      expect(third.stdout).toContain('nothing to do');
    },
    120_000,
  );
});

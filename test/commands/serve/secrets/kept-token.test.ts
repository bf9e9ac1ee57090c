import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { keptToken } from '../../../../src/commands/serve/secrets/kept-token.ts';

test('processes that start at the same moment have one token, which is the one that is kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kept-token-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'token');
  const tokens = await Promise.all(Array.from({ length: 8 }, () => keptToken(file, 'nothing is different')));
  const kept = (await readFile(file, 'utf8')).trim();
  expect(new Set(tokens)).toEqual(new Set([kept]));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['token']);
});

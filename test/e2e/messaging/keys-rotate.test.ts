import { resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { startInPty } from '../../pty/pty.ts';
import { temporaryFolder } from '../cli.ts';
import { keys, keysJson } from './run-keys.ts';

const launcher = resolve(import.meta.dirname, '../../../bin/opencx-sf.js');

describe('messaging keys rotate', () => {
  test('needs a key to rotate', async () => {
    const refused = await keysJson('rotate', [], { cwd: await temporaryFolder() });
    expect(refused).toMatchObject({ exitCode: 2, error: { code: 'KEYS_MISSING' } });
  });

  test('tells the order of the steps, keeps the old key, and removes it when told', async () => {
    const cwd = await temporaryFolder();
    const first = (await keysJson('generate', ['--issuer', 'opencx', '--bits', '3072'], { cwd })).result;
    const run = await keys('rotate', [], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Files alone have changed, neither the org nor OpenCX.');
    expect(run.stdout).toMatch(
      /1\. opencx-sf messaging register adds[\s\S]*2\. OpenCX, MIAW tab[\s\S]*3\. [\s\S]*--remove-old/,
    );
    const shown = (await keysJson('show', [], { cwd })).result;
    expect(shown).toMatchObject({
      issuer: 'opencx',
      keys: [
        { state: 'current', bits: 3072 },
        { state: 'old', kid: first.kid },
      ],
    });
    expect(await keysJson('check', [], { cwd })).toMatchObject({ exitCode: 0 });

    const both = await keysJson('rotate', ['--remove-old', '--kid', 'x'], { cwd });
    expect(both).toMatchObject({ exitCode: 2, error: { code: 'USAGE' } });
    const unasked = await keysJson('rotate', ['--remove-old'], { cwd });
    expect(unasked).toMatchObject({ exitCode: 2, error: { code: 'CONFIRMATION_REQUIRED' } });
    const removed = await keysJson('rotate', ['--remove-old', '--yes'], { cwd });
    expect(removed.result.removed).toEqual([shown.keys[1].folder]);
    expect((await keysJson('show', [], { cwd })).result.keys).toMatchObject([{ kid: shown.keys[0].kid }]);
    const again = await keysJson('rotate', ['--remove-old'], { cwd });
    expect(again).toMatchObject({ exitCode: 0, result: { removed: [] } });
  });

  test.each([
    ['no', 1, 130, /Nothing was removed/],
    ['yes', 0, 0, /removed/],
  ])('asks the person at the terminal, and does as told: %s', async (answer, left, exitCode, said) => {
    const cwd = await temporaryFolder();
    await keys('generate', ['--kid', 'first'], { cwd });
    await keys('rotate', [], { cwd });
    const command = [process.execPath, launcher, 'messaging', 'keys', 'rotate', '--remove-old'];
    const session = await startInPty(command, { cwd, env: { HOME: cwd } });
    await session.waitFor('shall the files of first be removed?');
    session.type(`${answer}\r`);
    await session.waitFor(said);
    expect(await session.ended()).toMatchObject({ exitCode, sane: true });
    const { result } = await keysJson('show', [], { cwd });
    expect(result.keys).toHaveLength(1 + left);
  });
});

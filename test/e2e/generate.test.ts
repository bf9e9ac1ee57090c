import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { cli, inputs, temporaryFolder } from './cli.ts';

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('generate', () => {
  test.each([
    [
      'source',
      ['sfdx-project.json', 'manifest/package.xml', 'force-app/main/default/classes/OpenSalesforceCaseManagement.cls'],
    ],
    ['mdapi', ['package.xml', 'classes/OpenSalesforceCaseManagement.cls', 'objects/Case.object']],
  ])('writes a project of the format %s, and --check agrees with it', async (format, some) => {
    const cwd = await temporaryFolder();
    const args = ['generate', '--output-dir', 'out', '--format', format, ...inputs];
    const run = await cli([...args, '--json'], { cwd });
    expect(run.exitCode, run.stdout).toBe(0);
    const written = await filesBelow(join(cwd, 'out'));
    expect(written).toEqual([...(run.json().result.written as string[])].sort());
    expect(written).toEqual(expect.arrayContaining(some));
    expect((await cli([...args, '--check'], { cwd })).exitCode).toBe(0);
  });

  test('--check fails when a file differs or is missing, names it, and writes nothing', async () => {
    const cwd = await temporaryFolder();
    const args = ['generate', '--output-dir', 'out', '--format', 'mdapi', ...inputs];
    await cli(args, { cwd });
    const file = join(cwd, 'out', 'triggers', 'OpenCaseTrigger.trigger');
    await writeFile(file, `${await readFile(file, 'utf8')}\n// edited\n`);
    const run = await cli([...args, '--check', '--json'], { cwd });
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({
      code: 'OUT_OF_DATE',
      message: expect.stringContaining('triggers/OpenCaseTrigger.trigger (differs)'),
    });
    expect(await readFile(file, 'utf8')).toContain('// edited');
  });

  test("does not replace somebody else's file of the same name", async () => {
    const cwd = await temporaryFolder();
    const args = ['generate', '--output-dir', '.', '--format', 'mdapi', ...inputs];
    await cli(args, { cwd });
    const file = join(cwd, 'triggers', 'OpenCaseTrigger.trigger');
    await writeFile(file, 'trigger OpenCaseTrigger on Case (before insert) {}');
    const refused = await cli([...args, '--json'], { cwd });
    expect(refused.json().error).toMatchObject({
      code: 'OUTPUT_REFUSED',
      message: expect.stringContaining('OpenCaseTrigger.trigger'),
    });
    expect((await cli([...args, '--force'], { cwd })).exitCode).toBe(0);
    expect(await readFile(file, 'utf8')).toContain('after insert');
  });

  test('leaves the sfdx-project.json of an existing project alone', async () => {
    const cwd = await temporaryFolder();
    const own = '{ "packageDirectories": [{ "path": "mine" }] }';
    await writeFile(join(cwd, 'sfdx-project.json'), own);
    const run = await cli(['generate', '--output-dir', '.', ...inputs], { cwd });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(await readFile(join(cwd, 'sfdx-project.json'), 'utf8')).toBe(own);
  });

  test('refuses a folder that is a file', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'out'), '');
    const run = await cli(['generate', '--output-dir', 'out', ...inputs, '--json'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.json().error?.code).toBe('OUTPUT_REFUSED');
  });
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { loggedInByJwt, loggedInByToken } from './logins.ts';
import type { SalesforceCli } from './sf.ts';

const onOrg = ['--target-org', 'org'] as const;

async function apexFile(sf: SalesforceCli, source: string): Promise<string[]> {
  const file = join(sf.folder, 'block.apex');
  await writeFile(file, source);
  return ['apex', 'run', ...onOrg, '--file', file];
}

describe('the Salesforce CLI runs anonymous Apex', () => {
  test('and is given the debug log; what the Apex saved is there', async () => {
    const { sf } = await loggedInByToken();
    const source =
      "Case c = new Case(Subject = 'Made by <Apex> & co');\ninsert c;\nSystem.debug('made ' + c.Subject);\n";
    const result = await sf.result(await apexFile(sf, source));
    expect(result).toMatchObject({ success: true, compiled: true, compileProblem: '', exceptionMessage: '' });
    expect(result.logs).toMatch(/^\d\d\.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO\n/);
    expect(result.logs).toContain('Execute Anonymous: insert c;\n');
    expect(result.logs).toContain('|USER_DEBUG|[3]|DEBUG|made Made by <Apex> & co\n');
    expect(result.logs).toContain('  Number of DML statements: 1 out of 150\n');
    const found = await sf.result(['data', 'query', ...onOrg, '-q', 'SELECT Subject FROM Case']);
    expect(found.records).toMatchObject([{ Subject: 'Made by <Apex> & co' }]);

    const shown = await sf.run(await apexFile(sf, "System.debug('for people');"));
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain('Compiled successfully.\nExecuted successfully.');
    expect(shown.stdout).toContain('|USER_DEBUG|[1]|DEBUG|for people');
  });

  test('and is told the place of what does not compile', async () => {
    const { sf } = await loggedInByJwt();
    const run = await sf.run([...(await apexFile(sf, 'Integer i = 1;\n  foo = 2;\n')), '--json']);
    expect(run.exitCode).toBe(1);
    expect(run.json().name).toBe('executeCompileFailure');
    expect(run.json().message).toBe(
      'Compilation failed at Line 2 column 3 with the error:\n\nVariable does not exist: foo',
    );
  });

  test('and is told what was thrown, which took everything back', async () => {
    const { sf } = await loggedInByToken();
    const source = "insert new Case(Subject = 'Taken back');\nString s;\ns.length();\n";
    const run = await sf.run([...(await apexFile(sf, source)), '--json']);
    expect(run.exitCode).toBe(1);
    expect(run.json().name).toBe('executeRuntimeFailure');
    expect(run.json().message).toContain('System.NullPointerException: Attempt to de-reference a null object');
    expect(run.stdout).toContain('AnonymousBlock: line 3, column 1');
    const found = await sf.result(['data', 'query', ...onOrg, '-q', 'SELECT Subject FROM Case']);
    expect(found.totalSize).toBe(0);
  });
});

describe('the Salesforce CLI reads debug logs', () => {
  test('follows them, with a trace flag of its own; they can be listed and read afterwards', async () => {
    const { org, sf } = await loggedInByToken();
    const tail = sf.start(['apex', 'tail', 'log', ...onOrg]);
    const isListening = async (): Promise<boolean> =>
      (await org.requests()).filter((one) => one.path.startsWith('/cometd/')).length >= 2;
    await expect.poll(isListening, { timeout: 60_000, interval: 100 }).toBe(true);

    await sf.result(await apexFile(sf, "System.debug('heard while it happens');"));
    await expect
      .poll(() => tail.output(), { timeout: 30_000 })
      .toContain('|USER_DEBUG|[1]|DEBUG|heard while it happens');
    // ApexLog.StartTime has whole seconds: logs of the same one have no order by which the CLI could tell the newest.
    await delay(1000);
    await sf.result(await apexFile(sf, "System.debug('and the next one');"));
    await expect.poll(() => tail.output(), { timeout: 30_000 }).toContain('|USER_DEBUG|[1]|DEBUG|and the next one');
    expect(tail.output()).toMatch(/^\d\d\.0 APEX_CODE,FINEST;.*VISUALFORCE,FINER/m);
    await tail.stop();

    const listed = await sf.result(['apex', 'list', 'log', ...onOrg]);
    expect(listed).toHaveLength(2);
    expect(listed[0]).toMatchObject({ LogUser: { Name: 'Local Administrator' }, Request: 'Api', Status: 'Success' });
    const [newest] = await sf.result(['apex', 'get', 'log', ...onOrg, '--number', '1']);
    expect(newest.log).toContain('and the next one');
    const folder = join(sf.folder, 'logs');
    const oldest = listed.at(-1).Id as string;
    await sf.result(['apex', 'get', 'log', ...onOrg, '--log-id', oldest, '--output-dir', folder]);
    expect(await readFile(join(folder, `${oldest}.log`), 'utf8')).toContain('heard while it happens');

    await sf.result(['data', 'delete', 'record', ...onOrg, '-s', 'ApexLog', '-i', oldest, '--use-tooling-api']);
    expect(await sf.result(['apex', 'list', 'log', ...onOrg])).toHaveLength(1);
  });

  test('says that there are none where nobody asked for any', async () => {
    const { sf } = await loggedInByToken();
    await sf.result(await apexFile(sf, "System.debug('not kept');"));
    expect(await sf.result(['apex', 'list', 'log', ...onOrg])).toEqual([]);
    const missing = await sf.run(['apex', 'get', 'log', ...onOrg, '--log-id', '07L000000000000', '--json']);
    expect(missing.exitCode).toBe(1);
    expect(missing.json().name).toBe('NOT_FOUND');
  });
});

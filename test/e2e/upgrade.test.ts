import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { isUntouched, readMarker } from '../../src/blueprint/marker.ts';
import { envelopeSchema } from '../../src/commands/envelope-schema.ts';
import {
  upgradeResultSchema,
  type UpgradeComponent,
  type UpgradeResult,
} from '../../src/commands/upgrade/result-schema.ts';
import { bodyOf } from '../../src/provision/org/component-files.ts';
import { bodyIn, editIn, installOld } from '../provision/upgrade/old-installation.ts';
import { componentOf, todaysBlueprint, withoutCaseField } from '../provision/upgrade/old-templates.ts';
import { cli, temporaryFolder, type CliRun } from './cli.ts';
import { servedOrg, type ServedOrg } from './served-org.ts';

const upgrade = ['upgrade', '--reply-to', 'support@example.com', '--integration-user', 'integration@example.com'];
const main = 'OpenSalesforceCaseManagement';
const trigger = 'OpenCaseTrigger';

/** The trigger's comment and the class's comment were other ones, and the class could do something more. */
const old = {
  [trigger]: (text: string) => text.replace('its integration user.', 'its user.'),
  [main]: (text: string) =>
    text.replace(
      '    /** Tells OpenCX about new Cases, except its own. */',
      '    /** Tells OpenCX about new Cases. */\n    public static void announce() {}\n\n    /** Of new Cases. */',
    ),
};
const addLine = (body: string) => body.replace('    OpenSales', "    System.debug('edited here');\n    OpenSales");
const changeComment = (body: string) => body.replace(/its (?:integration )?user\./, 'nobody in particular.');
const today = await todaysBlueprint();
const newBody = (name: string) => bodyOf(componentOf(today, name));

/** Runs the command in JSON and holds its document against the published schema. */
async function run(cwd: string, org: ServedOrg, ...flags: string[]): Promise<CliRun & { result: UpgradeResult }> {
  const ended = await cli([...upgrade, ...flags, '--json'], { cwd, env: org.env });
  expect(envelopeSchema(upgradeResultSchema).safeParse(ended.json()).error, ended.stdout).toBeUndefined();
  return { ...ended, result: ended.json().result as UpgradeResult };
}

function component(result: UpgradeResult, name: string): UpgradeComponent | undefined {
  return result.components.find((one) => one.fullName === name);
}

/** `name status action` of everything that is not current. */
function standing(result: UpgradeResult): string[] {
  return result.components
    .filter((one) => one.status !== 'current')
    .map((one) => `${one.fullName} ${one.status} ${one.action}`)
    .sort();
}

async function writes(org: ServedOrg): Promise<string[]> {
  return (await org.requests()).filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

async function story(changes: Partial<typeof old> = old): Promise<{ org: ServedOrg; cwd: string }> {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  await installOld(org, cwd, changes);
  return { org, cwd };
}

describe('opencx-sf upgrade', () => {
  test('finds nothing to do after a deployment, whatever became of the webhook URL', async () => {
    const { org, cwd } = await story({});
    await cli(['webhook', 'set', 'https://example.com/other', '--quiet'], { cwd, env: org.env });
    await org.control('DELETE', '/requests');
    const shown = await run(cwd, org);
    expect(shown).toMatchObject({ exitCode: 0, result: { outcome: 'unchanged' } });
    expect(standing(shown.result)).toEqual([]);
    const applied = await run(cwd, org, '--apply');
    expect(applied).toMatchObject({ exitCode: 0, result: { outcome: 'unchanged' } });
    expect(await writes(org)).toEqual([]);
    const text = await cli(upgrade, { cwd, env: org.env });
    expect(text.stdout).toMatch(/✓ nothing to upgrade; nothing was changed\.\n$/);
    expect(text.stdout + applied.stdout).not.toContain('example.com/other');
  });

  test('a deployment keeps what it deployed, privately', async () => {
    const { org, cwd } = await story();
    const folder = join(cwd, '.opencx-sf', 'base', org.running.state.settings.organizationId);
    expect(await readdir(folder)).toContain(`ApexTrigger.${trigger}`);
    expect(await readFile(join(folder, `ApexClass.${main}`), 'utf8')).toBe(bodyIn(org, 'ApexClass', main));
    expect((await stat(join(folder, `ApexClass.${main}`))).mode & 0o777).toBe(0o600);
  });

  test('shows what newer templates change and changes nothing; --apply deploys it with its tests', async () => {
    const { org, cwd } = await story();
    await org.control('DELETE', '/requests');
    const shown = await run(cwd, org);
    expect(shown).toMatchObject({ exitCode: 0, result: { outcome: 'shown' } });
    expect(standing(shown.result)).toEqual([`${trigger} upgrade update`, `${main} upgrade update`]);
    expect(component(shown.result, trigger)).toMatchObject({
      fromVersion: 0,
      toVersion: 1,
      editedLines: 0,
      conflicts: [],
      diff: expect.stringContaining('\n- * its user.\n+ * its integration user.\n'),
    });
    expect(await writes(org)).toEqual([]);

    const applied = await run(cwd, org, '--apply');
    expect(applied.exitCode, applied.stdout).toBe(0);
    expect(applied.result).toMatchObject({ outcome: 'succeeded', deployment: { readBack: { ok: true } } });
    expect(applied.result.deployment?.tests?.total).toBeGreaterThan(30);
    expect(bodyIn(org, 'ApexTrigger', trigger)).toBe(newBody(trigger));
    expect(bodyIn(org, 'ApexClass', main)).toBe(newBody(main));
    const snapshot = applied.result.deployment?.snapshot ?? '';
    expect(await readFile(join(snapshot, 'triggers', `${trigger}.trigger`), 'utf8')).toContain('its user.');
    expect((await run(cwd, org, '--apply')).result.outcome).toBe('unchanged');
  });

  test('keeps an edit, merges it with the new template, and the merged Apex passes its tests', async () => {
    const { org, cwd } = await story();
    const edit = (body: string) => body.replace('    private static List<String> splitA', '    // edited here\n$&');
    await editIn(org, 'ApexTrigger', trigger, addLine);
    await editIn(org, 'ApexClass', main, edit);
    const editedOnly = await editIn(org, 'ApexTrigger', 'OpenCaseOwnerChangeTrigger', addLine);

    const applied = await run(cwd, org, '--apply');
    expect(applied.exitCode, applied.stdout).toBe(0);
    expect(standing(applied.result)).toEqual([
      'OpenCaseOwnerChangeTrigger edited leave',
      `${trigger} merge merge`,
      `${main} merge merge`,
    ]);
    expect(applied.result.deployment).toMatchObject({ readBack: { ok: true }, tests: { errors: 0 } });
    const merged = bodyIn(org, 'ApexTrigger', trigger);
    expect(merged).toBe(addLine(newBody(trigger)));
    expect(bodyIn(org, 'ApexClass', main)).toBe(edit(newBody(main)));
    expect(bodyIn(org, 'ApexTrigger', 'OpenCaseOwnerChangeTrigger')).toBe(editedOnly);
    expect(isUntouched(merged)).toBe(false);
    expect(readMarker(merged)).toEqual(readMarker(newBody(trigger)));
    const folder = join(cwd, '.opencx-sf', 'base', org.running.state.settings.organizationId);
    expect(await readFile(join(folder, `ApexTrigger.${trigger}`), 'utf8')).toBe(newBody(trigger));

    await org.control('DELETE', '/requests');
    const again = await run(cwd, org, '--apply');
    expect(again).toMatchObject({ exitCode: 0, result: { outcome: 'unchanged' } });
    expect(component(again.result, trigger)).toMatchObject({ status: 'edited', editedLines: 1, fromVersion: 1 });
    expect(await writes(org)).toEqual([]);
  });
});

test('a Named Credential of an older version is upgraded, and keeps the webhook URL that the org has', async () => {
  const { org, cwd } = await story({});
  await cli(['webhook', 'set', 'https://example.com/set-later', '--quiet'], { cwd, env: org.env });
  const credential = () =>
    org.running.state.records.find('NamedCredential', { DeveloperName: 'OpenCX_Integration' })[0];
  const path = `/services/data/v66.0/tooling/sobjects/NamedCredential/${String(credential()?.['Id'])}`;
  const headers = { authorization: `Bearer ${org.env['SF_ACCESS_TOKEN'] ?? ''}`, 'content-type': 'application/json' };
  const read = await fetch(`${org.running.url}${path}`, { headers });
  const { Metadata } = (await read.json()) as { Metadata: Record<string, unknown> };
  const description = String(Metadata['description']).replace('version=1', 'version=0');
  const body = JSON.stringify({ Metadata: { ...Metadata, description } });
  expect((await fetch(`${org.running.url}${path}`, { method: 'PATCH', headers, body })).ok).toBe(true);

  const shown = await run(cwd, org);
  const older = shown.result.components.filter((one) => one.status !== 'current');
  expect(older).toMatchObject([
    { type: 'NamedCredential', status: 'upgrade', fromVersion: 0, toVersion: 1, differences: ['description'] },
  ]);
  const applied = await run(cwd, org, '--apply');
  expect(applied.result.outcome, applied.stdout).toBe('succeeded');
  expect(credential()?.['Endpoint']).toBe('https://example.com/set-later');
  expect((await run(cwd, org)).result.outcome).toBe('unchanged');
  expect(shown.stdout + applied.stdout).not.toContain('set-later');
});

test('a field that has come since is made, along with the permission set that names it', async () => {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  await installOld(org, cwd, {}, withoutCaseField(today, 'OpenCX_Session_Id__c'));
  const shown = await run(cwd, org);
  expect(standing(shown.result)).toEqual([
    'Case.OpenCX_Session_Id__c missing replace',
    'OpenCX_Integration upgrade update',
  ]);
  const applied = await run(cwd, org, '--apply', '--no-tests');
  expect(applied.result.outcome, applied.stdout).toBe('succeeded');
  expect((await run(cwd, org)).result.outcome).toBe('unchanged');
});

describe('edits of the same lines', () => {
  test('stop --apply, are shown with both sides, and stay until somebody decides', async () => {
    const { org, cwd } = await story();
    const edited = await editIn(org, 'ApexTrigger', trigger, changeComment);
    await org.control('DELETE', '/requests');
    expect((await run(cwd, org)).exitCode).toBe(0);
    const refused = await run(cwd, org, '--apply');
    expect(refused).toMatchObject({ exitCode: 1, result: { outcome: 'undecided' } });
    expect(refused.json().error).toMatchObject({ code: 'UPGRADE_UNDECIDED', details: { components: [trigger] } });
    expect(component(refused.result, trigger)).toMatchObject({
      status: 'conflict',
      editedLines: 1,
      conflicts: [
        {
          line: edited.split('\n').indexOf(' * nobody in particular.') + 1,
          org: [' * nobody in particular.'],
          oldTemplate: [' * its user.'],
          newTemplate: [' * its integration user.'],
        },
      ],
    });
    const text = await cli([...upgrade, '--apply'], { cwd, env: org.env });
    expect(text.stdout).toContain('<<<<<<< org\n * nobody in particular.\n||||||| old template\n * its user.\n=======');
    expect(text.stderr).toContain(`--keep ${trigger}`);
    expect(await writes(org)).toEqual([]);
    expect(bodyIn(org, 'ApexTrigger', trigger)).toBe(edited);
    expect(bodyIn(org, 'ApexClass', main)).toContain('announce');
  });

  test.each([
    ['--take new', ['--take', 'new'], 'replace'],
    ['--take-new', ['--take-new', trigger], 'replace'],
    ['--take org', ['--take', 'org'], 'settle'],
    ['--keep', ['--keep', trigger], 'settle'],
  ])('are decided by %s, and then there is nothing left to do', async (_what, flags, action) => {
    const { org, cwd } = await story();
    const edited = await editIn(org, 'ApexTrigger', trigger, changeComment);
    const applied = await run(cwd, org, '--apply', '--no-tests', ...flags);
    expect(applied.exitCode, applied.stdout).toBe(0);
    expect(standing(applied.result)).toEqual([`${trigger} conflict ${action}`, `${main} upgrade update`]);
    const body = bodyIn(org, 'ApexTrigger', trigger);
    const [, ...code] = edited.split('\n');
    if (action === 'replace') expect(body).toBe(newBody(trigger));
    else expect(body).toBe([newBody(trigger).split('\n')[0], ...code].join('\n'));
    expect(bodyIn(org, 'ApexClass', main)).toBe(newBody(main));
    expect((await run(cwd, org, '--apply')).result.outcome).toBe('unchanged');
  });

  test('a name that is no component is refused before anything is sent', async () => {
    const { org, cwd } = await story();
    const wrong = await cli([...upgrade, '--apply', '--keep', 'Nope', '--json'], { cwd, env: org.env });
    expect(wrong).toMatchObject({ exitCode: 2 });
    expect(wrong.json().error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('Nope') });
  });
});

describe('on another machine, which has kept nothing', () => {
  test('what nobody edited is upgraded', async () => {
    const { org } = await story();
    const elsewhere = await temporaryFolder();
    const shown = await run(elsewhere, org);
    expect(standing(shown.result)).toEqual([`${trigger} upgrade update`, `${main} upgrade update`]);
    await expect(access(join(elsewhere, '.opencx-sf'))).rejects.toThrow('ENOENT');
    expect((await run(elsewhere, org, '--apply', '--no-tests')).result.outcome).toBe('succeeded');
    expect(bodyIn(org, 'ApexClass', main)).toBe(newBody(main));
  });

  test('what somebody edited is shown two ways and must be decided', async () => {
    const { org } = await story();
    await editIn(org, 'ApexTrigger', trigger, addLine);
    const elsewhere = await temporaryFolder();
    const refused = await run(elsewhere, org, '--apply');
    expect(refused).toMatchObject({ exitCode: 1, result: { outcome: 'undecided' } });
    const found = component(refused.result, trigger);
    expect(found).toMatchObject({ status: 'no-base', conflicts: [] });
    expect(found).not.toHaveProperty('editedLines');
    expect(found?.diff).toMatch(/^--- org\n\+\+\+ new template\n/);
    expect(found?.diff).toContain("-    System.debug('edited here');");
    const kept = await run(elsewhere, org, '--apply', '--no-tests', '--keep', trigger);
    expect(kept.result.outcome, kept.stdout).toBe('succeeded');
    expect(bodyIn(org, 'ApexTrigger', trigger)).toContain('its user.');
    expect(component((await run(elsewhere, org)).result, trigger)).toMatchObject({ status: 'edited', editedLines: 2 });
  });

  test('an edit of the template of today needs no base', async () => {
    const { org } = await story({});
    await editIn(org, 'ApexTrigger', trigger, addLine);
    const elsewhere = await temporaryFolder();
    expect(standing((await run(elsewhere, org)).result)).toEqual([`${trigger} edited leave`]);
    // An --apply that finds nothing to do still keeps the base, so that the next template can be merged here.
    await run(elsewhere, org, '--apply');
    const base = join(elsewhere, '.opencx-sf', 'base', org.running.state.settings.organizationId);
    expect(await readFile(join(base, `ApexTrigger.${trigger}`), 'utf8')).toBe(newBody(trigger));
  });
});

describe('what an upgrade does not touch', () => {
  test('Apex made by hand, and what is not there', async () => {
    const { org, cwd } = await story();
    const byHand = await editIn(org, 'ApexTrigger', trigger, (body) => body.split('\n').slice(1).join('\n'));
    const { records } = org.running.state;
    const [row] = records.find('ApexTrigger', { Name: 'OpenCaseOwnerChangeTrigger' });
    const gone = await fetch(
      `${org.running.url}/services/data/v66.0/tooling/sobjects/ApexTrigger/${String(row?.['Id'])}`,
      { method: 'DELETE', headers: { authorization: `Bearer ${org.env['SF_ACCESS_TOKEN'] ?? ''}` } },
    );
    expect(gone.status).toBe(204);
    const applied = await run(cwd, org, '--apply', '--no-tests');
    expect(standing(applied.result), applied.stdout).toEqual([
      'OpenCaseOwnerChangeTrigger missing leave',
      `${trigger} foreign leave`,
      `${main} upgrade update`,
    ]);
    expect(bodyIn(org, 'ApexTrigger', trigger)).toBe(byHand);
    const shown = await cli(upgrade, { cwd, env: org.env });
    expect(shown.stdout).toMatch(/missing +ApexTrigger +OpenCaseOwnerChangeTrigger .*deploy-apex installs it/);
    expect(shown.stdout).toMatch(/foreign +ApexTrigger +OpenCaseTrigger .*deploy-apex adopts it/);

    const named = ['--take-new', trigger, '--take-new', 'OpenCaseOwnerChangeTrigger'];
    const taken = await run(cwd, org, '--apply', ...named);
    expect(taken.result.outcome, taken.stdout).toBe('succeeded');
    expect((await run(cwd, org)).result.outcome).toBe('unchanged');
  });

  test('a trigger that somebody switched off stays off', async () => {
    const { org, cwd } = await story();
    const { records, settings } = org.running.state;
    const [row] = records.find('ApexTrigger', { Name: trigger });
    records.update('ApexTrigger', String(row?.['Id']), { Status: 'Inactive' }, settings.adminUserId);
    const applied = await run(cwd, org, '--apply', '--no-tests');
    expect(applied.result.outcome, applied.stdout).toBe('succeeded');
    expect(applied.json().warnings).toEqual([
      expect.stringContaining(`${trigger} is Inactive in the org and stays so`),
    ]);
    expect(records.find('ApexTrigger', { Name: trigger })[0]?.['Status']).toBe('Inactive');
    expect(bodyIn(org, 'ApexTrigger', trigger)).toBe(newBody(trigger));
    expect(standing((await run(cwd, org)).result)).toEqual([`${trigger} edited leave`]);
  });

  test('a merge that does not compile: the org refuses, nothing is changed, and it is said which edit is in the way', async () => {
    const { org, cwd } = await story();
    const usesOld = (body: string) => body.replace('    OpenSales', `    ${main}.announce();\n    OpenSales`);
    const edited = await editIn(org, 'ApexTrigger', trigger, usesOld);
    const refused = await run(cwd, org, '--apply', '--no-tests');
    expect(refused).toMatchObject({ exitCode: 1, result: { outcome: 'failed' } });
    const { error } = refused.json();
    expect(error).toMatchObject({ code: 'DEPLOY_FAILED', message: expect.stringContaining('announce') });
    expect(error?.nextSteps).toEqual([
      expect.stringContaining(`${trigger} carries edits of the org that do not fit the new template`),
      'Nothing was kept in the org: a deployment is all or nothing.',
    ]);
    expect(bodyIn(org, 'ApexTrigger', trigger)).toBe(edited);
    expect(bodyIn(org, 'ApexClass', main)).toContain('announce');
    const again = await run(cwd, org);
    expect(component(again.result, trigger)).toMatchObject({ status: 'merge', fromVersion: 0 });
  });

  test('a production org, until it is named', async () => {
    const org = await servedOrg({ kind: 'production', name: 'Acme' });
    const cwd = await temporaryFolder();
    await installOld(org, cwd, old);
    await org.control('DELETE', '/requests');
    expect((await run(cwd, org)).result.outcome).toBe('shown');
    const refused = await cli([...upgrade, '--apply', '--yes', '--json'], { cwd, env: org.env });
    expect(refused.exitCode).toBe(2);
    expect(refused.json().error).toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
      nextSteps: [expect.stringContaining('without --apply nothing is changed')],
    });
    expect(await writes(org)).toEqual([]);
    const applied = await run(cwd, org, '--apply', '--yes', '--confirm-org', 'Acme');
    expect(applied.result.outcome, applied.stdout).toBe('succeeded');
    expect(applied.result.deployment?.tests?.total).toBeGreaterThan(30);
  });
});

describe('what a person reads', () => {
  test('without a terminal: a summary, then the differences, no colour and no control characters of the org', async () => {
    const { org, cwd } = await story();
    await editIn(org, 'ApexTrigger', trigger, (body) => addLine(body).replace('edited here', 'red \u001B[31m\u202E'));
    const shown = await cli(upgrade, { cwd, env: org.env });
    expect(shown.exitCode, shown.stderr).toBe(0);
    expect(shown.stdout).not.toContain('\u001B');
    expect(shown.stdout).not.toContain('\u202E');
    expect(shown.stdout).toMatch(/~ +merge +ApexTrigger +OpenCaseTrigger +v0 → v1 +\+1 -1 +1 edited line kept/);
    expect(shown.stdout).toContain('--- old template\n+++ org\n@@ -6,5 +6,6 @@');
    expect(shown.stdout).toContain('--- org\n+++ new template with the edits\n');
    expect(shown.stdout).toMatch(/2 of 12 components would be changed by --apply\. Nothing was changed\.\n$/);
    const coloured = await cli(upgrade, { cwd, env: { ...org.env, FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain("\u001B[32m+    System.debug('red [31m');\u001B[39m");
  });

  test('what is missing is named at once; an org without the integration says so', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    const missing = await cli(['upgrade', '--json'], { cwd });
    expect(missing.json().error?.details).toEqual({ missing: ['--target-org', '--reply-to', '--integration-user'] });
    const empty = await cli([...upgrade, '--json'], { cwd, env: org.env });
    expect(empty).toMatchObject({ exitCode: 1 });
    expect(empty.json().error?.code).toBe('NOT_INSTALLED');
  });
});

test('a deployment left running is taken up again without a false alarm about merged texts', async () => {
  const { org, cwd } = await story();
  await editIn(org, 'ApexTrigger', trigger, addLine);
  await org.control('PATCH', '/settings', { deployPace: { queueMs: 4000, componentMs: 0 } });
  const left = await run(cwd, org, '--apply', '--no-tests', '--wait', '0');
  expect(left, left.stdout).toMatchObject({ exitCode: 69, result: { outcome: 'left-running' } });
  const inputs = [...upgrade.slice(1), '--webhook-url', 'http://127.0.0.1:9/hook'];
  const resumed = await cli(['deploy-apex', ...inputs, '--resume', '--json'], { cwd, env: org.env });
  expect(resumed.json().result, resumed.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
  const settled = await run(cwd, org, '--apply');
  expect(standing(settled.result)).toEqual([`${trigger} edited leave`]);
});

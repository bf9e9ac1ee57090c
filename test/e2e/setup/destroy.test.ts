import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { destroyResultSchema, type DestroyResult } from '../../../src/commands/destroy/result-schema.ts';
import { oldClass, oldTrigger, paste } from '../hand-made-installation.ts';
import { dumpOf, differingThings } from './org-dump.ts';
import { setupInputs, setupStage, type SetupStage } from './setup-org.ts';

const withAddress = [...setupInputs, '--org-wide-email', 'support@example.com'] as const;

async function confirmed({ org }: SetupStage): Promise<string[]> {
  const { organizationId } = (await org.control('GET', '/status')) as { organizationId: string };
  return ['--yes', '--confirm-org', organizationId];
}

/** What differs, its parts put together by the thing they belong to; deployments are history. */
function left(things: readonly string[]): string[] {
  const groups: [RegExp, string][] = [
    [/^records \/ DeployRequest \//, ''],
    [/^(?:settings \/ Case|mailSettings) \//, 'Email-to-Case'],
    [/^(?:routingAddresses|records \/ EmailRoutingAddress|records \/ EmailServicesAddress) \//, 'routing address'],
    [/^components \/ Queue |^records \/ (?:Group|QueueSobject) \//, 'queue'],
    // A profile and the permission set that belongs to it, and the user's assignment to that one.
    [/^components \/ Profile |^records \/ (?:Profile|PermissionSet|PermissionSetAssignment) \//, 'profile'],
    [/^records \/ User \//, 'user'],
  ];
  const found = things.map((thing) => groups.find(([pattern]) => pattern.test(thing))?.[1] ?? thing);
  return [...new Set(found)].filter((one) => one !== '').sort();
}

describe('opencx-sf destroy', () => {
  test('in production leaves the org as it was, but for what nobody can undo, which it lists', async () => {
    const stage = await setupStage({ kind: 'production' });
    const { run, org } = stage;
    const consent = await confirmed(stage);
    const before = await dumpOf(org);
    const done = await run('init', ...withAddress, ...consent);
    expect(done.exitCode, done.stderr).toBe(0);

    const gone = await run('destroy', ...consent, '--json');
    expect(gone.exitCode, gone.stderr).toBe(0);
    expect(envelopeSchema(destroyResultSchema).safeParse(gone.json()).error?.issues ?? []).toEqual([]);
    expect(left(differingThings(before, await dumpOf(org)))).toEqual([
      'Email-to-Case',
      'profile',
      'queue',
      'routing address',
      'user',
    ]);
    const { kept } = gone.json().result as DestroyResult;
    expect(kept.map(({ what }) => what)).toEqual([
      'user integration@example.com',
      'queue Tier 1 Support',
      'profile OpenCX Integration',
      'Cases and their mail',
      'Email-to-Case',
      'routing address support@example.com',
    ]);
    const again = await run('destroy', ...consent);
    expect(again.stdout).toContain('nothing of the integration is left to remove');
  }, 60_000);

  test('--disable switches the triggers off in production too, and apply brings them back', async () => {
    const stage = await setupStage({ kind: 'production' });
    const { run, org } = stage;
    const consent = await confirmed(stage);
    await run('init', ...withAddress, ...consent);
    const running = await dumpOf(org);
    const off = await run('destroy', '--disable', ...consent);
    expect(off.exitCode, off.stderr).toBe(0);
    const things = differingThings(running, await dumpOf(org)).filter((one) => !one.includes('DeployRequest'));
    expect(things.filter((one) => one.startsWith('records / ApexTrigger')).length).toBe(5);
    expect(things.filter((one) => !/Apex(?:Trigger|Class)/.test(one))).toEqual([]);

    const on = await run('apply', ...withAddress, ...consent);
    expect(on.exitCode, on.stderr).toBe(0);
    const back = await run('plan', ...withAddress, '--json');
    expect((back.json().result as { steps: { status: string }[] }).steps.map(({ status }) => status)).not.toContain(
      'change',
    );
  }, 90_000);

  test('puts back the installation by hand that the set-up replaced', async () => {
    const { run, org } = await setupStage();
    await paste(org, 'ApexClass', oldClass);
    await paste(org, 'ApexTrigger', oldTrigger);
    const apex = async () => [...(await dumpOf(org))].filter(([path]) => path.startsWith('components / Apex'));
    const before = await apex();
    const done = await run('init', '--yes', ...setupInputs, '--no-tests');
    expect(done.exitCode, done.stderr).toBe(0);
    expect(await apex()).not.toEqual(before);
    const gone = await run('destroy', '--yes');
    expect(gone.exitCode, gone.stderr).toBe(0);
    expect(gone.stdout).toMatch(/put back .*ApexClass OpenSalesforceCaseManagement/);
    expect(await apex()).toEqual(before);
    // From here on it is the customer's again, whatever copies are kept.
    const again = await run('destroy', '--yes');
    expect(again.stdout).toContain('nothing of the integration is left to remove');
    expect(await apex()).toEqual(before);
  }, 60_000);

  test('leaves a user that was there and switched off as it was found', async () => {
    const { run, org } = await setupStage();
    const rest = async (method: string, path: string, body?: unknown) =>
      await fetch(`${org.running.url}/services/data/v66.0${path}`, {
        method,
        headers: { authorization: `Bearer ${org.env['SF_ACCESS_TOKEN']}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const soql = encodeURIComponent("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    const profiles = (await (await rest('GET', `/query?q=${soql}`)).json()) as { records: { Id: string }[] };
    const user = {
      Username: 'integration@example.com',
      LastName: 'Old',
      Email: 'old@example.com',
      Alias: 'old',
      ProfileId: profiles.records[0]?.Id,
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    };
    const { id } = (await (await rest('POST', '/sobjects/User', user)).json()) as { id: string };
    expect((await rest('PATCH', `/sobjects/User/${id}`, { IsActive: false })).status).toBe(204);
    const isActive = async () =>
      ((await (await rest('GET', `/sobjects/User/${id}?fields=IsActive`)).json()) as { IsActive: boolean }).IsActive;

    const done = await run('init', '--yes', ...setupInputs, '--no-tests');
    expect(done.exitCode, done.stderr).toBe(0);
    expect(await isActive()).toBe(true);
    const gone = await run('destroy', '--yes');
    expect(gone.exitCode, gone.stderr).toBe(0);
    expect(await isActive()).toBe(false);
  }, 60_000);

  test('keeps the fields of Cases while these hold values in them', async () => {
    const { run, org } = await setupStage();
    await run('init', '--yes', ...setupInputs, '--no-tests');
    const answer = await fetch(`${org.running.url}/services/data/v66.0/sobjects/Case`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.env['SF_ACCESS_TOKEN']}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Subject: 'Handed over', Case_From__c: 'opencx', OpenCX_Session_Id__c: 'one' }),
    });
    expect(answer.status).toBe(201);
    const gone = await run('destroy', '--yes', '--json');
    expect(gone.exitCode, gone.stderr).toBe(0);
    const { kept } = gone.json().result as DestroyResult;
    for (const field of ['Case.Case_From__c', 'Case.OpenCX_Session_Id__c']) {
      expect(kept).toContainEqual({
        what: `CustomField ${field}`,
        why: `Cases hold values in it; --remove ${field} deletes it with them`,
      });
    }
  }, 60_000);

  test('asks nobody where nobody is: without --yes nothing is taken out', async () => {
    const { run, tap } = await setupStage();
    await run('init', '--yes', ...setupInputs, '--no-tests');
    tap.requests.length = 0;
    const refused = await run('destroy');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CONFIRMATION_REQUIRED') });
    expect((await run('destroy', '--dry-run')).exitCode).toBe(0);
    expect(tap.writes()).toEqual([]);
  }, 60_000);
});

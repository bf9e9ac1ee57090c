import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { cli, inputs, temporaryFolder } from './cli.ts';
import { oldClass, oldTrigger, paste } from './hand-made-installation.ts';
import { servedOrg, type ServedOrg } from './served-org.ts';

const deploy = ['deploy-apex', ...inputs, '--no-tests', '--json'] as const;

const ownSender = `trigger NotifyCustomer on EmailMessage (after insert) {
    Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
    Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ mail });
}`;
const harmless = `trigger CountMails on EmailMessage (after insert) {
    // Messaging.sendEmail( is only named in a comment here
    System.debug('callout:OpenCX_Integration is only named in a text' + Trigger.new.size());
}`;

function statusOf(org: ServedOrg, trigger: string): unknown {
  return org.running.state.records.find('ApexTrigger', { Name: trigger })[0]?.['Status'];
}

describe('an installation made by hand', () => {
  test('is found, named and not touched until somebody decides', async () => {
    const org = await servedOrg();
    await paste(org, 'ApexClass', oldClass);
    await paste(org, 'ApexTrigger', oldTrigger);
    const run = await cli(deploy, { cwd: await temporaryFolder(), env: org.env });
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({ code: 'CONFIRMATION_REQUIRED', details: { triggers: ['CaseTrigger'] } });
    expect(statusOf(org, 'CaseTrigger')).toBe('Active');
    expect(org.running.state.components.get('ApexTrigger', 'OpenCaseTrigger')).toBeUndefined();
  });

  test('is replaced under --yes: the class adopted, the old trigger switched off, copies kept', async () => {
    const org = await servedOrg();
    await paste(org, 'ApexClass', oldClass);
    await paste(org, 'ApexTrigger', oldTrigger);
    const cwd = await temporaryFolder();
    const plan = await cli([...deploy, '--dry-run'], { cwd, env: org.env });
    expect(plan.json().result.plan.components).toContainEqual(
      expect.objectContaining({ fullName: 'OpenSalesforceCaseManagement', action: 'adopt' }),
    );
    const run = await cli([...deploy, '--yes'], { cwd, env: org.env });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    expect(statusOf(org, 'CaseTrigger')).toBe('Inactive');
    const { snapshot } = run.json().result;
    expect(await readFile(join(snapshot, 'triggers', 'CaseTrigger.trigger'), 'utf8')).toBe(oldTrigger);
    expect(await readFile(join(snapshot, 'classes', 'OpenSalesforceCaseManagement.cls'), 'utf8')).toBe(oldClass);
    const again = await cli([...deploy], { cwd, env: org.env });
    expect(again.json().result.outcome).toBe('unchanged');
  });

  test("a trigger that mails customers may be the customer's own: --yes does not decide about it", async () => {
    const org = await servedOrg();
    await paste(org, 'ApexTrigger', ownSender);
    const cwd = await temporaryFolder();
    const refused = await cli([...deploy, '--yes'], { cwd, env: org.env });
    expect(refused.json().error?.details).toEqual({ triggers: ['NotifyCustomer'] });

    const kept = await cli([...deploy, '--keep', 'NotifyCustomer'], { cwd, env: org.env });
    expect(kept.json().result.outcome, kept.stdout).toBe('succeeded');
    expect(statusOf(org, 'NotifyCustomer')).toBe('Active');

    const off = await cli([...deploy, '--deactivate', 'NotifyCustomer'], { cwd, env: org.env });
    expect(off.json().result.outcome, off.stdout).toBe('succeeded');
    expect(statusOf(org, 'NotifyCustomer')).toBe('Inactive');
  });

  test('what only speaks of it is left alone', async () => {
    const org = await servedOrg();
    await paste(org, 'ApexTrigger', harmless);
    const run = await cli([...deploy, '--dry-run'], { cwd: await temporaryFolder(), env: org.env });
    const names = (run.json().result.plan.rivals as { trigger: string }[]).map((rival) => rival.trigger);
    expect(names).not.toContain('CountMails');
  });
});

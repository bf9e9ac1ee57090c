import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { apexClass, apexTrigger, emptyManifest, manifest, zipOf } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

let org: MetadataOrg;
beforeEach(async () => {
  org = await startMetadataOrg();
});
afterEach(async () => {
  await org.close();
});

const worker = (text: string): string => `public class Worker implements Queueable, Schedulable {
  public void execute(QueueableContext context) { System.debug('${text}'); }
  public void execute(SchedulableContext context) { Helper.help(); }
}`;
const helper = 'public class Helper { public static void help() {} }';
const files = (text = 'one'): PackageFiles => ({
  'package.xml': manifest({ ApexClass: ['Helper', 'Worker'] }),
  ...apexClass('Helper', helper),
  ...apexClass('Worker', worker(text)),
});
const deletion: PackageFiles = {
  'package.xml': emptyManifest,
  'destructiveChanges.xml': manifest({ ApexClass: ['Helper', 'Worker'] }),
};

async function deploy(given: PackageFiles): Promise<{ status: string; problems: string[] }> {
  const options = { singlePackage: true, rollbackOnError: true };
  const { status, details } = await org.connection.metadata.deploy(zipOf(given), options).complete(true);
  const failures = [details.componentFailures].flat().filter((failure) => failure !== undefined);
  return { status, problems: failures.map(({ fullName, problem }) => `${fullName}: ${problem ?? ''}`) };
}

async function run(apex: string): Promise<void> {
  const { body } = await org.rest('GET', `/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(apex)}`);
  expect(body).toMatchObject({ success: true });
}

/** The one job that waits, with the id that messages show. */
async function job(field: 'Id' | 'CronTriggerId'): Promise<string> {
  const { records } = await org.connection.query(`SELECT ${field} FROM AsyncApexJob WHERE Status = 'Queued'`);
  return (records as Record<string, string>[])[0]?.[field]?.slice(0, 15) ?? '';
}

async function allow(allowDeployWithPendingJobs: boolean): Promise<void> {
  const response = await fetch(`${org.url}/_local/settings`, {
    method: 'PATCH',
    headers: { 'X-Local-Org-Control': 'test', 'content-type': 'application/json' },
    body: JSON.stringify({ allowDeployWithPendingJobs }),
  });
  expect(await response.json()).toMatchObject({ allowDeployWithPendingJobs });
}

const bypass =
  'You can bypass this error by allowing deployments with Apex jobs in the Deployment Settings page in Setup.';

describe('a class with a job that waits', () => {
  beforeEach(async () => {
    expect(await deploy(files())).toMatchObject({ status: 'Succeeded' });
    await run('System.enqueueJob(new Worker(), 5);');
  });

  it('is neither changed nor deleted, and classes without one are', async () => {
    const problem = `Worker: This Apex class has asynchronous Apex jobs pending or in progress; AsyncApexJob ID(s): ${await job('Id')}`;
    expect(await deploy(files('two'))).toEqual({ status: 'Failed', problems: [problem] });
    expect(await deploy(deletion)).toEqual({ status: 'Failed', problems: [problem] });
    const other = { 'package.xml': manifest({ ApexClass: ['Helper'] }), ...apexClass('Helper', helper) };
    expect(await deploy(other)).toMatchObject({ status: 'Succeeded' });
  });

  it('is free again when its job has been aborted', async () => {
    await run(`System.abortJob('${await job('Id')}');`);
    expect(await deploy(deletion)).toMatchObject({ status: 'Succeeded' });
  });

  it('is changed in an org that allows it', async () => {
    await allow(true);
    expect(await deploy(files('two'))).toMatchObject({ status: 'Succeeded' });
    await allow(false);
    expect((await deploy(files('three'))).status).toBe('Failed');
  });

  it('is changed once the Deployment Settings are deployed that allow it', async () => {
    const update = await org.connection.metadata.update(
      'DeploymentSettings' as never,
      { fullName: 'Deployment', doesSkipAsyncApexValidation: true } as never,
    );
    expect(update).toMatchObject({ success: true });
    expect(await deploy(deletion)).toMatchObject({ status: 'Succeeded' });
  });

  it('is not changed by the Tooling API either', async () => {
    const [row] = (await org.connection.query("SELECT Id FROM ApexClass WHERE Name = 'Worker'")).records;
    const path = `/tooling/sobjects/ApexClass/${row?.Id ?? ''}`;
    expect(await org.rest('PATCH', path, { Body: worker('two') })).toMatchObject({
      status: 400,
      body: [{ message: expect.stringContaining('jobs pending or in progress') }],
    });
  });
});

it('a scheduled job holds its class and what that refers to', async () => {
  await deploy(files());
  await run("System.schedule('Nightly', '0 0 3 * * ?', new Worker());");
  const held = `This schedulable class has jobs pending or in progress - CronTrigger IDs (${await job('CronTriggerId')})\n${bypass}`;
  expect(await deploy(files('two'))).toEqual({ status: 'Failed', problems: [`Helper: ${held}`, `Worker: ${held}`] });
  expect((await deploy(deletion)).problems).toEqual([`Helper: ${held}`, `Worker: ${held}`]);
});

describe('in a production org', () => {
  it('classes and triggers go in one deployment of destructive changes, with nothing left to cover', async () => {
    const production = await startMetadataOrg({ kind: 'production' });
    try {
      const before = org;
      org = production;
      const test = `@IsTest private class OwnerTest { @IsTest static void opens() { insert new Case(Subject = 'x'); } }`;
      const trigger = 'trigger OwnCase on Case (before insert) { Owning.own(Trigger.new); }';
      const owning = `public class Owning { public static void own(List<Case> cases) { for (Case one : cases) one.Priority = 'High'; } }`;
      const members = { ApexClass: ['Owning', 'OwnerTest'], ApexTrigger: ['OwnCase'] };
      const own = {
        ...apexClass('Owning', owning),
        ...apexClass('OwnerTest', test),
        ...apexTrigger('OwnCase', trigger),
      };
      expect(await deploy({ 'package.xml': manifest(members), ...own })).toMatchObject({ status: 'Succeeded' });
      for (const name of ['destructiveChanges.xml', 'destructiveChangesPost.xml']) {
        expect(await deploy({ 'package.xml': emptyManifest, [name]: manifest(members) })).toMatchObject({
          status: 'Succeeded',
          problems: [],
        });
        expect((await org.connection.query('SELECT Id FROM ApexClass')).totalSize).toBe(0);
        await deploy({ 'package.xml': manifest(members), ...own });
      }
      org = before;
    } finally {
      await production.close();
    }
  });
});

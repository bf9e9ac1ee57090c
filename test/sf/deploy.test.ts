import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { loggedInByJwt, loggedInByToken } from './logins.ts';
import { generated, oneClassProject } from './projects.ts';

const start = ['project', 'deploy', 'start', '--target-org', 'org'] as const;
const emptyPackage =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>66.0</version></Package>\n';

interface DeployedFile {
  fullName: string;
  type: string;
  state: string;
}

function states(files: DeployedFile[]): string[] {
  return [...new Set(files.map((file) => `${file.state} ${file.type} ${file.fullName}`))].sort();
}

const everything = [
  'ApexClass OpenSalesforceCaseManagement',
  'ApexClass OpenSalesforceCaseManagementTest',
  'ApexTrigger OpenCaseOwnerChangeTrigger',
  'ApexTrigger OpenCaseTrigger',
  'ApexTrigger OpenCxOutboundEmailSender',
  'ApexTrigger OpenEmailMessageCustomerTrigger',
  'ApexTrigger OpenEmailMessageHumanAgentTrigger',
  'CustomField Case.Case_From__c',
  'CustomField Case.OpenCX_Session_Id__c',
  'CustomField EmailMessage.OpenCx_Sent__c',
  'NamedCredential OpenCX_Integration',
  'PermissionSet OpenCX_Integration',
];

const inState = (state: string): string[] => everything.map((one) => `${state} ${one}`);

describe('the Salesforce CLI deploys what we generate', () => {
  test('the source project by SOAP, by REST, and dry: every component is known, and the second time unchanged', async () => {
    const { sf } = await loggedInByJwt();
    const cwd = await generated(sf, 'source');
    const dry = await sf.result([...start, '-d', 'force-app', '--dry-run'], { cwd });
    expect(dry).toMatchObject({ checkOnly: true, status: 'Succeeded', numberComponentsTotal: 12 });
    const first = await sf.result([...start, '-d', 'force-app'], { cwd });
    expect(states(first.files)).toEqual(inState('Created'));
    const second = await sf.result([...start, '-d', 'force-app'], {
      cwd,
      env: { SF_ORG_METADATA_REST_DEPLOY: 'true' },
    });
    expect(second).toMatchObject({ status: 'Succeeded', numberComponentErrors: 0, runTestsEnabled: false });
    expect(states(second.files)).toEqual(expect.arrayContaining(inState('Unchanged')));
  });

  test('the metadata folder, as a package within its zip and as the package itself', async () => {
    const { sf } = await loggedInByToken();
    const folder = await generated(sf, 'mdapi');
    const first = await sf.result([...start, '--metadata-dir', folder]);
    expect(states(first.files)).toEqual(inState('Created'));
    const second = await sf.result([...start, '--metadata-dir', folder, '--single-package']);
    expect(states(second.files)).toEqual(inState('Unchanged'));
  });
});

describe('the Salesforce CLI follows a deployment', () => {
  test('is told the line of what does not compile, and that nothing was deployed', async () => {
    const { sf } = await loggedInByToken();
    const cwd = await oneClassProject(sf, 'Broken', 'public class Broken {\n  void go() {\n    foo = 1;\n  }\n}\n');
    for (const env of [{}, { SF_ORG_METADATA_REST_DEPLOY: 'true' }]) {
      const run = await sf.run([...start, '-d', 'force-app', '--json'], { cwd, env });
      expect(run.exitCode).toBe(1);
      const { result } = run.json();
      expect(result).toMatchObject({ status: 'Failed', numberComponentErrors: 1 });
      expect(result.files[0]).toMatchObject({ fullName: 'Broken', type: 'ApexClass', state: 'Failed', lineNumber: 3 });
      expect(result.files[0].error).toContain('Variable does not exist: foo');
    }
    const listed = await sf.result(['org', 'list', 'metadata', '-m', 'ApexClass', '-o', 'org']);
    expect(listed).toEqual([]);
  });

  test('reports, resumes and cancels what goes on, and cannot cancel what is over', async () => {
    const { org, sf } = await loggedInByJwt();
    const cwd = await oneClassProject(sf, 'Slow', 'public class Slow {\n}\n');
    await org.control('PATCH', '/settings', { deployPace: { queueMs: 6000, componentMs: 0 } });
    const deploy = [...start, '-d', 'force-app', '--async'];
    const first = await sf.result(deploy, { cwd });
    const job = ['--job-id', first.id];
    expect(
      (await sf.run(['project', 'deploy', 'report', ...job, '-o', 'org', '--json'], { cwd })).json().result,
    ).toMatchObject({ id: first.id, status: 'Pending', done: false });
    expect(await sf.result(['project', 'deploy', 'resume', ...job], { cwd })).toMatchObject({ status: 'Succeeded' });
    const late = await sf.run(['project', 'deploy', 'cancel', ...job, '-o', 'org', '--json'], { cwd });
    expect(late.exitCode).toBe(1);
    expect(late.json().name).toBe('CannotCancelDeployError');

    const second = await sf.result(deploy, { cwd });
    const canceled = await sf.result(['project', 'deploy', 'cancel', '--job-id', second.id, '-o', 'org'], { cwd });
    expect(canceled).toMatchObject({ id: second.id, status: 'Canceled', success: false });
  });

  test('refuses a quick deployment of what was no validation', async () => {
    const { sf } = await loggedInByToken();
    const cwd = await oneClassProject(sf, 'Plain', 'public class Plain {\n}\n');
    const { id } = await sf.result([...start, '-d', 'force-app'], { cwd });
    const quick = await sf.run(['project', 'deploy', 'quick', '-i', id, '-o', 'org', '--json'], { cwd });
    expect(quick.exitCode).toBe(1);
    expect(quick.json().name).toBe('CannotQuickDeployError');
  });

  test('deletes by destructive changes and by `delete source`; what is used elsewhere stays', async () => {
    const { sf } = await loggedInByToken();
    const cwd = await generated(sf, 'source');
    await sf.result([...start, '-d', 'force-app'], { cwd });
    const remove = ['project', 'delete', 'source', '-o', 'org', '--no-prompt', '-m'];
    const used = await sf.run([...remove, 'ApexClass:OpenSalesforceCaseManagement', '--json'], { cwd });
    expect(used.exitCode).toBe(1);
    expect(used.stdout).toContain('This apex class is referenced elsewhere');

    const removed = await sf.result([...remove, 'ApexTrigger:OpenCaseTrigger'], { cwd });
    expect(states(removed.deletedSource)).toEqual(['Deleted ApexTrigger OpenCaseTrigger']);
    const changes = join(sf.folder, 'changes');
    await mkdir(changes);
    const manifest = join(changes, 'package.xml');
    const destructive = join(changes, 'destructive.xml');
    await writeFile(manifest, emptyPackage);
    const members =
      '<members>OpenCaseOwnerChangeTrigger</members><members>NeverThere</members><name>ApexTrigger</name>';
    await writeFile(destructive, emptyPackage.replace('<version>', `<types>${members}</types><version>`));
    const post = await sf.result([...start, '-x', manifest, '--post-destructive-changes', destructive], { cwd });
    const problems = post.details.componentSuccesses.map((one: { problem?: string }) => one.problem ?? '');
    expect(problems).toContainEqual(expect.stringContaining('NeverThere'));
    const left = await sf.result(['org', 'list', 'metadata', '-m', 'ApexTrigger', '-o', 'org']);
    expect(left.map((one: { fullName: string }) => one.fullName).sort()).toEqual([
      'OpenCxOutboundEmailSender',
      'OpenEmailMessageCustomerTrigger',
      'OpenEmailMessageHumanAgentTrigger',
    ]);
  });
});

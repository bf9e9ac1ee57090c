import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startLocalOrg, type RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { packageZip } from '../../../src/salesforce/metadata/package-zip.ts';
import { cli, type Envelope } from '../cli.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setupInputs } from './setup-org.ts';

/** One org that is set up once; every story changes something behind the product's back, and ends with all as it was. */
let org: RunningOrg;
let connection: Connection;
let cwd: string;

const run = (...args: string[]) =>
  cli([...args, ...setupInputs, '--org-wide-email', 'support@example.com'], {
    cwd,
    env: { SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: connection.accessToken ?? '' },
  });

beforeAll(async () => {
  org = await startLocalOrg();
  connection = new Connection({ instanceUrl: org.url, accessToken: org.issueAccessToken(), version: '66.0' });
  cwd = await mkdtemp(join(tmpdir(), 'opencx-sf-drift-'));
  await writeFile(join(cwd, 'opencx-sf.config.json'), '{ "setup": { "mail": { "checkDns": false } } }');
  const first = await run('init', '--yes');
  expect(first.exitCode, first.stderr).toBe(0);
}, 60_000);

afterAll(async () => {
  await org.close();
  await rm(cwd, { recursive: true, force: true });
});

async function idOf(soql: string, tooling = false): Promise<string> {
  const { records } = tooling
    ? await connection.tooling.query<{ Id: string }>(soql)
    : await connection.query<{ Id: string }>(soql);
  const id = records[0]?.Id;
  if (id === undefined) throw new Error(`nothing found: ${soql}`);
  return id;
}

async function deploy(files: Record<string, string>): Promise<void> {
  const zip = packageZip(new Map(Object.entries(files)));
  const { success, details } = await connection.metadata
    .deploy(zip, { singlePackage: true, rollbackOnError: true })
    .complete(true);
  if (!success) throw new Error(JSON.stringify(details));
}

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const ns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const manifest = (type: string, name: string) =>
  `${head}<Package ${ns}><types><members>${name}</members><name>${type}</name></types><version>66.0</version></Package>`;

async function apexOf(type: 'ApexTrigger' | 'ApexClass', name: string): Promise<string> {
  const { records } = await connection.tooling.query<{ Body: string }>(
    `SELECT Body FROM ${type} WHERE Name = '${name}'`,
  );
  return records[0]?.Body ?? '';
}

async function deployApex(
  type: 'ApexTrigger' | 'ApexClass',
  name: string,
  body: string,
  status = 'Active',
): Promise<void> {
  const path = type === 'ApexTrigger' ? `triggers/${name}.trigger` : `classes/${name}.cls`;
  await deploy({
    'package.xml': manifest(type, name),
    [path]: body,
    [`${path}-meta.xml`]: `${head}<${type} ${ns}><apiVersion>66.0</apiVersion><status>${status}</status></${type}>`,
  });
}

async function updateMetadata(type: string, values: object): Promise<void> {
  const result = await connection.metadata.update(type as never, values as never);
  if (!(result as unknown as { success: boolean }).success) throw new Error(JSON.stringify(result));
}

async function patchTooling(
  type: string,
  soql: string,
  change: (metadata: Record<string, unknown>) => object,
): Promise<void> {
  const { records } = await connection.tooling.query<{ Id: string; Metadata: Record<string, unknown> }>(soql);
  const row = records[0];
  if (row === undefined) throw new Error(`nothing found: ${soql}`);
  await connection.tooling.update(type, { Id: row.Id, Metadata: change(row.Metadata) } as never);
}

const trigger = 'OpenCxOutboundEmailSender';

/** What somebody did in Setup, and in which step of the plan it shows, by which words. */
const drifts: { what: string; step: string; shows: RegExp; change: () => Promise<unknown> }[] = [
  {
    what: 'a trigger switched off',
    step: 'apex',
    shows: /OpenCxOutboundEmailSender.*status/,
    change: async () => deployApex('ApexTrigger', trigger, await apexOf('ApexTrigger', trigger), 'Inactive'),
  },
  {
    what: 'a trigger edited by hand',
    step: 'apex',
    shows: /OpenCaseTrigger.*body/,
    change: async () =>
      deployApex('ApexTrigger', 'OpenCaseTrigger', `${await apexOf('ApexTrigger', 'OpenCaseTrigger')}\n// mine`),
  },
  {
    what: 'the class edited by hand',
    step: 'apex',
    shows: /OpenSalesforceCaseManagement.*body/,
    change: async () =>
      deployApex(
        'ApexClass',
        'OpenSalesforceCaseManagement',
        `${await apexOf('ApexClass', 'OpenSalesforceCaseManagement')}\n// mine`,
      ),
  },
  {
    what: 'a trigger deleted',
    step: 'apex',
    shows: /OpenCaseOwnerChangeTrigger/,
    change: () =>
      deploy({
        'package.xml': `${head}<Package ${ns}><version>66.0</version></Package>`,
        'destructiveChanges.xml': manifest('ApexTrigger', 'OpenCaseOwnerChangeTrigger'),
      }),
  },
  {
    what: 'the webhook URL changed',
    step: 'webhook',
    shows: /endpoint/,
    change: () =>
      patchTooling(
        'NamedCredential',
        "SELECT Id, Metadata FROM NamedCredential WHERE DeveloperName = 'OpenCX_Integration'",
        (metadata) => ({
          ...metadata,
          endpoint: 'https://elsewhere.example.com/hook',
        }),
      ),
  },
  {
    what: 'the field shortened',
    step: 'fields',
    shows: /Case_From__c.*length/,
    change: () =>
      patchTooling(
        'CustomField',
        "SELECT Id, Metadata FROM CustomField WHERE DeveloperName = 'Case_From'",
        (metadata) => ({
          ...metadata,
          length: 40,
        }),
      ),
  },
  {
    what: 'the field hidden from the permission set',
    step: 'fields',
    shows: /PermissionSet.*OpenCX_Integration.*fieldPermissions/,
    change: async () =>
      connection
        .sobject('FieldPermissions')
        .delete(
          await idOf(
            "SELECT Id FROM FieldPermissions WHERE Parent.Name = 'OpenCX_Integration' AND Field = 'Case.Case_From__c'",
          ),
        ),
  },
  {
    what: 'the permission set taken from the integration user',
    step: 'access',
    shows: /OpenCX_Integration to integration@example\.com/,
    change: async () =>
      connection
        .sobject('PermissionSetAssignment')
        .delete(
          await idOf(
            "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = 'integration@example.com' AND PermissionSet.Name = 'OpenCX_Integration'",
          ),
        ),
  },
  {
    what: 'the integration user deactivated',
    step: 'integration-user',
    shows: /IsActive/,
    change: async () =>
      connection
        .sobject('User')
        .update({ Id: await idOf("SELECT Id FROM User WHERE Username = 'integration@example.com'"), IsActive: false }),
  },
  {
    what: 'the routing address removed',
    step: 'email-to-case',
    shows: /add-routing-addresses/,
    change: () => updateMetadata('CaseSettings', { fullName: 'Case', emailToCase: { routingAddresses: otherAddress } }),
  },
  {
    what: 'threading by token switched off',
    step: 'email-to-case',
    shows: /enableThreadTokenInBody/,
    change: () => updateMetadata('CaseSettings', { fullName: 'Case', emailToCase: { enableThreadTokenInBody: false } }),
  },
  {
    what: 'the queue closed to Cases',
    step: 'email-to-case',
    shows: /QueueSobject/,
    change: async () => connection.sobject('QueueSobject').delete(await idOf('SELECT Id FROM QueueSobject')),
  },
  {
    what: 'the callback URL of the app changed',
    step: 'app',
    shows: /callbackUrl/,
    change: () =>
      updateMetadata('ExtlClntAppGlobalOauthSettings', {
        fullName: 'OpenCX_glbloauth',
        externalClientApplication: 'OpenCX',
        label: 'OpenCX_glbloauth',
        callbackUrl: 'https://elsewhere.example.com/callback',
      }),
  },
  {
    what: 'the organization-wide address deleted',
    step: 'mail',
    shows: /OrgWideEmailAddress/,
    change: async () =>
      connection.sobject('OrgWideEmailAddress').delete(await idOf('SELECT Id FROM OrgWideEmailAddress')),
  },
];

const otherAddress = {
  addressType: 'EmailToCase',
  routingName: 'other@example.com',
  emailAddress: 'other@example.com',
  caseOrigin: 'Email',
  casePriority: 'Medium',
};

interface PlannedStep {
  id: string;
  status: string;
  changes: unknown[];
}

function steps(document: Envelope): PlannedStep[] {
  return (document.result as { steps: PlannedStep[] }).steps;
}

describe('what somebody changed behind its back', () => {
  test.each(drifts)('$what: plan shows it, apply mends it', async ({ step, shows, change }) => {
    await change();
    const seen = await run('plan', '--json');
    const changing = steps(seen.json()).filter(({ status }) => status === 'change');
    expect(changing.map(({ id }) => id)).toEqual([step]);
    expect(JSON.stringify(changing[0]?.changes)).toMatch(shows);

    const mended = await run('apply', '--no-tests');
    expect(mended.exitCode, mended.stderr).toBe(0);
    const after = await run('plan', '--json');
    expect(steps(after.json()).filter(({ status }) => status !== 'unchanged' && status !== 'off')).toEqual([]);
  });
});

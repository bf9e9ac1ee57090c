import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { configSchema, type Config } from '../../../src/config/config-schema.ts';
import { startLocalOrg, type RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { fingerprintOf } from '../../../src/provision/webhook/webhook-credential.ts';
import { cli, temporaryFolder } from '../../e2e/cli.ts';
import { buildHealthyOrg, copyOf, mailbox, type HealthyOrg } from './healthy-org.ts';
import { answerLimits } from './fault-table.ts';
import { controlOf, deployApex, idOf } from './plant.ts';
import { verify } from './verdicts.ts';
import { userOf } from '../../e2e/story/org-user.ts';

let healthy: HealthyOrg;
beforeAll(async () => {
  healthy = await buildHealthyOrg();
}, 90_000);
afterAll(async () => {
  await healthy.close();
});

async function copy(): Promise<RunningOrg> {
  const org = await copyOf(healthy);
  onTestFinished(() => org.close());
  return org;
}

function withBlueprint(config: Config, blueprint: Partial<Config['blueprint']>): Config {
  return { ...config, blueprint: { ...config.blueprint, ...blueprint } };
}

/** A folder without a configuration file knows nothing of the set-up but the names of the page. */
const silent = configSchema.parse({ setup: { mail: { checkDns: false } } });

describe('without a configuration', () => {
  test('mailbox and user are taken from the Apex, and the Apex is compared with them', async () => {
    const { results } = await verify(await copy(), silent);
    const summary = (id: string) => results.get(id)?.finding;
    expect(summary('org.integration-user')).toMatchObject({ status: 'pass', data: { from: 'Apex' } });
    expect(summary('email-in.routing-address')).toMatchObject({ status: 'pass', summary: mailbox });
    expect(summary('apex.current')?.status).toBe('warn');
    expect(summary('apex.current')?.evidence.join('\n')).toMatch(/-.*ORG_WIDE_EMAIL_ADDRESS = null/);
    expect(summary('webhook.endpoint')).toMatchObject({
      status: 'skip',
      summary: expect.stringMatching(/fingerprint [0-9a-f]{12}; nobody says which one it should be/),
    });
  });

  test('an org of before, set up by hand from the page, is judged by its text', async () => {
    const org = await startLocalOrg();
    onTestFinished(() => org.close());
    await deployApex(org, 'ApexClass', 'OpenSalesforceCaseManagement', 'public class OpenSalesforceCaseManagement { }');
    await deployApex(
      org,
      'ApexTrigger',
      'OpenCxOutboundEmailSender',
      [
        'trigger OpenCxOutboundEmailSender on EmailMessage (after insert) {',
        "    String INTEGRATION_USERNAME = 'nobody@example.com';",
        "    String REPLY_TO_ADDRESS = 'care@example.com';",
        '    Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();',
        '    mail.setReplyTo(REPLY_TO_ADDRESS);',
        '    Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ mail });',
        '}',
      ].join('\n'),
    );
    const { results } = await verify(org, silent);
    const summary = (id: string) => results.get(id)?.finding.summary;
    expect(summary('apex.threading-token')).toMatch(/does not call .*it is an older one/);
    expect(summary('apex.reply-to')).toBe('care@example.com');
    expect(summary('org.integration-user')).toMatch(/no user nobody@example\.com/);
  });
});

describe('checks that go by the configuration', () => {
  test('a host of Salesforce that is no My Domain warns', async () => {
    const { results } = await verify(await copy(), withBlueprint(healthy.config, {}), {
      opened: (org) => {
        Object.assign(org.identity, { instanceUrl: 'https://na1.salesforce.com' });
      },
    });
    expect(results.get('org.my-domain')?.finding).toMatchObject({
      status: 'warn',
      summary: 'na1.salesforce.com is no My Domain host.',
    });
  });

  test('an app that no query shows is known by its settings', async () => {
    const org = await copy();
    const body = JSON.stringify([{ errorCode: 'INVALID_TYPE', message: 'not supported' }]);
    const match = { path: 'FROM ExternalClientApplication' };
    await controlOf(org.url)('POST', 'faults', { kind: 'status', status: 400, body, match });
    const { results } = await verify(org, healthy.config);
    expect(results.get('app.present')?.finding).toMatchObject({
      status: 'pass',
      summary: 'OpenCX (External Client App)',
    });
    expect(results.get('app.active')?.finding).toMatchObject({
      status: 'warn',
      summary: 'Not known: this org does not show it.',
    });
  });

  test('a configuration of newer Apex than the org takes fails', async () => {
    const { results } = await verify(await copy(), withBlueprint(healthy.config, { apiVersion: '70.0' }));
    expect(results.get('org.api-version')?.finding).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(/written for 70\.0; the org offers versions up to 68\.0/),
    });
  });

  test('optional triggers are looked for when they are wanted', async () => {
    const options = { ...healthy.config.blueprint.options, bounce: true, caseClosed: true };
    const { results } = await verify(await copy(), withBlueprint(healthy.config, { options }));
    expect(results.get('apex.bounce-trigger')?.finding.summary).toBe(
      'There is no trigger OpenEmailMessageBounceTrigger.',
    );
    expect(results.get('apex.case-closed-trigger')?.finding.status).toBe('fail');
  });

  test('with an e-mail service, sending by Salesforce is not looked at', async () => {
    const options = { ...healthy.config.blueprint.options, emailService: 'postmark' as const };
    const { results } = await verify(await copy(), withBlueprint(healthy.config, { options }));
    expect(results.get('email-out.daily-limit')?.finding).toMatchObject({
      status: 'skip',
      summary: 'Mail is sent by postmark, not by Salesforce.',
    });
  });

  test('a pace that uses the day’s mails up before midnight warns, and says when', async () => {
    const org = await copy();
    await answerLimits(controlOf(org.url), { SingleEmail: { Max: 5000, Remaining: 2500 } });
    const noonIsBefore = Date.UTC(2026, 10, 29, 6, 0);
    const { results } = await verify(org, healthy.config, { clock: { ...systemClock, now: () => noonIsBefore } });
    expect(results.get('email-out.daily-limit')?.finding).toMatchObject({
      status: 'warn',
      summary: '2500 of 5000 left today; at this pace used up at 12:00 GMT',
    });
  });

  test('an address for the profile of the integration user alone is good', async () => {
    const org = await copy();
    const admin = await userOf(org.url, org.issueAccessToken());
    const OrgWideEmailAddressId = await idOf(org, `SELECT Id FROM OrgWideEmailAddress WHERE Address = '${mailbox}'`);
    await admin.update('OrgWideEmailAddress', OrgWideEmailAddressId, { IsAllowAllProfiles: false });
    const ParentId = await idOf(org, "SELECT Id FROM Profile WHERE Name = 'OpenCX Integration'");
    await admin.create('OrgEmailAddressSecurity', { OrgWideEmailAddressId, ParentId });
    const { results } = await verify(org, healthy.config);
    expect(results.get('email-out.org-wide-profiles')?.finding).toMatchObject({ status: 'pass' });
  });

  test('a sender that was repaired leaves a warning about what it had not sent, and no failure', async () => {
    const org = await copy();
    const id = await idOf(
      org,
      "SELECT Id FROM EmailMessage WHERE Incoming = false AND CreatedBy.Username = 'integration@example.com'",
    );
    await controlOf(org.url)('PATCH', `records/EmailMessage/${id}`, { OpenCx_Sent__c: false });
    await controlOf(org.url)(
      'PATCH',
      `records/ApexTrigger/${await idOf(org, "SELECT Id FROM ApexTrigger WHERE Name = 'OpenCxOutboundEmailSender'")}`,
      { LastModifiedDate: new Date(Date.now() + 60_000).toISOString() },
    );
    const { results } = await verify(org, healthy.config);
    expect(results.get('email-out.unsent')?.finding).toMatchObject({
      status: 'warn',
      summary: '1 reply of before the last change of the sender was not sent.',
    });
  });
});

describe('an External Credential', () => {
  test('needs its grant: who lost the permission set fails the check, and --fix gives it back', async () => {
    const org = await startLocalOrg();
    onTestFinished(() => org.close());
    const cwd = await temporaryFolder();
    const env = { SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.issueAccessToken() };
    const config = {
      blueprint: {
        replyTo: mailbox,
        integrationUsername: 'integration@example.com',
        webhookUrl: 'https://api.open.cx/hook',
        options: { credentialModel: 'external' },
      },
      setup: { emailToCase: { acceptPermanent: true }, mail: { checkDns: false } },
    };
    await writeFile(`${cwd}/opencx-sf.config.json`, JSON.stringify(config));
    const made = await cli(['init', '--yes', '--no-tests'], { cwd, env });
    expect(made.exitCode, made.stderr).toBe(0);
    const check = async () =>
      (await verify(org, configSchema.parse(config))).results.get('webhook.principal-access')?.finding;
    // Which reps need it nobody has said.
    expect(await check()).toMatchObject({ status: 'warn', summary: expect.stringContaining('setup.reps') });
    const admin = await userOf(org.url, org.issueAccessToken());
    const id = await idOf(
      org,
      "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = 'integration@example.com' AND PermissionSet.Name = 'OpenCX_Integration'",
    );
    await admin.call('DELETE', `/services/data/v66.0/sobjects/PermissionSetAssignment/${id}`);
    expect(await check()).toMatchObject({ status: 'fail', summary: 'No grant for integration@example.com.' });
    const fixed = await cli(['verify', 'webhook.principal-access', '--fix', '--yes', '--no-tests'], { cwd, env });
    expect(fixed.exitCode, fixed.stdout + fixed.stderr).toBe(0);
    expect(await check()).toMatchObject({ status: 'warn' });
  }, 60_000);
});

describe('signed webhook calls', () => {
  test('need the custom setting and a secret in it, which no report shows', async () => {
    const org = await copy();
    const options = { ...healthy.config.blueprint.options, webhookSignature: true };
    const config = withBlueprint(healthy.config, { options });
    const check = async () => (await verify(org, config)).results.get('webhook.signature')?.finding;
    expect(await check()).toMatchObject({
      status: 'fail',
      summary: 'There is no custom setting OpenCX_Webhook__c, or this user may not see it.',
      remedy: [{ command: 'opencx-sf deploy-apex' }],
    });
    const cwd = await temporaryFolder();
    const env = { SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.issueAccessToken() };
    await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify(config));
    expect(await cli(['deploy-apex', '--no-tests', '--quiet'], { cwd, env })).toMatchObject({ exitCode: 0 });
    expect(await check()).toMatchObject({
      status: 'fail',
      summary: 'OpenCX_Webhook__c holds no secret, so that calls go unsigned.',
      remedy: [{ command: 'opencx-sf webhook secret <file>' }],
    });
    expect(await cli(['webhook', 'secret', 'signing'], { cwd, env })).toMatchObject({ exitCode: 0 });
    const secret = (await readFile(join(cwd, 'signing'), 'utf8')).trim();
    const found = await check();
    expect(found).toMatchObject({
      status: 'pass',
      summary: `by the secret in OpenCX_Webhook__c (fingerprint ${fingerprintOf(secret)})`,
    });
    expect(JSON.stringify(found)).not.toContain(secret);
  }, 60_000);
});

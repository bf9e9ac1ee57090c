import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import type { VerifyResult } from '../../../src/commands/verify/result-schema.ts';
import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import {
  buildHealthyOrg,
  copyOf,
  customerMail,
  integrationUser,
  sessionOf,
  type HealthyOrg,
} from '../../diagnose/checks/healthy-org.ts';
import {
  bodyOf,
  connectionOf,
  controlOf,
  deployApex,
  destroy,
  editApex,
  idOf,
  updateMetadata,
  type Control,
} from '../../diagnose/checks/plant.ts';
import { API, userOf } from '../story/org-user.ts';
import { cli, temporaryFolder, type CliRun } from '../cli.ts';

let healthy: HealthyOrg;
beforeAll(async () => {
  healthy = await buildHealthyOrg();
}, 90_000);
afterAll(async () => {
  await healthy.close();
});

interface Customer {
  org: RunningOrg;
  control: Control;
  run: (...args: string[]) => Promise<CliRun>;
}

/** A customer's org, and somebody at a terminal with the configuration of the set-up. */
async function customer(): Promise<Customer> {
  const org = await copyOf(healthy);
  onTestFinished(() => org.close());
  const cwd = await temporaryFolder();
  await copyFile(join(healthy.folder, 'opencx-sf.config.json'), join(cwd, 'opencx-sf.config.json'));
  const env = { SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.issueAccessToken() };
  return { org, control: controlOf(org.url), run: (...args) => cli(args, { cwd, env }) };
}

const sender = 'OpenCxOutboundEmailSender';

async function switchOff(org: RunningOrg, name: string): Promise<void> {
  await deployApex(org, 'ApexTrigger', name, await bodyOf(org, 'ApexTrigger', name), { status: 'Inactive' });
}

/** OpenCX writes a reply. */
async function reply({ org, control }: Customer): Promise<void> {
  const openCx = await sessionOf(org, control, integrationUser);
  const ParentId = await idOf(org, "SELECT Id FROM Case WHERE Case_From__c = 'opencx'");
  await openCx.create('EmailMessage', {
    ParentId,
    Subject: 'One more thing',
    TextBody: 'It arrives tomorrow.',
    ToAddress: 'jane@customer.test',
    Status: '3',
  });
}

interface Story {
  /** The heading of the page, in the words of somebody who is in a hurry. */
  words: string;
  symptom: string;
  what: string;
  cause: string;
  /** How it ends after --fix: without one, the cause stays. */
  mended: 'green' | 'not by an API';
  plant: (customer: Customer) => Promise<unknown>;
}

const stories: readonly Story[] = [
  {
    words: 'oauth credentials wont save',
    symptom: 'credentials-wont-save',
    what: 'the app was made a moment ago',
    cause: 'app.active',
    mended: 'not by an API',
    plant: async ({ org, control, run }) => {
      await destroy(org, { ExternalClientApplication: ['OpenCX'] });
      await control('PATCH', 'settings', { activationDelayMs: 600_000 });
      const made = await run('apply', '--yes', '--no-tests');
      expect(made.exitCode, made.stderr).toBe(0);
    },
  },
  {
    words: 'connect to salesforce fails',
    symptom: 'connect-fails',
    what: 'the callback URL ends with a slash',
    cause: 'app.callback-url',
    mended: 'green',
    plant: ({ org }) =>
      updateMetadata(org, 'ExtlClntAppGlobalOauthSettings', {
        fullName: 'OpenCX_glbloauth',
        label: 'OpenCX_glbloauth',
        externalClientApplication: 'OpenCX',
        callbackUrl: 'https://api.open.cx/backend/salesforce-case-management/oauth/callback/',
        isConsumerSecretOptional: false,
        isPkceRequired: false,
        isSecretRequiredForRefreshToken: true,
      }),
  },
  {
    words: 'no case appears',
    symptom: 'no-case',
    what: 'the trigger on Case was switched off',
    cause: 'apex.case-trigger',
    mended: 'green',
    plant: ({ org }) => switchOff(org, 'OpenCaseTrigger'),
  },
  {
    words: 'handoff runs but no case',
    symptom: 'no-case',
    what: 'the Named Credential has the URL of an older connection',
    cause: 'webhook.endpoint',
    mended: 'green',
    plant: async ({ org }) => {
      const { tooling } = connectionOf(org);
      const { records } = await tooling.query<{ Id: string; Metadata: object }>(
        'SELECT Id, Metadata FROM NamedCredential',
      );
      const [row] = records;
      const Metadata = { ...row?.Metadata, endpoint: 'https://api.open.cx/old' };
      await tooling.update('NamedCredential', { Id: row?.Id, Metadata } as never);
    },
  },
  {
    words: 'customer never receives the AI reply email',
    symptom: 'ai-replies-not-received',
    what: 'the sender was never deployed, and OpenCX has written a reply',
    cause: 'apex.outbound-sender',
    mended: 'green',
    plant: async (customer) => {
      await destroy(customer.org, { ApexTrigger: [sender] });
      await reply(customer);
    },
  },
  {
    words: 'AI replies show as sent but contact never receives the email',
    symptom: 'ai-replies-not-received',
    what: 'Deliverability is at System email only, and OpenCX has written a reply',
    cause: 'email-out.deliverability',
    mended: 'not by an API',
    plant: async (customer) => {
      await customer.control('PATCH', 'mail/settings', { deliverability: 'system' });
      await reply(customer);
    },
  },
  {
    words: 'duplicate cases instead of threading',
    symptom: 'duplicate-case',
    what: 'the class is of before the threading token',
    cause: 'apex.threading-token',
    mended: 'green',
    plant: ({ org }) =>
      editApex(org, 'ApexClass', 'OpenSalesforceCaseManagement', (body) =>
        body.replaceAll('EmailMessages.getFormattedThreadingToken(caseId)', 'null'),
      ),
  },
  {
    words: 'customer replies never reach salesforce',
    symptom: 'replies-never-reach-salesforce',
    what: 'REPLY_TO_ADDRESS was left empty',
    cause: 'apex.reply-to',
    mended: 'green',
    plant: ({ org }) =>
      editApex(org, 'ApexTrigger', sender, (body) => body.replace(/(REPLY_TO_ADDRESS = )'[^']*'/, "$1''")),
  },
  {
    words: 'replies from customers lost, never reach us',
    symptom: 'replies-never-reach-salesforce',
    what: 'the routing address was never verified',
    cause: 'email-in.address-verified',
    mended: 'not by an API',
    plant: async ({ control }) => {
      const { routingAddresses } = await control<{ routingAddresses: { id: string }[] }>(
        'GET',
        'mail/routing-addresses',
      );
      await control('PATCH', `mail/routing-addresses/${routingAddresses[0]?.id ?? ''}`, { isVerified: false });
    },
  },
  {
    words: 'SINGLE_EMAIL_LIMIT_EXCEEDED',
    symptom: 'email-limit',
    what: 'the fifty mails of the day are sent',
    cause: 'email-out.daily-limit',
    mended: 'not by an API',
    plant: async ({ org }) => {
      const apex = [
        'List<Messaging.SingleEmailMessage> mails = new List<Messaging.SingleEmailMessage>();',
        'for (Integer i = 0; i < 49; i++) {',
        '  Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();',
        "  mail.setToAddresses(new List<String>{ 'c' + i + '@customer.test' });",
        "  mail.setSubject('News'); mail.setPlainTextBody('News'); mail.setSaveAsActivity(false);",
        '  mails.add(mail);',
        '}',
        'Messaging.sendEmail(mails);',
      ].join('\n');
      const admin = await userOf(org.url, org.issueAccessToken());
      const path = `${API}/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(apex)}`;
      expect(await admin.call('GET', path)).toMatchObject({ success: true });
    },
  },
  {
    words: 'gmail forwarding unverified',
    symptom: 'gmail-unverified',
    what: 'Gmail’s code came and nobody has entered it',
    cause: 'email-in.forwarding',
    mended: 'not by an API',
    plant: async ({ org, control }) => {
      await new Promise((done) => setTimeout(done, 1100));
      const text = 'Confirmation code: 123456789';
      await control(
        'POST',
        'mail/receive',
        customerMail('Gmail Forwarding Confirmation', text, 'forwarding-noreply@google.com'),
      );
      await org.jobsDone();
    },
  },
  {
    words: 'rep replies dont reach the contact',
    symptom: 'rep-replies-not-received',
    what: 'the trigger on reps’ mail was switched off',
    cause: 'apex.human-agent-email-trigger',
    mended: 'green',
    plant: ({ org }) => switchOff(org, 'OpenEmailMessageHumanAgentTrigger'),
  },
];

describe('a symptom of the troubleshooting page', () => {
  test.each(stories)('"$words": $what', { timeout: 60_000 }, async ({ words, symptom, cause, mended, plant }) => {
    const customerOrg = await customer();
    await plant(customerOrg);
    const { run } = customerOrg;

    const byWords = (await run('verify', '--symptom', words, '--json')).json();
    const told = byWords.result as VerifyResult;
    expect(told.symptom?.id).toBe(symptom);
    expect(told.causes[0]).toBe(cause);
    expect(byWords.error).toMatchObject({ code: 'CHECKS_FAILED', details: { causes: told.causes } });

    const plain = await run('verify', '--json');
    expect(plain.exitCode).toBe(1);
    expect((plain.json().result as VerifyResult).causes[0]).toBe(cause);

    const fixed = await run('verify', '--symptom', words, '--fix', '--yes', '--no-tests');
    const after = await run('verify');
    if (mended === 'green') {
      expect(fixed.exitCode, fixed.stdout + fixed.stderr).toBe(0);
      expect(after.exitCode, after.stdout).toBe(0);
      expect(after.stdout).not.toContain(`✗ ${cause}`);
    } else {
      expect(fixed.exitCode).toBe(1);
      expect(after.stdout).toContain(`Begin with ${cause}.`);
    }
  });
});

import { fingerprintOf } from '../../../src/provision/webhook/webhook-credential.ts';
import { answerLimits, answerQuery, type Afterwards, type Fault, type Stage } from './fault-table.ts';
import { bodyOf, connectionOf, deployApex, deployFiles, destroy, editApex, idOf } from './plant.ts';

const apexClass = 'OpenSalesforceCaseManagement';
const sender = 'OpenCxOutboundEmailSender';
const triggers = [
  'OpenCaseTrigger',
  'OpenEmailMessageCustomerTrigger',
  'OpenEmailMessageHumanAgentTrigger',
  'OpenCaseOwnerChangeTrigger',
  sender,
];

async function switchOff({ org }: Stage, name: string): Promise<void> {
  await deployApex(org, 'ApexTrigger', name, await bodyOf(org, 'ApexTrigger', name), { status: 'Inactive' });
}

/** Points the Named Credential somewhere else, as Setup does. */
async function pointWebhookAt({ org }: Stage, endpoint: string): Promise<void> {
  const connection = connectionOf(org);
  const { records } = await connection.tooling.query<{ Id: string; Metadata: object }>(
    "SELECT Id, Metadata FROM NamedCredential WHERE DeveloperName = 'OpenCX_Integration'",
  );
  const [row] = records;
  await connection.tooling.update('NamedCredential', {
    Id: row?.Id,
    Metadata: { ...row?.Metadata, endpoint },
  } as never);
}

/** The same, and it is the URL that is expected, as far as anybody knows. */
async function webhookIs(stage: Stage, endpoint: string): Promise<Afterwards> {
  await pointWebhookAt(stage, endpoint);
  const { webhookUrl: _, ...blueprint } = stage.config.blueprint;
  return {
    config: { ...stage.config, blueprint },
    expectations: { webhookFingerprint: fingerprintOf(endpoint) },
  };
}

const flow = `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata"><actionCalls><name>Mail</name><label>Mail</label><locationX>0</locationX><locationY>0</locationY><actionName>emailSimple</actionName><actionType>emailSimple</actionType><flowTransactionModel>CurrentTransaction</flowTransactionModel></actionCalls><apiVersion>66.0</apiVersion><label>Answer customers</label><processType>AutoLaunchedFlow</processType><start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Mail</targetReference></connector><object>Case</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordAfterSave</triggerType></start><status>Active</status></Flow>`;

export const apexFaults: readonly Fault[] = [
  {
    check: 'apex.class',
    what: 'all of it was deleted',
    verdict: 'fail',
    says: /There is no Apex class OpenSalesforceCaseManagement/,
    plant: ({ org }) => destroy(org, { ApexTrigger: triggers, ApexClass: [apexClass, `${apexClass}Test`] }),
  },
  ...(
    [
      ['apex.case-trigger', 'OpenCaseTrigger'],
      ['apex.customer-email-trigger', 'OpenEmailMessageCustomerTrigger'],
      ['apex.human-agent-email-trigger', 'OpenEmailMessageHumanAgentTrigger'],
      ['apex.owner-change-trigger', 'OpenCaseOwnerChangeTrigger'],
      ['apex.outbound-sender', sender],
    ] as const
  ).map(([check, name]): Fault => ({
    check,
    what: 'the trigger was switched off',
    verdict: 'fail',
    says: new RegExp(`${name} is Inactive`),
    plant: (stage) => switchOff(stage, name),
  })),
  {
    check: 'apex.outbound-sender',
    what: 'the trigger has to be compiled again',
    verdict: 'warn',
    says: /IsValid is false/,
    plant: async ({ org, control }) => {
      const id = await idOf(org, `SELECT Id FROM ApexTrigger WHERE Name = '${sender}'`, true);
      await control('PATCH', `records/ApexTrigger/${id}`, { IsValid: false });
    },
  },
  {
    check: 'apex.owner-change-trigger',
    what: 'a trigger of that name is on another object',
    verdict: 'fail',
    says: /OpenCaseOwnerChangeTrigger is on Contact, not on Case/,
    plant: async ({ org, control }) => {
      const id = await idOf(org, "SELECT Id FROM ApexTrigger WHERE Name = 'OpenCaseOwnerChangeTrigger'");
      await control('PATCH', `records/ApexTrigger/${id}`, { TableEnumOrId: 'Contact' });
    },
  },
  {
    check: 'apex.threading-token',
    what: 'an older class without the token',
    verdict: 'fail',
    says: /does not call EmailMessages\.getFormattedThreadingToken/,
    plant: ({ org }) =>
      editApex(org, 'ApexClass', apexClass, (body) =>
        body.replaceAll('EmailMessages.getFormattedThreadingToken(caseId)', 'null'),
      ),
  },
  {
    check: 'apex.reply-to',
    what: 'another mailbox in the sender',
    verdict: 'fail',
    says: /Replies go to old@example\.com, not to support@example\.com/,
    plant: ({ org }) =>
      editApex(org, 'ApexTrigger', sender, (body) =>
        body.replace(/(REPLY_TO_ADDRESS = )'[^']*'/, "$1'old@example.com'"),
      ),
  },
  {
    check: 'apex.reply-to',
    what: 'no mailbox in the sender',
    verdict: 'fail',
    says: /REPLY_TO_ADDRESS is empty/,
    plant: ({ org }) =>
      editApex(org, 'ApexTrigger', sender, (body) => body.replace(/(REPLY_TO_ADDRESS = )'[^']*'/, "$1''")),
  },
  {
    check: 'apex.integration-username',
    what: 'another user in one trigger',
    verdict: 'fail',
    says: /OpenCaseTrigger: INTEGRATION_USERNAME = 'someone@example\.com'/,
    plant: ({ org }) =>
      editApex(org, 'ApexTrigger', 'OpenCaseTrigger', (body) =>
        body.replace(/(INTEGRATION_USERNAME = )'[^']*'/, "$1'someone@example.com'"),
      ),
  },
  {
    check: 'apex.org-wide-address',
    what: 'the sender has no organization-wide address',
    verdict: 'fail',
    says: /uses no organization-wide address, not support@example\.com/,
    plant: ({ org }) =>
      editApex(org, 'ApexTrigger', sender, (body) => body.replace(/(ORG_WIDE_EMAIL_ADDRESS = )'[^']*'/, '$1null')),
  },
  {
    check: 'apex.rivals',
    what: 'an older sender beside ours',
    verdict: 'fail',
    says: /OldSender on EmailMessage sends mail for EmailMessage/,
    plant: ({ org }) =>
      deployApex(
        org,
        'ApexTrigger',
        'OldSender',
        'trigger OldSender on EmailMessage (after insert) { Messaging.sendEmail(new List<Messaging.SingleEmailMessage>()); }',
      ),
  },
  {
    check: 'apex.flows',
    what: 'a flow that answers customers',
    verdict: 'warn',
    says: /Answer_customers, started by Case, sends mail/,
    plant: ({ org }) => deployFiles(org, { 'flows/Answer_customers.flow': flow }, 'Flow', 'Answer_customers'),
  },
  {
    check: 'apex.meddlers',
    what: 'a trigger that closes Cases',
    verdict: 'warn',
    says: /CloseCases on Case sets Status/,
    plant: ({ org }) =>
      deployApex(
        org,
        'ApexTrigger',
        'CloseCases',
        "trigger CloseCases on Case (before update) { for (Case c : Trigger.new) { if (c.Subject == 'x') { c.Status = 'Closed'; } } }",
      ),
  },
  {
    check: 'apex.current',
    what: 'the class was edited by hand',
    verdict: 'warn',
    says: /OpenSalesforceCaseManagement was edited by hand[\s\S]*\+ \/\/ mine/,
    plant: ({ org }) => editApex(org, 'ApexClass', apexClass, (body) => `${body}\n// mine`),
  },
  {
    check: 'apex.current',
    what: 'a trigger of an older template',
    verdict: 'warn',
    says: /OpenCaseTrigger is of an older template/,
    plant: async ({ org }) => {
      const { contentHash } = await import('../../../src/blueprint/marker.ts');
      await editApex(org, 'ApexTrigger', 'OpenCaseTrigger', (body) => {
        const old = body.replace(/^.*\n/, '').replace('Tells OpenCX about new Cases', 'Told OpenCX about Cases');
        return `// opencx-sf template=case-trigger version=0 sha256=${contentHash(`${old.trimEnd()}\n`)}\n${old}`;
      });
    },
  },
  {
    check: 'apex.api-version',
    what: 'a trigger of an older API version',
    verdict: 'warn',
    says: /OpenCaseTrigger: API 60\.0/,
    plant: async ({ org }) =>
      deployApex(org, 'ApexTrigger', 'OpenCaseTrigger', await bodyOf(org, 'ApexTrigger', 'OpenCaseTrigger'), {
        apiVersion: '60.0',
      }),
  },
  {
    check: 'apex.coverage',
    what: 'the last test run covered little',
    verdict: 'warn',
    says: /OpenCaseTrigger: 10 %/,
    plant: ({ control }) =>
      answerQuery(control, 'FROM ApexCodeCoverageAggregate', [
        { ApexClassOrTrigger: { Name: 'OpenCaseTrigger' }, NumLinesCovered: 1, NumLinesUncovered: 9 },
      ]),
  },
  {
    check: 'webhook.credential',
    what: 'the Named Credential was deleted',
    verdict: 'fail',
    says: /There is no Named Credential OpenCX_Integration/,
    plant: ({ org }) => destroy(org, { NamedCredential: ['OpenCX_Integration'] }),
  },
  {
    check: 'webhook.endpoint',
    what: 'the URL of before a new connection',
    verdict: 'fail',
    says: /Events go to another URL than OpenCX shows[\s\S]*fingerprint [0-9a-f]{12}/,
    plant: (stage) => pointWebhookAt(stage, 'https://api.open.cx/old'),
  },
  {
    check: 'webhook.https',
    what: 'a URL without TLS',
    verdict: 'fail',
    says: /Events go to hooks\.example\.net by http/,
    plant: (stage) => webhookIs(stage, 'http://hooks.example.net/hook'),
  },
  {
    check: 'webhook.host',
    what: 'a tunnel that has ended',
    verdict: 'fail',
    says: /tunnel\.invalid has no address in DNS/,
    plant: (stage) => webhookIs(stage, 'https://tunnel.invalid/hook'),
  },
  {
    check: 'webhook.host',
    what: 'nobody listens',
    verdict: 'warn',
    says: /127\.0\.0\.1:9 does not answer from here/,
    plant: (stage) => webhookIs(stage, 'http://127.0.0.1:9/hook'),
  },
  {
    check: 'webhook.jobs',
    what: 'a webhook call failed',
    verdict: 'fail',
    says: /1 of \d+ webhook calls? failed[\s\S]*Read timed out/,
    plant: async ({ org, control }) => {
      await control('POST', 'records/AsyncApexJob', {
        JobType: 'Queueable',
        Status: 'Failed',
        ExtendedStatus: 'System.CalloutException: Read timed out',
        ApexClassId: await idOf(org, `SELECT Id FROM ApexClass WHERE Name = '${apexClass}'`),
        CreatedDate: new Date().toISOString(),
      });
    },
  },
  {
    check: 'webhook.calls',
    what: 'a Case that nobody reported',
    verdict: 'fail',
    says: /1 of \d+ new Cases? made no webhook call/,
    plant: async ({ org, control }) => {
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
      const id = await idOf(org, "SELECT Id FROM ApexTrigger WHERE Name = 'OpenCaseTrigger'");
      await control('PATCH', `records/ApexTrigger/${id}`, { LastModifiedDate: hoursAgo(6) });
      await control('POST', 'records/Case', { Subject: 'Unheard', CreatedDate: hoursAgo(3) });
    },
  },
  {
    check: 'webhook.async-limits',
    what: 'asynchronous Apex used up',
    verdict: 'fail',
    says: /None is left in these 24 hours/,
    plant: ({ control }) => answerLimits(control, { DailyAsyncApexExecutions: { Max: 250_000, Remaining: 0 } }),
  },
];

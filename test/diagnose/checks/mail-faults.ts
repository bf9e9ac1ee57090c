import { onTestFinished } from 'vitest';

import { startDnsServer, type Zone } from '../../provision/mail/dns-server.ts';
import { answerLimits, answerQuery, type Afterwards, type Fault, type Stage } from './fault-table.ts';
import { customerMail, healthyZone, integrationUser, mailbox } from './healthy-org.ts';
import { deployFiles, idOf, updateMetadata } from './plant.ts';

const day = 86_400_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** Changes the routing address, as Setup does. */
async function changeAddress({ control }: Stage, values: object): Promise<void> {
  const { routingAddresses } = await control<{ routingAddresses: { id: string }[] }>('GET', 'mail/routing-addresses');
  await control('PATCH', `mail/routing-addresses/${routingAddresses[0]?.id ?? ''}`, values);
}

async function addressId({ org }: Stage): Promise<string> {
  return await idOf(org, `SELECT Id FROM OrgWideEmailAddress WHERE Address = '${mailbox}'`);
}

/** The newest reply of OpenCX. */
async function replyId({ org }: Stage): Promise<string> {
  return await idOf(
    org,
    `SELECT Id FROM EmailMessage WHERE Incoming = false AND CreatedBy.Username = '${integrationUser}'`,
  );
}

/** DNS that says something else. */
async function withZone({ config }: Stage, zone: Zone): Promise<Afterwards> {
  const dns = await startDnsServer(zone);
  onTestFinished(() => dns.close());
  const mail = { ...config.setup.mail, dnsServers: [dns.address] };
  return { config: { ...config, setup: { ...config.setup, mail } } };
}

async function emailToCaseWith({ control }: Stage, change: (block: Record<string, unknown>) => object): Promise<void> {
  const { routingAddresses } = await control<{ routingAddresses: Record<string, unknown>[] }>(
    'GET',
    'mail/routing-addresses',
  );
  const addresses = routingAddresses.map((address) => ({ ...address, addressType: 'EmailToCase' }));
  const on = [
    'enableEmailToCase',
    'enableOnDemandEmailToCase',
    'useEmailHeadersForThreading',
    'enableThreadTokenInSubject',
    'enableThreadTokenInBody',
  ];
  const block = { ...Object.fromEntries(on.map((name) => [name, true])), routingAddresses: addresses };
  await answerQuery(control, 'FROM CaseSettings', [{ Metadata: { emailToCase: change(block) } }]);
}

export const mailFaults: readonly Fault[] = [
  {
    check: 'email-in.enabled',
    what: 'Email-to-Case is off',
    verdict: 'fail',
    says: /Email-to-Case is off/,
    plant: (stage) => emailToCaseWith(stage, () => ({})),
  },
  {
    check: 'email-in.enabled',
    what: 'On-Demand is off',
    verdict: 'fail',
    says: /The On-Demand service is off/,
    plant: (stage) => emailToCaseWith(stage, (block) => ({ ...block, enableOnDemandEmailToCase: false })),
  },
  {
    check: 'email-in.threading',
    what: 'no token in the body',
    verdict: 'fail',
    says: /Not threaded by body/,
    plant: ({ org }) =>
      updateMetadata(org, 'CaseSettings', { fullName: 'Case', emailToCase: { enableThreadTokenInBody: false } }),
  },
  {
    check: 'email-in.routing-address',
    what: 'the routing address was deleted',
    verdict: 'fail',
    says: /support@example\.com is no routing address/,
    plant: async ({ control }) => {
      const { routingAddresses } = await control<{ routingAddresses: { id: string }[] }>(
        'GET',
        'mail/routing-addresses',
      );
      for (const { id } of routingAddresses) await control('DELETE', `mail/routing-addresses/${id}`);
    },
  },
  {
    check: 'email-in.address-verified',
    what: 'the link was never followed',
    verdict: 'fail',
    says: /is not verified: its mail is dropped/,
    plant: (stage) => changeAddress(stage, { isVerified: false }),
  },
  {
    check: 'email-in.save-headers',
    what: 'headers are not saved',
    verdict: 'warn',
    says: /does not save headers/,
    plant: (stage) => changeAddress(stage, { saveEmailHeaders: false }),
  },
  {
    check: 'email-in.accept-from',
    what: 'a list of senders',
    verdict: 'warn',
    says: /takes mail only from partner\.example/,
    plant: (stage) => changeAddress(stage, { authorizedSenders: 'partner.example' }),
  },
  {
    check: 'email-in.no-task',
    what: 'a task for each mail',
    verdict: 'warn',
    says: /makes a task of each mail/,
    plant: (stage) =>
      emailToCaseWith(stage, (block) => ({
        ...block,
        routingAddresses: (block['routingAddresses'] as object[]).map((one) => ({ ...one, createTask: true })),
      })),
  },
  {
    check: 'email-in.case-values',
    what: 'another priority',
    verdict: 'warn',
    says: /priority High, not Medium/,
    plant: (stage) => changeAddress(stage, { casePriority: 'High' }),
  },
  {
    check: 'email-in.owner',
    what: 'a person owns new Cases',
    verdict: 'warn',
    says: /the user rep@example\.com/,
    plant: (stage) => changeAddress(stage, { caseOwner: 'rep@example.com', caseOwnerType: 'User' }),
  },
  {
    check: 'email-in.owner',
    what: 'the queue takes no Cases any more',
    verdict: 'fail',
    says: /the queue Tier_1_Support, which takes no Cases/,
    plant: ({ control }) => answerQuery(control, 'FROM QueueSobject', []),
  },
  {
    check: 'email-in.assignment-rule',
    what: 'the rule was deactivated',
    verdict: 'warn',
    says: /No assignment rule of Cases is active/,
    plant: ({ org }) =>
      deployFiles(
        org,
        {
          'assignmentRules/Case.assignmentRules':
            '<?xml version="1.0" encoding="UTF-8"?><AssignmentRules xmlns="http://soap.sforce.com/2006/04/metadata"><assignmentRule><fullName>All to tier 1</fullName><active>false</active></assignmentRule></AssignmentRules>',
        },
        'AssignmentRules',
        'Case',
      ),
  },
  {
    check: 'email-in.spf',
    what: 'SPF without Salesforce',
    verdict: 'warn',
    says: /SPF of example\.com does not let Salesforce send/,
    plant: (stage) => withZone(stage, { ...healthyZone, 'example.com': { TXT: ['v=spf1 mx -all'] } }),
  },
  {
    check: 'email-in.forwarding',
    what: 'Gmail’s code waits',
    verdict: 'fail',
    says: /Gmail’s code came .* ago, and no mail since/,
    plant: async ({ org, control }) => {
      await new Promise((done) => setTimeout(done, 1100));
      const mail = customerMail(
        'Gmail Forwarding Confirmation',
        'Confirmation code: 123456789',
        'forwarding-noreply@google.com',
      );
      await control('POST', 'mail/receive', mail);
      await org.jobsDone();
    },
  },
  {
    check: 'email-in.inbound',
    what: 'no mail for ten days',
    verdict: 'warn',
    says: /The last mail came in 10 days ago/,
    plant: async (stage) => {
      const rows = await stage.admin.query('SELECT Id FROM EmailMessage WHERE Incoming = true');
      for (const { Id } of rows)
        await stage.control('PATCH', `records/EmailMessage/${String(Id)}`, { CreatedDate: ago(10 * day) });
    },
  },
  {
    check: 'email-in.replies',
    what: 'an answer opened a Case of its own',
    verdict: 'warn',
    says: /1 of 2 answers opened a Case of its own/,
    plant: async ({ org, control }) => {
      await control('POST', 'mail/receive', customerMail('Re: Another order', 'Where is it?'));
      await org.jobsDone();
    },
  },
  {
    check: 'email-out.deliverability',
    what: 'System email only',
    verdict: 'fail',
    says: /the access level is below All email/,
    plant: async ({ control }) => {
      await control('PATCH', 'mail/settings', { deliverability: 'system' });
    },
  },
  {
    check: 'email-out.daily-limit',
    what: 'the mails of the day are used up',
    verdict: 'fail',
    says: /All 50 mails of today are used up/,
    plant: ({ control }) => answerLimits(control, { SingleEmail: { Max: 50, Remaining: 0 } }),
  },
  {
    check: 'email-out.send-permission',
    what: 'the profile lost Send Email',
    verdict: 'fail',
    says: /lacks Send Email/,
    plant: ({ org }) =>
      deployFiles(
        org,
        {
          'profiles/OpenCX Integration.profile':
            '<?xml version="1.0" encoding="UTF-8"?><Profile xmlns="http://soap.sforce.com/2006/04/metadata"><custom>true</custom><userLicense>Salesforce</userLicense><userPermissions><enabled>false</enabled><name>EmailSingle</name></userPermissions></Profile>',
        },
        'Profile',
        'OpenCX Integration',
      ),
  },
  {
    check: 'email-out.own-address',
    what: 'the user never followed the link',
    verdict: 'warn',
    says: /is not verified/,
    plant: ({ control }) => answerQuery(control, 'FROM TwoFactorMethodsInfo', [{ HasUserVerifiedEmailAddress: false }]),
  },
  {
    check: 'email-out.org-wide-address',
    what: 'the address was deleted',
    verdict: 'fail',
    says: /There is no organization-wide address support@example\.com/,
    plant: async (stage) => {
      await stage.admin.call('DELETE', `/services/data/v66.0/sobjects/OrgWideEmailAddress/${await addressId(stage)}`);
    },
  },
  {
    check: 'email-out.org-wide-verified',
    what: 'the link was never followed',
    verdict: 'fail',
    says: /support@example\.com is not verified/,
    plant: async (stage) => {
      await stage.control('PATCH', `mail/org-wide-addresses/${await addressId(stage)}`, { isVerified: false });
    },
  },
  {
    check: 'email-out.org-wide-profiles',
    what: 'the address is for other profiles',
    verdict: 'fail',
    says: /is not open to the profile OpenCX Integration/,
    plant: async (stage) => {
      await stage.admin.update('OrgWideEmailAddress', await addressId(stage), { IsAllowAllProfiles: false });
    },
  },
  {
    check: 'email-out.default-no-reply',
    what: 'no address for it',
    verdict: 'warn',
    says: /No organization-wide address is the default no-reply address/,
    plant: async ({ org, admin }) => {
      const id = await idOf(org, "SELECT Id FROM OrgWideEmailAddress WHERE Address = 'noreply@example.com'");
      await admin.update('OrgWideEmailAddress', id, { Purpose: 'UserSelection' });
    },
  },
  {
    check: 'email-out.sending-domain',
    what: 'nothing verifies the domain',
    verdict: 'fail',
    says: /Mail from support@example\.com is discarded/,
    plant: async ({ org, control }) => {
      await control('PATCH', 'mail/settings', { verifiedDomains: [] });
      await control('PATCH', `records/EmailDomainKey/${await idOf(org, 'SELECT Id FROM EmailDomainKey')}`, {
        DomainMatch: 'SubdomainsOnly',
      });
    },
  },
  {
    check: 'email-out.dkim',
    what: 'the key was deactivated',
    verdict: 'warn',
    says: /The DKIM key of example\.com is not active/,
    plant: async ({ org, control }) => {
      const id = await idOf(org, 'SELECT Id FROM EmailDomainKey');
      await control('PATCH', `records/EmailDomainKey/${id}`, { IsActive: false });
    },
  },
  {
    check: 'email-out.dkim',
    what: 'a record of the key is gone',
    verdict: 'fail',
    says: /b\._domainkey\.example\.com has no CNAME record/,
    plant: async (stage) => {
      const { 'b._domainkey.example.com': _, ...zone } = healthyZone;
      return await withZone(stage, zone);
    },
  },
  {
    check: 'email-out.unsent',
    what: 'a reply without the mark of having been sent',
    verdict: 'fail',
    says: /1 reply of OpenCX was not sent/,
    plant: async (stage) => {
      await stage.control('PATCH', `records/EmailMessage/${await replyId(stage)}`, { OpenCx_Sent__c: false });
    },
  },
  {
    check: 'email-out.tokens',
    what: 'the answer brings no token back',
    verdict: 'warn',
    says: /No token came back in 1 answer to/,
    plant: async ({ org, control }) => {
      const id = await idOf(org, "SELECT Id FROM EmailMessage WHERE Incoming = true AND Subject = 'Re: Your order'");
      await control('PATCH', `records/EmailMessage/${id}`, { TextBody: 'Thank you!' });
    },
  },
  {
    check: 'email-out.bounces',
    what: 'a reply came back',
    verdict: 'warn',
    says: /1 of the last 1 mail bounced/,
    plant: async (stage) => {
      await stage.control('PATCH', `records/EmailMessage/${await replyId(stage)}`, { IsBounced: true });
    },
  },
  {
    check: 'email-out.duplicates',
    what: 'a reply was written twice',
    verdict: 'warn',
    says: /1 mail was written twice/,
    plant: async (stage) => {
      const [row] = await stage.admin.query(
        'SELECT ParentId, Subject, TextBody, ToAddress, Status, CreatedById, CreatedDate FROM EmailMessage WHERE Incoming = false',
      );
      const { attributes: _, ...values } = row ?? {};
      await stage.control('POST', 'records/EmailMessage', { ...values, Incoming: false, OpenCx_Sent__c: true });
    },
  },
  {
    check: 'email-out.logged-errors',
    what: 'the sender was refused',
    verdict: 'fail',
    says: /Replies were refused: [\s\S]*sendEmail failed/,
    plant: async ({ control }) => {
      await control('POST', 'logs', {
        username: integrationUser,
        body: '66.0 APEX_CODE,DEBUG\n10:00:00.0 (1)|USER_DEBUG|[9]|ERROR|OpenCxOutboundEmailSender sendEmail failed: 02sxx UNVERIFIED_SENDER_ADDRESS: not verified',
        startTime: new Date().toISOString(),
      });
    },
  },
];

import { z } from 'zod';

const text = (description: string) => z.string().min(1).describe(description);
const named = (value: string, description: string) => z.string().min(1).default(value).describe(description);
const flag = (value: boolean, description: string) => z.boolean().default(value).describe(description);
const list = (description: string) => z.array(z.string().min(1)).default([]).describe(description);

const app = z
  .strictObject({
    manage: flag(true, 'Make the External Client App that OpenCX logs in by, and keep it as described here.'),
    name: named('OpenCX', 'API name of the External Client App.'),
    label: named('OpenCX', 'Label of the External Client App.'),
    contactEmail: text('Contact address of the app; without it, the address of the user who sets up.').optional(),
    callbackUrl: z
      .url()
      .default('https://api.open.cx/backend/salesforce-case-management/oauth/callback')
      .describe('Callback URL, as the OpenCX page gives it.'),
    pkceRequired: flag(false, 'Require PKCE; OpenCX is not known to send a code challenge.'),
    permittedUsers: z
      .enum(['AllSelfAuthorized', 'AdminApprovedPreAuthorized'])
      .default('AllSelfAuthorized')
      .describe('Who may use the app: all users who allow it, or those with the integration permission set.'),
    readCredentials: flag(true, 'Read consumer key and secret over REST, by a permission and a setting lent for it.'),
  })
  .prefault({})
  .describe('The External Client App for OpenCX.');

const integrationUser = z
  .strictObject({
    manage: flag(true, 'Create the user where the org has none of that Username.'),
    firstName: named('OpenCX', 'First name of a user that is created.'),
    lastName: named('Integration', 'Last name of a user that is created.'),
    email: text('Address of a user that is created; without it, that of the user who sets up.').optional(),
    access: z
      .enum(['administrator', 'least-privilege'])
      .default('administrator')
      .describe(
        'A cloned System Administrator profile, as the OpenCX page has it, or a minimal profile with a permission set.',
      ),
    profile: text('Profile of a user that is created; without it, the one that goes with `access`.').optional(),
  })
  .prefault({})
  .describe('The dedicated Salesforce user OpenCX logs in as; blueprint.integrationUsername names it.');

const reps = z
  .strictObject({
    profiles: list('Profiles whose users see the fields of OpenCX.'),
    roles: list('Roles (API name or label) whose users see the fields of OpenCX.'),
    usernames: list('Users who see the fields of OpenCX, by Username.'),
    self: flag(true, 'The user who sets up sees them too: administrators have no access to a new field by themselves.'),
  })
  .prefault({})
  .describe('Who, beside the integration user, gets the permission set.');

const emailToCase = z
  .strictObject({
    manage: flag(true, 'Switch on Email-to-Case and add the routing addresses.'),
    acceptPermanent: flag(false, 'Known and wanted: Email-to-Case cannot be switched off again.'),
    moreAddresses: list('Customer-facing mailboxes beside blueprint.replyTo, one routing address each.'),
    owner: z
      .strictObject({
        type: z.enum(['Queue', 'User', 'none']).default('Queue').describe('none leaves it to assignment rules.'),
        name: named('Tier_1_Support', 'DeveloperName of the queue, or Username.'),
      })
      .prefault({})
      .describe('Who owns new Cases.'),
    queue: z
      .strictObject({
        create: flag(true, 'Create the owner queue where the org has none of that name.'),
        label: named('Tier 1 Support', 'Label of a queue that is created.'),
        members: list('Usernames who become members of a queue that is created.'),
      })
      .prefault({})
      .describe('The owner queue.'),
    priority: named('Medium', 'Priority of new Cases.'),
    origin: named('Email', 'Origin of new Cases.'),
    mailProvider: z
      .enum(['gmail', 'outlook', 'dns', 'other'])
      .default('other')
      .describe('Where the mailbox is, for the forwarding instructions; dns: you control the MX records.'),
  })
  .prefault({})
  .describe('Email-to-Case.');

const mail = z
  .strictObject({
    displayName: named('Support', 'Display name of an organization-wide address that is created.'),
    substituteFrom: z
      .boolean()
      .optional()
      .describe('EmailAuthorizationSettings.enableSubstituteFromAddress; absent leaves it as it is.'),
    checkDns: flag(true, 'Look up SPF, DKIM and DMARC of the sending domain.'),
    dnsServers: list('DNS servers to ask (address or address:port) instead of those of this machine.'),
  })
  .prefault({})
  .describe('What sending mail needs; blueprint.orgWideEmailAddress names the organization-wide address.');

/** The answers of the wizard beyond the blueprint: what is set up in the org around the Apex. */
export const setupSettingsSchema = z
  .strictObject({
    channels: z
      .array(z.enum(['email', 'messaging']))
      .min(1)
      .default(['email'])
      .describe('Email Cases, Live Messaging, or both.'),
    app,
    integrationUser,
    reps,
    emailToCase,
    mail,
  })
  .prefault({})
  .describe('What is set up around the Apex: app, user, Email-to-Case, mail.');

export type SetupSettings = z.output<typeof setupSettingsSchema>;

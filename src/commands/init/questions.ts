import { addressProblem, usernameProblem, webhookUrlProblem } from '../../blueprint/validation/addresses.ts';
import type { Config } from '../../config/config-schema.ts';
import type { OrgChoices } from '../../provision/setup/facts/read-choices.ts';
import type { Question } from '../../terminal/interview/question.ts';
import { messagingQuestions } from './messaging-questions.ts';
import { developerNameOf, type Answers } from './answers.ts';

/** The questions of the wizard, with what this org has to choose from. */
export function setupQuestions(choices: OrgChoices, config: Config): Question<Answers>[] {
  return [
    channels,
    replyTo(choices, config),
    mailProvider,
    ...emailQuestions(choices),
    ...peopleQuestions(choices, config),
    ...messagingQuestions(choices),
    webhookUrl(choices, config),
  ];
}

const byEmail = ({ channels: chosen }: Partial<Answers>): boolean => chosen?.includes('email') === true;

const channels: Question<Answers> = {
  id: 'channels',
  kind: 'several',
  message: 'Which channels shall OpenCX hand over to Salesforce?',
  explain: 'Email becomes Cases; chat, SMS, WhatsApp and phone go through Live Messaging.',
  choices: () => [
    { value: 'email', name: 'Email Cases' },
    { value: 'messaging', name: 'Live Messaging (MIAW)' },
  ],
  default: () => ['email'],
};

function replyTo({ emailToCase }: OrgChoices, { blueprint }: Config): Question<Answers> {
  const known = emailToCase.known ? emailToCase.value.routingAddresses : [];
  return {
    id: 'replyTo',
    kind: 'text',
    message: 'Which mailbox do customers write to?',
    explain:
      known.length === 0
        ? 'It becomes the Email-to-Case routing address that replies come back to, e.g. support@yourcompany.com.'
        : `Routing addresses of this org: ${known.map((one) => one.emailAddress).join(', ')}. Another one is added.`,
    default: () => known[0]?.emailAddress ?? blueprint.replyTo,
    problem: (value: string) => addressProblem(value.trim()),
  };
}

const mailProvider: Question<Answers> = {
  id: 'mailProvider',
  when: byEmail,
  kind: 'choice',
  message: 'Where is that mailbox?',
  explain: 'Mail has to be forwarded to Salesforce; the steps depend on the provider.',
  choices: () => [
    { value: 'gmail', name: 'Gmail or Google Workspace' },
    { value: 'outlook', name: 'Outlook or Microsoft 365' },
    { value: 'dns', name: 'our own mail server (we control DNS)' },
    { value: 'other', name: 'elsewhere' },
  ],
  default: () => 'gmail',
};

function emailQuestions({ emailToCase, queues, orgWideAddresses }: OrgChoices): Question<Answers>[] {
  const isOn = emailToCase.known && emailToCase.value.onDemand;
  return [
    {
      id: 'acceptPermanent',
      when: (answers) => byEmail(answers) && !isOn,
      kind: 'yes-no',
      message: 'Switch Email-to-Case on? Salesforce lets nobody switch it off again.',
      explain: 'It is off in this org. Without it no mail becomes a Case.',
      default: () => false,
    },
    {
      id: 'owner',
      when: byEmail,
      kind: 'choice',
      message: 'Who owns new Cases?',
      explain: 'A queue lets the whole team see them; assignment rules can move them on.',
      choices: () => [
        ...queues.map(({ developerName, label }) => ({ value: developerName, name: label })),
        { value: 'new', name: 'a new queue' },
        { value: 'none', name: 'nobody: our assignment rules decide' },
      ],
      default: () => queues[0]?.developerName ?? 'new',
    },
    {
      id: 'queueLabel',
      when: (answers) => byEmail(answers) && answers.owner === 'new',
      kind: 'text',
      message: 'What shall the queue be called?',
      explain: 'Its label; members can be added in Setup → Queues, or by setup.emailToCase.queue.members.',
      default: () => 'Tier 1 Support',
      problem: (value: string) => queueProblem(value, queues),
    },
    {
      id: 'sender',
      when: byEmail,
      kind: 'choice',
      message: 'Which address shall AI replies come from?',
      explain:
        'An organization-wide address keeps replies out of spam folders; a new one has to be verified by a link.',
      choices: ({ replyTo: mailbox }) => [
        ...orgWideAddresses.map(({ address, isVerified }) => ({
          value: address,
          name: `${address}${isVerified === false ? ' (not verified yet)' : ''}`,
        })),
        ...(orgWideAddresses.some(({ address }) => address === mailbox)
          ? []
          : [{ value: 'reply-to', name: `${mailbox ?? 'the mailbox'}, as a new organization-wide address` }]),
        { value: 'none', name: "the integration user's own address" },
      ],
      default: () => orgWideAddresses[0]?.address ?? 'reply-to',
    },
  ];
}

function queueProblem(label: string, queues: OrgChoices['queues']): string | undefined {
  if (label.trim() === '') return 'has no letters';
  if (label.trim().length > 40) return 'is longer than 40 characters';
  const name = developerNameOf(label);
  return queues.some(({ developerName }) => developerName.toLowerCase() === name.toLowerCase())
    ? 'is the name of a queue that is there already'
    : undefined;
}

function peopleQuestions({ user, profiles }: OrgChoices, { blueprint }: Config): Question<Answers>[] {
  const domain = user.username.slice(user.username.lastIndexOf('@') + 1);
  return [
    {
      id: 'integrationUsername',
      kind: 'text',
      message: 'Which user does OpenCX log in as?',
      explain:
        'A Username of its own, not a person: the integration goes on when people leave. It is created if missing.',
      default: () => blueprint.integrationUsername ?? `opencx.integration@${domain}`,
      problem: (value: string) =>
        value.trim().toLowerCase() === user.username.toLowerCase()
          ? 'is you: OpenCX should not act as a person'
          : usernameProblem(value.trim()),
    },
    {
      id: 'access',
      kind: 'choice',
      message: 'What may that user do?',
      explain: 'Taken for a user that is created; one that is there keeps its profile.',
      choices: () => [
        {
          value: 'administrator',
          name: 'as the OpenCX page says: a clone of System Administrator',
          description: 'lacks Approve Uninstalled Connected Apps, which the External Client App does not need',
        },
        {
          value: 'least-privilege',
          name: 'only what OpenCX needs: a minimal profile and a permission set',
          description: 'where Cases are private, share them with the user',
        },
      ],
      default: () => 'administrator',
    },
    {
      id: 'repProfiles',
      kind: 'several',
      optional: true,
      message: 'Whose users shall see which Cases come from OpenCX?',
      explain: 'They get the permission set with the field. None is fine; reps can be added later.',
      choices: () => profiles.map(({ name, users }) => ({ value: name, name: `${name} (${users})` })),
      default: () => [],
    },
  ];
}

function webhookUrl({ webhookKnown }: OrgChoices, { blueprint }: Config): Question<Answers> {
  return {
    id: 'webhookUrl',
    // The local org comes with one of its own; anybody's else is asked for.
    when: () => !webhookKnown && blueprint.webhookUrl === undefined,
    kind: 'secret',
    optional: true,
    message: 'Which webhook URL does OpenCX show? (Enter alone: not yet)',
    explain:
      'OpenCX shows it once it is connected, and for that it needs what this set-up hands over. So it may come later.',
    problem: (value: string) => (value.trim() === '' ? undefined : webhookUrlProblem(value.trim())),
  };
}

import type { LoadedConfig, Override } from '../../config/load-config.ts';

/** What the wizard asks. Everything else is read from the org, or has a default that a configuration file can change. */
export interface Answers {
  channels: ('email' | 'messaging')[];
  replyTo: string;
  mailProvider: 'gmail' | 'outlook' | 'dns' | 'other';
  acceptPermanent: boolean;
  /** `new`, `none`, or the DeveloperName of a queue. */
  owner: string;
  queueLabel: string;
  /** `none`, `reply-to`, or an organization-wide address. */
  sender: string;
  integrationUsername: string;
  access: 'administrator' | 'least-privilege';
  repProfiles: string[];
  /** Empty as long as OpenCX is not connected. */
  webhookUrl: string;
  /** `new`, or the API name of an Embedded Service Deployment. */
  deployment: string;
  /** Empty as long as OpenCX has not said it. */
  issuer: string;
}

/** A queue's DeveloperName from its label, as Setup makes it. */
export function developerNameOf(label: string): string {
  const name = label
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(name) ? name.slice(0, 80) : `Q_${name}`.slice(0, 80);
}

/** The answers as configuration, each where a file would have it. */
export function settingsOf(answers: Partial<Answers>): Override[] {
  const { channels, replyTo, mailProvider, acceptPermanent, integrationUsername, access, repProfiles } = answers;
  const rows: [path: string, value: unknown][] = [
    ['setup.channels', channels],
    ['blueprint.replyTo', replyTo],
    ['blueprint.integrationUsername', integrationUsername],
    ['blueprint.orgWideEmailAddress', senderOf(answers)],
    ['setup.integrationUser.access', access],
    ['setup.emailToCase.mailProvider', mailProvider],
    ['setup.emailToCase.acceptPermanent', acceptPermanent],
    ['setup.reps.profiles', repProfiles],
    ...ownerOf(answers),
    ...messagingOf(answers),
  ];
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => ({ path: path.split('.'), value, origin: 'the wizard' }));
}

function senderOf({ sender, replyTo }: Partial<Answers>): string | undefined {
  return sender === 'reply-to' ? replyTo : sender === 'none' ? undefined : sender;
}

function ownerOf({ owner, queueLabel }: Partial<Answers>): [string, unknown][] {
  if (owner === undefined) return [];
  if (owner === 'none') return [['setup.emailToCase.owner.type', 'none']];
  const label = queueLabel ?? 'Tier 1 Support';
  return [
    ['setup.emailToCase.owner.type', 'Queue'],
    ['setup.emailToCase.owner.name', owner === 'new' ? developerNameOf(label) : owner],
    ...(owner === 'new' ? [['setup.emailToCase.queue.label', label] as [string, unknown]] : []),
  ];
}

function messagingOf({ deployment, issuer }: Partial<Answers>): [string, unknown][] {
  return [
    ...(deployment === undefined
      ? []
      : [deployment === 'new' ? ['messaging.createDeployment', true] : ['messaging.deployment', deployment]]),
    ...(issuer === undefined || issuer === '' ? [] : [['messaging.issuer', issuer]]),
  ] as [string, unknown][];
}

/** What files, flags and variables answer already: not to be asked again. */
export function answersGiven({ config, origins }: LoadedConfig): Partial<Answers> {
  const { blueprint, setup, messaging } = config;
  const rows: [path: string, answer: keyof Answers, value: Answers[keyof Answers] | undefined][] = [
    ['setup.channels', 'channels', setup.channels],
    ['blueprint.replyTo', 'replyTo', blueprint.replyTo],
    ['blueprint.integrationUsername', 'integrationUsername', blueprint.integrationUsername],
    ['blueprint.orgWideEmailAddress', 'sender', blueprint.orgWideEmailAddress],
    ['blueprint.webhookUrl', 'webhookUrl', blueprint.webhookUrl],
    ['setup.integrationUser.access', 'access', setup.integrationUser.access],
    ['setup.emailToCase.mailProvider', 'mailProvider', setup.emailToCase.mailProvider],
    ['setup.emailToCase.acceptPermanent', 'acceptPermanent', setup.emailToCase.acceptPermanent],
    ['setup.emailToCase.owner.name', 'owner', setup.emailToCase.owner.name],
    ['setup.reps.profiles', 'repProfiles', setup.reps.profiles],
    ['messaging.createDeployment', 'deployment', messaging.createDeployment ? 'new' : undefined],
    ['messaging.deployment', 'deployment', messaging.deployment],
    ['messaging.issuer', 'issuer', messaging.issuer],
  ];
  const given = rows.filter(([path, , value]) => origins.has(path) && value !== undefined);
  const leftToRules = setup.emailToCase.owner.type === 'none' ? { owner: 'none' } : {};
  return {
    ...(Object.fromEntries(given.map(([, answer, value]) => [answer, value])) as Partial<Answers>),
    ...leftToRules,
  };
}

import type { BlueprintSettings } from '../../config/blueprint-settings.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import {
  addressProblem,
  displayTextProblem,
  hostnameProblem,
  usernameProblem,
  webhookUrlProblem,
} from './addresses.ts';
import { contractProblems } from './contract-problems.ts';
import { nameProblems } from './name-problems.ts';

/** One value that cannot be rendered, and what to do about it. */
export interface SettingProblem {
  /** Path of the setting, e.g. `names.triggers.newCase`. */
  setting: string;
  /** What is wrong, as the end of a sentence that begins with the setting. */
  problem: string;
  remedy: string;
}

/**
 * Everything in the settings that must not get into Apex or metadata; empty when they can be rendered.
 *
 * `replyTo`, `integrationUsername` and `webhookUrl` are required: nothing works without them. `orgWideEmailAddress`
 * and `senderDisplayName` may be absent, and one of them must be: Salesforce refuses mail that carries both
 * (DUPLICATE_SENDER_DISPLAY_NAME).
 */
export function settingProblems(settings: BlueprintSettings): SettingProblem[] {
  return [
    ...required(settings),
    ...nameProblems(settings),
    ...contractProblems(settings.contract),
    ...texts(settings),
    ...delivery(settings),
  ];
}

/** @throws OpencxError BLUEPRINT_INVALID naming every problem at once, with a remedy for each. */
export function validateSettings(settings: BlueprintSettings): void {
  refuseProblems('The blueprint', settingProblems(settings));
}

/**
 * Does nothing where there are no problems.
 * @param what cannot be rendered, e.g. `The blueprint`
 * @throws OpencxError BLUEPRINT_INVALID naming every problem at once, with a remedy for each.
 */
export function refuseProblems(what: string, problems: readonly SettingProblem[]): void {
  if (problems.length === 0) return;
  throw new OpencxError('BLUEPRINT_INVALID', {
    message: `${what} cannot be rendered: ${problems.map(({ setting, problem }) => `${setting} ${problem}`).join('; ')}.`,
    details: { problems },
    nextSteps: [...new Set(problems.map(({ remedy }) => remedy))],
  });
}

type Check = (value: string) => string | undefined;

function* required(settings: BlueprintSettings): Generator<SettingProblem> {
  const rows = [
    ['replyTo', addressProblem, 'Give the verified Email-to-Case routing address, e.g. support@example.com.'],
    ['integrationUsername', usernameProblem, 'Give the Username (Setup → Users) of the user OpenCX logs in as.'],
    ['webhookUrl', webhookUrlProblem, 'Copy the webhook URL from OpenCX: Settings → Integrations → Salesforce.'],
  ] as const satisfies readonly (readonly [keyof BlueprintSettings, Check, string])[];
  for (const [setting, check, remedy] of rows) {
    const value = settings[setting];
    const problem = value === undefined ? 'is missing' : check(value);
    if (problem !== undefined) yield { setting, problem, remedy };
  }
}

function* texts(settings: BlueprintSettings): Generator<SettingProblem> {
  const { orgWideEmailAddress, senderDisplayName, emailService } = settings;
  const rows: [string, string | undefined, Check, string][] = [
    [
      'orgWideEmailAddress',
      orgWideEmailAddress,
      addressProblem,
      'Give an address from Setup → Organization-Wide Addresses.',
    ],
    ['senderDisplayName', senderDisplayName, displayTextProblem, 'Give a short name without line breaks.'],
    [
      'caseFromValue',
      settings.caseFromValue,
      displayTextProblem,
      'Leave it at opencx unless OpenCX writes another value.',
    ],
    [
      'namedCredential.label',
      settings.namedCredential.label,
      displayTextProblem,
      'Give a label of 1 to 80 characters.',
    ],
    ['permissionSet.label', settings.permissionSet.label, displayTextProblem, 'Give a label of 1 to 80 characters.'],
    [
      'emailService.mailgunDomain',
      emailService.mailgunDomain,
      hostnameProblem,
      'Give the sending domain, e.g. mg.example.com.',
    ],
  ];
  for (const [setting, value, check, remedy] of rows) {
    const problem = value === undefined ? undefined : check(value);
    if (problem !== undefined) yield { setting, problem, remedy };
  }
  if (orgWideEmailAddress !== undefined && senderDisplayName !== undefined) {
    yield {
      setting: 'senderDisplayName',
      problem: 'cannot be used together with orgWideEmailAddress: Salesforce refuses mail that carries both',
      remedy: 'Leave out senderDisplayName: the organization-wide address has a display name of its own.',
    };
  }
}

function* delivery(settings: BlueprintSettings): Generator<SettingProblem> {
  const version = /^(\d{2,3})\.0$/.exec(settings.apiVersion)?.[1];
  if (version === undefined || Number(version) < oldestApiVersion) {
    yield {
      setting: 'apiVersion',
      problem: `must be a Salesforce API version from ${oldestApiVersion}.0 on, such as 66.0`,
      remedy: 'Leave out apiVersion, or give one that the org has (GET /services/data lists them).',
    };
  }
  const delays = settings.webhook.retryDelaysMinutes;
  if (delays.some((delay, index) => delay < (delays[index - 1] ?? 0))) {
    yield {
      setting: 'webhook.retryDelaysMinutes',
      problem: 'must grow from one attempt to the next',
      remedy: 'Give delays such as [1, 5].',
    };
  }
}

/** `WITH SYSTEM_MODE`, access levels and delayed Queueables are all there from Winter '24 on. */
const oldestApiVersion = 59;

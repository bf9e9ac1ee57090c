import type { BlueprintSettings } from '../config/blueprint-settings.ts';
import { OpencxError } from '../errors/opencx-error.ts';
import type { CommandContext } from './command-context.ts';
import type { FlagMapping } from './load-settings.ts';

/** Flags that set what is rendered, shared by every command that renders. */
export const blueprintFlags: readonly FlagMapping[] = [
  { flag: 'replyTo', path: ['blueprint', 'replyTo'] },
  { flag: 'integrationUser', path: ['blueprint', 'integrationUsername'] },
  { flag: 'webhookUrl', path: ['blueprint', 'webhookUrl'] },
  { flag: 'orgWideEmail', path: ['blueprint', 'orgWideEmailAddress'] },
];

/** What cannot be guessed, with the words for asking and for the error. */
const required = [
  { key: 'replyTo', flag: '--reply-to', env: 'OPENCX_SF_REPLY_TO', question: 'Which address do customers reply to?' },
  {
    key: 'integrationUsername',
    flag: '--integration-user',
    env: 'OPENCX_SF_INTEGRATION_USER',
    question: 'What is the Username of the OpenCX integration user in Salesforce?',
  },
  {
    key: 'webhookUrl',
    flag: '--webhook-url',
    env: 'OPENCX_SF_WEBHOOK_URL',
    question: 'Which webhook URL does OpenCX show?',
  },
] as const;

/** A missing value as the one usage error names it. */
export interface MissingInput {
  flag: string;
  env: string;
}

/** The inputs that a rendering needs and does not have. */
export function missingBlueprintInputs(settings: BlueprintSettings): MissingInput[] {
  return required.filter(({ key }) => settings[key] === undefined).map(({ flag, env }) => ({ flag, env }));
}

/** Asks for what is missing, one question each; the settings given are left as they are. */
export async function askForBlueprintInputs(
  context: CommandContext,
  settings: BlueprintSettings,
): Promise<BlueprintSettings> {
  const { ask } = await import('../terminal/prompt.ts');
  const answered = { ...settings };
  for (const { key, question } of required) {
    if (answered[key] === undefined) answered[key] = (await ask(context.terminal, question)).trim();
  }
  const repeat = required.map(({ key, flag }) => `${flag} ${key === 'webhookUrl' ? '…' : (answered[key] ?? '')}`);
  context.terminal.note(`To repeat without questions: ${repeat.join(' ')}`);
  return answered;
}

/** @throws OpencxError MISSING_INPUT naming all of them at once; nothing if the list is empty */
export function refuseMissing(missing: readonly MissingInput[]): void {
  if (missing.length === 0) return;
  throw new OpencxError('MISSING_INPUT', {
    message: `Missing: ${missing.map((one) => one.flag).join(', ')}.`,
    details: { missing: missing.map((one) => one.flag) },
    nextSteps: missing.map((one) => `Give ${one.flag}, set ${one.env}, or write it into opencx-sf.config.json.`),
  });
}

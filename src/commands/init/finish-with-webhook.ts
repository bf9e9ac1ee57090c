import { webhookUrlProblem } from '../../blueprint/validation/addresses.ts';
import type { Config } from '../../config/config-schema.ts';
import { interview } from '../../terminal/interview/interview.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { carryOut } from '../setup/carry-out.ts';
import type { SetupResult } from '../setup/plan-schema.ts';
import { planOn } from '../setup/setup-session.ts';
import type { Target } from '../target/open-target.ts';
import type { InitFlags } from './flags.ts';

/**
 * OpenCX shows the webhook URL only once it is connected, and it is connected with what the first part has made. So here the
 * person connects, comes back with the URL, and the rest is set up.
 */
export async function finishWithWebhook(
  context: CommandContext,
  flags: InitFlags,
  config: Config,
  target: Target,
  first: CommandResult<SetupResult>,
): Promise<CommandResult<SetupResult>> {
  const waits = first.result.steps.some(({ id, status }) => id === 'webhook' && status === 'blocked');
  if (!waits) return first;
  context.terminal.note(first.text);
  const { webhookUrl } = await interview<{ webhookUrl: string }>(
    context.terminal,
    [
      {
        id: 'webhookUrl',
        kind: 'secret',
        optional: true,
        message: 'Which webhook URL does OpenCX show now? (Enter alone: later)',
        explain: 'Connect OpenCX as listed above; the URL appears in the same place.',
        problem: (value: string) => (value.trim() === '' ? undefined : webhookUrlProblem(value.trim())),
      },
    ],
    {},
    { onAnswer: () => Promise.resolve(), signal: context.signal },
  );
  const url = webhookUrl.trim();
  if (url === '') return first;
  context.terminal.redactor.addSecret(url);
  const completed = { ...config, blueprint: { ...config.blueprint, webhookUrl: url } };
  return await carryOut(context, flags, await planOn(context, flags, completed, target));
}

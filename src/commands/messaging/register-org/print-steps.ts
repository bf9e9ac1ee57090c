import type { Config } from '../../../config/config-schema.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { messagingByHand } from '../../../provision/setup/steps/messaging/by-hand.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { configuredKeys } from '../keys/folder/configured-keys.ts';
import { tasksText } from '../../setup/present-plan.ts';
import type { MessagingRegisterResult } from './result-schema.ts';

/** Stands in links for an org that nobody has named. */
const anyOrg = 'https://YOUR-DOMAIN.my.salesforce.com';

/** `--print`: everything as a person does it in Setup. No org is logged in to. */
export async function printedSteps(
  context: CommandContext,
  config: Config,
): Promise<CommandResult<MessagingRegisterResult>> {
  const { keys, folder, issuer } = await configuredKeys(context, config);
  const instanceUrl = config.login.instanceUrl ?? context.env['SF_ORG_INSTANCE_URL'] ?? anyOrg;
  const settings = { ...config.messaging, issuer };
  const manual = messagingByHand({ settings, keys, folder, instanceUrl: instanceUrl.replace(/\/+$/, '') });
  const { outColour: colour, outColumns: columns } = context.terminal;
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: {
      dryRun: true,
      kid: keys[0]?.kid ?? null,
      registration: null,
      published: 'not',
      plan: null,
      steps: [],
      manual: manual.map((task) => ({ ...task, steps: [...task.steps] })),
    },
    warnings:
      issuer === undefined ? ['The issuer is open: ask OpenCX what its tokens have as "iss"; --issuer names it.'] : [],
    text: ['By hand, in this order:', ...tasksText(manual, colour).slice(2)]
      .map((line) => wrap(line, columns, '     '))
      .join('\n'),
  };
}

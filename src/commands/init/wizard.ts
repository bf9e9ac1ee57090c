import type { Config } from '../../config/config-schema.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { readOrgChoices } from '../../provision/setup/facts/read-choices.ts';
import { interview } from '../../terminal/interview/interview.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { carryOut } from '../setup/carry-out.ts';
import { checkAfterwards } from './check-afterwards.ts';
import type { SetupResult } from '../setup/plan-schema.ts';
import { planOn, setupConfig } from '../setup/setup-session.ts';
import { prepareStateFolder } from '../state-folder.ts';
import { openTarget, type Target } from '../target/open-target.ts';
import { answersGiven, settingsOf, type Answers } from './answers.ts';
import { askForTarget } from './ask-for-target.ts';
import { ensureKey } from './ensure-key.ts';
import { readDraft, removeDraft, writeDraft } from './draft.ts';
import type { InitFlags } from './flags.ts';
import { finishWithWebhook } from './finish-with-webhook.ts';
import { writeProjectFile } from './project-file.ts';
import { setupQuestions } from './questions.ts';

/**
 * Asks, writes the answers down, shows the plan, carries it out, asks for the webhook URL once OpenCX can show it, and says
 * how to repeat all of it without a question.
 */
export async function runWizard(context: CommandContext, given: InitFlags): Promise<CommandResult<SetupResult>> {
  const { terminal } = context;
  const flags = await askForTarget(context, given);
  const { config, loaded } = await setupConfig(context, flags);
  const target = await openTarget(context, flags, config);
  const { name, id, edition, kind } = target.org.identity;
  terminal.note(`${terminal.errColour.bold('Org')} ${name} · ${id} · ${edition}, ${kind}`);

  const answers = await ask(context, flags, config, target, answersGiven(loaded));
  const state = await prepareStateFolder(context.cwd);
  terminal.redactor.addSecret(answers.webhookUrl === '' ? undefined : answers.webhookUrl);
  const written = settingsOf(answers);
  const path = await writeProjectFile(context.cwd, flags.config, [
    ...written,
    ...(target.flag === ''
      ? []
      : [{ path: ['targetOrg'], value: target.flag.replace('--target-org ', ''), origin: 'the wizard' }]),
  ]);
  if (path !== undefined) terminal.note(`Answers written to ${path}; the webhook URL is not in it.`);

  const url =
    answers.webhookUrl === ''
      ? []
      : [{ path: ['blueprint', 'webhookUrl'], value: answers.webhookUrl, origin: 'the wizard' }];
  const final = await setupConfig(context, flags, [...written, ...url]);
  await ensureKey(context, flags, final.config);
  const first = await carryOut(context, flags, await planOn(context, flags, final.config, target));
  const finished = await finishWithWebhook(context, flags, final.config, target, first);
  const result = await checkAfterwards(context, final.config, target, finished);
  await removeDraft(state);
  return { ...result, text: `${result.text}\n\nTo repeat without questions: ${repeatCommand(flags, target)}` };
}

async function ask(
  context: CommandContext,
  flags: InitFlags,
  config: Config,
  target: Target,
  given: Partial<Answers>,
): Promise<Answers> {
  const state = await prepareStateFolder(context.cwd);
  if (flags.fresh === true) await removeDraft(state);
  const draft = await readDraft(state);
  if (Object.keys(draft).length > 0) context.terminal.note('Going on with the answers of before; --fresh begins anew.');
  const choices = await readOrgChoices(target.org, config.blueprint.names.namedCredential);
  try {
    return await interview<Answers>(
      context.terminal,
      setupQuestions(choices, config),
      { ...draft, ...given },
      {
        onlyMissing: true,
        signal: context.signal,
        onAnswer: (answers) => writeDraft(state, answers),
      },
    );
  } catch (error) {
    if (!(error instanceof OpencxError) || error.code !== 'INTERRUPTED') throw error;
    throw new OpencxError('INTERRUPTED', {
      message: 'Left before anything was written to the org.',
      nextSteps: ['opencx-sf init goes on where you left; --fresh begins anew.'],
      cause: error,
    });
  }
}

function repeatCommand({ config }: InitFlags, { flag }: Target): string {
  return ['opencx-sf init', flag, ...(config === undefined ? [] : [`--config ${config}`]), '--yes']
    .filter((part) => part !== '')
    .join(' ');
}

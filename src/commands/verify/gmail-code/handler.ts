import {
  findForwardingCode,
  type AgedMail,
  type FindCodeEvent,
  type FindCodeOutcome,
} from '../../../diagnose/forwarding-code/find-code.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Org } from '../../../salesforce/org.ts';
import { startProgress } from '../../../terminal/progress.ts';
import { refuseMissing } from '../../blueprint-inputs.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { parseDuration } from '../../duration.ts';
import { loadSettings } from '../../load-settings.ts';
import { openTarget } from '../../target/open-target.ts';
import { missingTargetInputs, targetFlags } from '../../target/target-flags.ts';
import type { GmailCodeFlags } from './flags.ts';
import { nothingThere, stillWaiting, stoppedWaiting, type RelatedCommands } from './no-mail.ts';
import { ageWarnings, mailNote } from './present-mail.ts';
import { bringingMail, eventLine, waitingText } from './present-wait.ts';
import type { GmailCodeResult } from './result-schema.ts';

const longestWaitMs = 86_400_000;

/** The clipboard is reached through the terminal alone. */
const nothingCopied = '--copy put nothing onto the clipboard: that takes a terminal, and no --json.';

/** `verify gmail-code`: the newest confirmation mail, or a new one; its code alone on stdout. */
export async function gmailCodeHandler(
  context: CommandContext,
  flags: GmailCodeFlags,
): Promise<CommandResult<GmailCodeResult | null>> {
  const requestedAt = context.clock.now();
  const waitMs = waitOf(flags);
  const { config } = await loadSettings(context, flags, targetFlags);
  refuseMissing(missingTargetInputs(context, flags, config));
  const { org, flag } = await openTarget(context, flags, config);
  const commands = relatedCommands(flags, flag);
  const { provider } = flags;
  const events = findForwardingCode(org, { provider, waitMs, requestedAt, signal: context.signal });
  const outcome = await watched(context, flags, events, commands);
  if (outcome.kind === 'found') return found(context, flags, outcome, commands);
  const error = errorOf(org, flags, waitMs, outcome, commands);
  const status = outcome.kind === 'wait-over' ? 'pending' : 'error';
  return { status, exitCode: error.exitCode, result: null, warnings: [], text: '', error };
}

/** @throws OpencxError USAGE */
function waitOf({ wait }: GmailCodeFlags): number {
  const ms = wait === undefined ? 0 : parseDuration(wait, '--wait', 'm');
  if (ms <= longestWaitMs) return ms;
  throw new OpencxError('USAGE', { message: `--wait takes at most 24h, not "${wait ?? ''}".` });
}

function relatedCommands({ provider }: GmailCodeFlags, flag: string): RelatedCommands {
  const same = [...(provider === 'gmail' ? [] : [`--provider ${provider}`]), ...(flag === '' ? [] : [flag])];
  const command = (...words: string[]) => ['opencx-sf verify', ...words].join(' ');
  return {
    look: command('gmail-code', ...same),
    wait: command('gmail-code --wait 10m', ...same),
    emailIn: command('email-in', ...(flag === '' ? [] : [flag])),
  };
}

async function watched(
  context: CommandContext,
  { provider }: GmailCodeFlags,
  events: AsyncGenerator<FindCodeEvent, FindCodeOutcome>,
  commands: RelatedCommands,
): Promise<FindCodeOutcome> {
  const progress = await startProgress(context.terminal);
  let hint = bringingMail[provider];
  try {
    for (;;) {
      const step = await events.next();
      if (step.done === true) return step.value;
      if (step.value.kind !== 'waiting') {
        progress.line(eventLine(step.value, commands));
        continue;
      }
      if (hint !== undefined) progress.line(hint);
      hint = undefined;
      progress.update(waitingText(provider, step.value.leftMs));
    }
  } finally {
    progress.stop();
  }
}

function found(
  { terminal }: CommandContext,
  flags: GmailCodeFlags,
  aged: AgedMail,
  commands: RelatedCommands,
): CommandResult<GmailCodeResult> {
  const { messageId, caseId, provider, code, link, mailbox, target, receivedAt } = aged.mail;
  const text = code ?? link ?? '';
  if (flags.json !== true) terminal.note(mailNote(terminal, aged));
  const copies = flags.copy === true && terminal.columns > 0 && flags.json !== true;
  if (copies) {
    terminal.copy(text);
    terminal.note('  On your clipboard too, if your terminal lets programs put something there.');
  }
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: {
      code,
      link,
      provider,
      messageId,
      caseId,
      receivedAt: new Date(receivedAt).toISOString(),
      ageSeconds: Math.round(aged.ageMs / 1000),
      mailbox,
      target,
    },
    warnings: [...ageWarnings(aged, commands.wait), ...(flags.copy === true && !copies ? [nothingCopied] : [])],
    text,
  };
}

function errorOf(
  org: Org,
  { provider }: GmailCodeFlags,
  waitMs: number,
  outcome: Exclude<FindCodeOutcome, { kind: 'found' }>,
  commands: RelatedCommands,
): OpencxError {
  if (outcome.kind === 'none') return nothingThere(org, provider, outcome.unreadable, commands);
  if (outcome.kind === 'interrupted') return stoppedWaiting(commands);
  return stillWaiting(provider, waitMs, outcome.older, commands);
}

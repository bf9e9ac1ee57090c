import { addressProblem } from '../../../blueprint/validation/addresses.ts';
import type { Config } from '../../../config/config-schema.ts';
import { readHandoffPeople, type HandoffPeople } from '../../../diagnose/handoff/people.ts';
import { runHandoff } from '../../../diagnose/handoff/run-handoff.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { guardProduction } from '../../../provision/deploy/production-guard.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { refuseMissing } from '../../blueprint-inputs.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { consentOf } from '../../consent.ts';
import { parseDuration } from '../../duration.ts';
import { loadSettings } from '../../load-settings.ts';
import { withLocalDefaults } from '../../setup/local-defaults.ts';
import { openTarget } from '../../target/open-target.ts';
import { missingTargetInputs, targetFlags, targetName } from '../../target/target-flags.ts';
import { followTimeline } from '../timeline/follow-timeline.ts';
import type { VerifyHandoffFlags } from './flags.ts';
import { localOrgPorts } from './local-org-door.ts';
import { handoffResult } from './handoff-result.ts';
import type { VerifyHandoffResult } from './result-schema.ts';

/** How long jobs of the org may take, in milliseconds: mostly a second, in a busy org some minutes. */
const patienceMs = 120_000;

/** `verify handoff`: makes one handoff as OpenCX does, follows it through the org, and deletes it again. */
export async function verifyHandoffHandler(
  context: CommandContext,
  flags: VerifyHandoffFlags,
): Promise<CommandResult<VerifyHandoffResult>> {
  refuseOtherChannels(flags.channel);
  const waitMs = flags.wait === undefined ? 0 : parseDuration(flags.wait, '--wait', 'm');
  const config = await handoffConfig(context, flags);
  const { integrationUsername } = config.blueprint;
  if (flags.to !== undefined) refuseAddress(flags.to, '--to', config);
  refuseMissing([
    ...missingTargetInputs(context, flags, config),
    ...(integrationUsername === undefined ? [{ flag: '--integration-user', env: 'OPENCX_SF_INTEGRATION_USER' }] : []),
  ]);
  const { org, flag: target } = await openTarget(context, flags, config);
  guardProduction(org.identity, consentOf(flags), 'opencx-sf verify changes nothing');
  const people = await readHandoffPeople(org, integrationUsername ?? '');
  const to = flags.to ?? ownAddress(people, config);
  await agree(context, flags, org.identity.name, to);
  const outcome = await followTimeline(
    context,
    runHandoff({
      org,
      config,
      people,
      to,
      waitMs,
      patienceMs,
      ports: await localOrgPorts(context, org, config),
      keep: flags.keep === true,
      signal: context.signal,
    }),
  );
  return handoffResult(context, { organizationId: org.identity.id, to, target }, outcome);
}

async function handoffConfig(context: CommandContext, flags: VerifyHandoffFlags): Promise<Config> {
  const loaded = await loadSettings(context, flags, [
    ...targetFlags,
    { flag: 'integrationUser', path: ['blueprint', 'integrationUsername'] },
  ]);
  return targetName(context, loaded.config) === 'local' ? withLocalDefaults(loaded) : loaded.config;
}

/** @throws OpencxError USAGE */
function refuseOtherChannels(channel: string): void {
  if (channel === 'email') return;
  throw new OpencxError('USAGE', {
    message:
      channel === 'messaging'
        ? '--channel messaging: this version cannot follow a handoff by Live Messaging.'
        : `--channel takes email, not "${channel}".`,
    nextSteps: ['Leave --channel out for email.'],
  });
}

/**
 * The mail goes to somebody who knows of it: to the one who runs this, or whom that person names.
 * @throws OpencxError USAGE
 */
function refuseAddress(address: string, what: string, { blueprint, setup }: Config): void {
  const problem = addressProblem(address);
  if (problem !== undefined) throw new OpencxError('USAGE', { message: `${what} ${address} ${problem}.` });
  const own = [blueprint.replyTo, blueprint.orgWideEmailAddress, ...setup.emailToCase.moreAddresses];
  if (!own.some((one) => one?.toLowerCase() === address.toLowerCase())) return;
  throw new OpencxError('USAGE', {
    message: `${what} ${address} is an address that Salesforce receives mail for: the test mail would come back as a Case.`,
    nextSteps: ['Give the address of an inbox you can look into: --to you@example.com'],
  });
}

function ownAddress({ me }: HandoffPeople, config: Config): string {
  refuseAddress(me.email, `the address of ${me.username},`, config);
  return me.email;
}

/** @throws OpencxError INTERRUPTED if the person says no */
async function agree(context: CommandContext, flags: VerifyHandoffFlags, org: string, to: string): Promise<void> {
  const { terminal } = context;
  if (flags.yes === true || !terminal.mayPrompt) return;
  const { confirm } = await import('../../../terminal/prompt.ts');
  const after = flags.keep === true ? 'and leave it there' : 'and delete it again';
  const question = `Make a test Case in ${safeText(org)}, send a mail about it to ${to}, change its owner, ${after}?`;
  if (await confirm(terminal, question)) return;
  throw new OpencxError('INTERRUPTED', { message: 'Nothing was written.' });
}

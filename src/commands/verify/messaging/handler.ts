import { randomUUID } from 'node:crypto';

import { climbLadder } from '../../../diagnose/messaging/run-ladder.ts';
import type { LadderOutcome } from '../../../diagnose/messaging/ladder.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { createMessagingApi } from '../../../messaging/api/create-messaging-api.ts';
import { probeDeployment } from '../../../messaging/endpoint/probe-deployment.ts';
import { signIdentityToken } from '../../../messaging/identity/identity-token.ts';
import { guardProduction } from '../../../provision/deploy/production-guard.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { packageVersion } from '../../../version.ts';
import { refuseMissing } from '../../blueprint-inputs.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { consentOf } from '../../consent.ts';
import { parseDuration } from '../../duration.ts';
import { loadSettings } from '../../load-settings.ts';
import { messagingFlags } from '../../messaging/access/flags.ts';
import { endpointOf, openWeb } from '../../messaging/access/open-messaging.ts';
import { readSigner } from '../../messaging/access/signer.ts';
import { missingTargetInputs } from '../../target/target-flags.ts';
import { openTarget } from '../../target/open-target.ts';
import { followTimeline } from '../timeline/follow-timeline.ts';
import { timelineText } from '../timeline/present-timeline.ts';
import { endOfTimeline } from '../timeline/timeline-end.ts';
import { stageOf } from '../timeline/timeline-result.ts';
import type { VerifyMessagingFlags } from './flags.ts';
import { localRep } from './local-rep.ts';
import type { VerifyMessagingResult } from './result-schema.ts';

/** How long the org may take for what it does by itself, in milliseconds. */
const patienceMs = 30_000;

/** `verify messaging`: one conversation as OpenCX holds it, looked at from both sides, and ended again. */
export async function verifyMessagingHandler(
  context: CommandContext,
  flags: VerifyMessagingFlags,
): Promise<CommandResult<VerifyMessagingResult>> {
  const waitMs = flags.wait === undefined ? 0 : parseDuration(flags.wait, '--wait', 'm');
  const { config } = await loadSettings(context, flags, messagingFlags);
  refuseMissing(missingTargetInputs(context, flags, config));
  // Before the org is asked: without a key nothing can be tried.
  const signer = await readSigner(context, flags, config);
  const target = await openTarget(context, flags, config);
  const { org } = target;
  guardProduction(org.identity, consentOf(flags), 'opencx-sf verify --only messaging changes nothing');
  const endpoint = endpointOf(target, config);
  const ports = {
    web: await openWeb(context, endpoint.scrtUrl),
    clock: context.clock,
    clientVersion: packageVersion(),
  };
  await agree(context, flags, org.identity.name);
  const subject = flags.sub ?? `opencx-sf-test-${randomUUID().slice(0, 8)}`;
  const outcome = await followTimeline(
    context,
    climbLadder({
      org,
      config,
      api: createMessagingApi(endpoint, ports),
      probe: () => probeDeployment(endpoint, ports, context.signal),
      sign: () => signIdentityToken({ ...signer, subject }, context.clock),
      subject,
      patienceMs,
      waitMs,
      rep: waitMs === 0 ? await localRep(context, org) : undefined,
      signal: context.signal,
    }),
  );
  return resultOf(context, target.flag, org.identity.id, endpoint, outcome);
}

/** @throws OpencxError INTERRUPTED if the person says no */
async function agree(context: CommandContext, flags: VerifyMessagingFlags, org: string): Promise<void> {
  const { terminal } = context;
  if (flags.yes === true || !terminal.mayPrompt) return;
  const { confirm } = await import('../../../terminal/prompt.ts');
  const question = `Open a test conversation in ${safeText(org)}, which is offered to reps, and end it again?`;
  if (await confirm(terminal, question)) return;
  throw new OpencxError('INTERRUPTED', { message: 'Nothing was opened.' });
}

function resultOf(
  { terminal }: CommandContext,
  target: string,
  organizationId: string,
  { scrtUrl, deployment }: { scrtUrl: string; deployment: string },
  { mark, sessionId, conversationId, reports, interrupted }: LadderOutcome,
): CommandResult<VerifyMessagingResult> {
  return {
    ...endOfTimeline({
      reports,
      interrupted,
      afterwards: {
        done: 'what was opened is ended',
        skipped: 'what was opened is ended',
        failed: 'not all that was opened could be ended',
        waiting: 'not all that was opened could be ended',
      },
      what: 'The test conversation',
      failure: 'HANDOFF_FAILED',
      target,
    }),
    result: {
      organizationId,
      deployment,
      scrtUrl,
      mark,
      sessionId,
      ...(conversationId === undefined ? {} : { conversationId }),
      rungs: reports.map(stageOf),
    },
    warnings: [],
    text: timelineText(reports, target, terminal.outColour, terminal.outColumns),
  };
}

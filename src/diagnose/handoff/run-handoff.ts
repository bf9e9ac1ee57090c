import { OpencxError } from '../../errors/opencx-error.ts';
import type { Remedy } from '../finding.ts';
import { runStages } from '../timeline/run-stages.ts';
import type { Org } from '../../salesforce/org.ts';
import { cleanUp } from './clean-up.ts';
import type { HandoffOptions, HandoffRun, RecordFate } from './handoff-run.ts';
import { newMark } from './mark.ts';
import { isOpenCx } from './people.ts';
import { stageTitles, type HandoffEvent, type HandoffStage } from './stage.ts';
import { agentReplyStage } from './stages/agent-reply.ts';
import { caseNotEchoedStage } from './stages/case-not-echoed.ts';
import { createCaseStage } from './stages/create-case.ts';
import { mailSentStage } from './stages/mail-sent.ts';
import { outboundEmailStage } from './stages/outbound-email.ts';
import { ownerChangeStage } from './stages/owner-change.ts';
import { replyThreadsStage } from './stages/reply-threads.ts';
import { tokenStage } from './stages/token.ts';
import { transcriptStage } from './stages/transcript.ts';
import { webhookCalledStage } from './stages/webhook-called.ts';

const stages: readonly HandoffStage[] = [
  createCaseStage,
  transcriptStage,
  caseNotEchoedStage,
  outboundEmailStage,
  mailSentStage,
  tokenStage,
  replyThreadsStage,
  webhookCalledStage,
  agentReplyStage,
  ownerChangeStage,
];

/**
 * Makes one handoff as OpenCX does, follows it through the org, and takes it away again: also after a failure, after Ctrl-C
 * (the signal), and when nobody listens to the events any more.
 * @throws what no stage expects, once all is cleaned up
 */
export async function* runHandoff(options: HandoffOptions): AsyncGenerator<HandoffEvent, void> {
  const run = newRun(options);
  const { signal } = options;
  let records: readonly RecordFate[] = [];
  const reports = yield* runStages(run, {
    stages,
    titles: stageTitles,
    cleanUp: async () => {
      const { records: fates, ...end } = await cleanUp(run);
      records = fates;
      return end;
    },
    clock: options.org.clock,
    signal,
    remediesFor: remedyOfRules,
  });
  yield { kind: 'end', outcome: { mark: run.mark, reports, records, interrupted: signal?.aborted === true } };
}

function newRun(options: HandoffOptions): HandoffRun {
  let session: Promise<Org> | undefined;
  return {
    ...options,
    mark: newMark(options.org.clock),
    asOpenCx: async () => {
      if (isOpenCx(options.people)) return options.org;
      if (options.people.integration?.isActive !== true) return undefined;
      session ??= options.ports.asIntegrationUser?.();
      return await session;
    },
    made: [],
    found: {},
  };
}

/** Rules of the org that say what a record needs; the Apex tests meet them as well, and take the same values. */
const rules: ReadonlySet<unknown> = new Set(['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'REQUIRED_FIELD_MISSING']);

function remedyOfRules({ details }: OpencxError): Remedy[] {
  if (!rules.has(details?.['salesforceErrorCode'])) return [];
  return [{ text: 'Give what this org asks for in blueprint.testRecords (caseFields, emailMessageFields).' }];
}

import { OpencxError } from '../../errors/opencx-error.ts';
import type { Remedy } from '../finding.ts';
import type { Org } from '../../salesforce/org.ts';
import { cleanUp } from './clean-up.ts';
import type { HandoffOptions, HandoffRun } from './handoff-run.ts';
import { newMark } from './mark.ts';
import { isOpenCx } from './people.ts';
import {
  failed,
  skipped,
  stageTitles,
  type HandoffEvent,
  type Stage,
  type StageEnd,
  type StageId,
  type StageReport,
} from './stage.ts';
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

const stages: readonly Stage[] = [
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
  const reports: StageReport[] = [];
  let cleaned = false;
  let broken: { error: unknown } | undefined;
  try {
    try {
      for (const stage of stages) {
        if (isAborted(run)) break;
        yield* tried(run, stage, reports);
      }
    } catch (error) {
      broken = { error };
    }
    yield begin('clean-up');
    const start = run.org.clock.now();
    cleaned = true;
    const { records, ...end } = await cleanUp(run);
    const report = reportOf(run.org, 'clean-up', start, end);
    reports.push(report);
    yield { kind: 'stage', ...report };
    if (broken !== undefined) throw broken.error;
    yield { kind: 'end', outcome: { mark: run.mark, reports, records, interrupted: isAborted(run) } };
  } finally {
    if (!cleaned) await cleanUp(run);
  }
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

async function* tried(run: HandoffRun, stage: Stage, reports: StageReport[]): AsyncGenerator<HandoffEvent, void> {
  const { org } = run;
  const start = org.clock.now();
  yield begin(stage.id);
  const request = stage.asks?.(run);
  if (request !== undefined) yield { kind: 'ask', id: stage.id, title: stageTitles[stage.id], request };
  const report = reportOf(org, stage.id, start, await endOf(run, stage));
  reports.push(report);
  yield { kind: 'stage', ...report };
}

/** What the org refuses is how a stage ends; what is no answer of the org is a bug, and ends the run. */
async function endOf(run: HandoffRun, stage: Stage): Promise<StageEnd> {
  try {
    return await stage.run(run);
  } catch (error) {
    if (isAborted(run)) return skipped('interrupted');
    if (!(error instanceof OpencxError)) throw error;
    return failed(error.message, { remedy: [...error.nextSteps.map((text) => ({ text })), ...remedyOfRules(error)] });
  }
}

/** Rules of the org that say what a record needs; the Apex tests meet them as well, and take the same values. */
const rules: ReadonlySet<unknown> = new Set(['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'REQUIRED_FIELD_MISSING']);

function remedyOfRules({ details }: OpencxError): Remedy[] {
  if (!rules.has(details?.['salesforceErrorCode'])) return [];
  return [{ text: 'Give what this org asks for in blueprint.testRecords (caseFields, emailMessageFields).' }];
}

function begin(id: StageId): HandoffEvent {
  return { kind: 'begin', id, title: stageTitles[id] };
}

function reportOf({ clock }: Org, id: StageId, start: number, end: StageEnd): StageReport {
  const startedAt = new Date(start).toISOString();
  return { id, title: stageTitles[id], ...end, startedAt, durationMs: clock.now() - start };
}

function isAborted({ signal }: HandoffRun): boolean {
  return signal?.aborted === true;
}

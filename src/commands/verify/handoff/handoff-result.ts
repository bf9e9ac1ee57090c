import type { HandoffOutcome, StageId } from '../../../diagnose/handoff/stage.ts';
import type { StageReport, StageStatus } from '../../../diagnose/timeline/stage.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import type { ErrorCode } from '../../../errors/error-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { remedyText, timelineText } from '../present-timeline.ts';
import type { VerifyHandoffResult } from './result-schema.ts';

/** How a handoff ended: the timeline in any case, and the error that stands for an end that is not good. */
export function handoffResult(
  { terminal }: Pick<CommandContext, 'terminal'>,
  { organizationId, to, target }: Pick<VerifyHandoffResult, 'organizationId' | 'to'> & { target: string },
  outcome: HandoffOutcome,
): CommandResult<VerifyHandoffResult> {
  const { mark, reports, records } = outcome;
  const error = errorOf(outcome, target);
  return {
    status: error === undefined ? 'ok' : error.exitCode === exitCodes.stillRunning ? 'pending' : 'error',
    exitCode: error?.exitCode ?? exitCodes.done,
    result: { organizationId, channel: 'email', mark, to, stages: reports.map(stageOf), records: [...records] },
    warnings: [],
    text: timelineText(reports, target, terminal.outColour, terminal.outColumns),
    ...(error === undefined ? {} : { error }),
  };
}

/** The schema's lists are mutable, a report's are not. */
function stageOf({ evidence, remedy, ...report }: StageReport<StageId>): VerifyHandoffResult['stages'][number] {
  return { ...report, evidence: [...evidence], remedy: [...remedy] };
}

/** What became of the records, by how the clean-up ended. */
const afterwards: Readonly<Record<StageStatus, string>> = {
  done: 'what was made is deleted',
  skipped: 'what was made is kept, as --keep says',
  failed: 'not all that was made could be deleted',
  waiting: 'not all that was made could be deleted',
};

function errorOf({ reports, interrupted }: HandoffOutcome, target: string): OpencxError | undefined {
  const of = (status: StageStatus): readonly StageReport[] => reports.filter((report) => report.status === status);
  const failed = of('failed');
  const open = of('waiting');
  if (interrupted) {
    const { status } = reports.find(({ id }) => id === 'clean-up') ?? { status: 'failed' };
    return new OpencxError('INTERRUPTED', { message: `The test handoff was interrupted; ${afterwards[status]}.` });
  }
  if (failed.length > 0) return endedBy('HANDOFF_FAILED', failed, target);
  return open.length > 0 ? endedBy('STILL_WAITING', open, target) : undefined;
}

function endedBy(code: ErrorCode, reports: readonly StageReport[], target: string): OpencxError {
  return new OpencxError(code, {
    message: reports.map(({ title, detail }) => `${title}: ${detail}`).join(' | '),
    details: { stages: reports.map(({ id }) => id) },
    nextSteps: reports.flatMap(({ remedy }) => remedy.map((one) => remedyText(one, target))),
  });
}

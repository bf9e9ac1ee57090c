import type { StageReport, StageStatus } from '../../../diagnose/timeline/stage.ts';
import type { ErrorCode } from '../../../errors/error-codes.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { CommandResult } from '../../command-result.ts';
import { remedyText } from './present-timeline.ts';

/** How a timeline ended. */
export interface TimelineEnd {
  reports: readonly StageReport[];
  interrupted: boolean;
  /** What is said of an interruption, by how the clean-up ended. */
  afterwards: Readonly<Record<StageStatus, string>>;
  /** What was run, as it begins a sentence: `The test handoff`. */
  what: string;
  /** Code of a stage that failed. */
  failure: ErrorCode;
  /** The flag that names the org again. */
  target: string;
}

/** Status, exit code and error of a command that followed a timeline. */
export function endOfTimeline(end: TimelineEnd): Pick<CommandResult, 'status' | 'exitCode' | 'error'> {
  const error = errorOf(end);
  if (error === undefined) return { status: 'ok', exitCode: exitCodes.done };
  return { status: error.exitCode === exitCodes.stillRunning ? 'pending' : 'error', exitCode: error.exitCode, error };
}

function errorOf({ reports, interrupted, afterwards, what, failure, target }: TimelineEnd): OpencxError | undefined {
  const of = (status: StageStatus): readonly StageReport[] => reports.filter((report) => report.status === status);
  if (interrupted) {
    const { status } = reports.find(({ id }) => id === 'clean-up') ?? { status: 'failed' };
    return new OpencxError('INTERRUPTED', { message: `${what} was interrupted; ${afterwards[status]}.` });
  }
  const failed = of('failed');
  const open = of('waiting');
  if (failed.length > 0) return endedBy(failure, failed, target);
  return open.length > 0 ? endedBy('STILL_WAITING', open, target) : undefined;
}

function endedBy(code: ErrorCode, reports: readonly StageReport[], target: string): OpencxError {
  return new OpencxError(code, {
    message: reports.map(({ title, detail }) => `${title}: ${detail}`).join(' | '),
    details: { stages: reports.map(({ id }) => id) },
    nextSteps: reports.flatMap(({ remedy }) => remedy.map((one) => remedyText(one, target))),
  });
}

import type { HandoffOutcome } from '../../../diagnose/handoff/stage.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { timelineText } from '../timeline/present-timeline.ts';
import { endOfTimeline } from '../timeline/timeline-end.ts';
import { stageOf } from '../timeline/timeline-result.ts';
import type { VerifyHandoffResult } from './result-schema.ts';

/** How a handoff ended: the timeline in any case, and the error that stands for an end that is not good. */
export function handoffResult(
  { terminal }: Pick<CommandContext, 'terminal'>,
  { organizationId, to, target }: Pick<VerifyHandoffResult, 'organizationId' | 'to'> & { target: string },
  { mark, reports, records, interrupted }: HandoffOutcome,
): CommandResult<VerifyHandoffResult> {
  return {
    ...endOfTimeline({
      reports,
      interrupted,
      afterwards: {
        done: 'what was made is deleted',
        skipped: 'what was made is kept, as --keep says',
        failed: 'not all that was made could be deleted',
        waiting: 'not all that was made could be deleted',
      },
      what: 'The test handoff',
      failure: 'HANDOFF_FAILED',
      target,
    }),
    result: { organizationId, channel: 'email', mark, to, stages: reports.map(stageOf), records: [...records] },
    warnings: [],
    text: timelineText(reports, target, terminal.outColour, terminal.outColumns),
  };
}

import type { Stage, StageEvent, StageReport } from '../timeline/stage.ts';
import type { HandoffRun, RecordFate } from './handoff-run.ts';

/** The stages in their order, with what people call them. */
export const stageTitles = {
  'create-case': 'Case made',
  transcript: 'Transcript on the Case',
  'case-not-echoed': 'Case not reported back to OpenCX',
  'outbound-email': 'Reply written as EmailMessage',
  'mail-sent': 'Mail accepted',
  token: 'Threading token in the mail',
  'reply-threads': 'Answer lands on the same Case',
  'webhook-called': 'Webhook called for the answer',
  'agent-reply': "Agent's reply reported",
  'owner-change': 'New owner reported',
  'clean-up': 'Cleaned up',
} as const;

export type StageId = keyof typeof stageTitles;
export const stageIds = Object.keys(stageTitles) as [StageId, ...StageId[]];

/** What a run tells while it goes on, and at last the whole. */
export type HandoffEvent = StageEvent<StageId> | { kind: 'end'; outcome: HandoffOutcome };

/** How a test handoff ended. */
export interface HandoffOutcome {
  mark: string;
  /** Each stage once, in order; where the run was interrupted, only those that had begun, and the clean-up. */
  reports: readonly StageReport<StageId>[];
  records: readonly RecordFate[];
  interrupted: boolean;
}

/** One piece of a handoff that is tried. It keeps what later ones need in `run.found`. */
export type HandoffStage = Stage<HandoffRun, Exclude<StageId, 'clean-up'>>;

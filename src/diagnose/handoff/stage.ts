import type { Remedy } from '../finding.ts';
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

/** `waiting` at the end of a run: it was not seen within the time, and may still come. */
export const stageStatuses = ['done', 'failed', 'skipped', 'waiting'] as const;
export type StageStatus = (typeof stageStatuses)[number];

/** How a stage ended. */
export interface StageEnd {
  status: StageStatus;
  /** One line. */
  detail: string;
  /** What was seen, as the org said it. */
  evidence: readonly string[];
  /** Most likely first. */
  remedy: readonly Remedy[];
}

/** One line of the timeline. */
export interface StageReport extends StageEnd {
  id: StageId;
  title: string;
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
}

/** What a run tells while it goes on: that a stage begins, what a person has to do for it, how it ended; and at last the whole. */
export type HandoffEvent =
  | { kind: 'begin'; id: StageId; title: string }
  | { kind: 'ask'; id: StageId; title: string; request: string }
  | ({ kind: 'stage' } & StageReport)
  | { kind: 'end'; outcome: HandoffOutcome };

/** How a test handoff ended. */
export interface HandoffOutcome {
  mark: string;
  /** Each stage once, in order; where the run was interrupted, only those that had begun, and the clean-up. */
  reports: readonly StageReport[];
  records: readonly RecordFate[];
  interrupted: boolean;
}

/** One piece of a handoff that is tried. It keeps what later ones need in `run.found`. */
export interface Stage {
  id: Exclude<StageId, 'clean-up'>;
  /** What a person has to do now, where it waits for a person. */
  asks?: (run: HandoffRun) => string | undefined;
  /** @throws OpencxError what the org said; the stage has then failed with it */
  run: (run: HandoffRun) => Promise<StageEnd>;
}

type Details = Partial<Pick<StageEnd, 'evidence' | 'remedy'>>;

function end(status: StageStatus, detail: string, { evidence = [], remedy = [] }: Details): StageEnd {
  return { status, detail, evidence, remedy };
}

export const done = (detail: string, details: Details = {}): StageEnd => end('done', detail, details);
export const failed = (detail: string, details: Details = {}): StageEnd => end('failed', detail, details);
export const skipped = (detail: string, details: Details = {}): StageEnd => end('skipped', detail, details);
export const waiting = (detail: string, details: Details = {}): StageEnd => end('waiting', detail, details);

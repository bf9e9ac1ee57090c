import type { Remedy } from '../finding.ts';

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

/** One line of a timeline. */
export interface StageReport<Id extends string = string> extends StageEnd {
  id: Id;
  title: string;
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
}

/** One piece of what is tried. It keeps what later ones need in the run. */
export interface Stage<Run, Id extends string> {
  id: Id;
  /** What a person has to do now, where it waits for a person. */
  asks?: (run: Run) => string | undefined;
  /** @throws OpencxError what the org said; the stage has then failed with it */
  run: (run: Run) => Promise<StageEnd>;
}

/** What is told while stages go on: that one begins, what a person has to do for it, how it ended. */
export type StageEvent<Id extends string> =
  | { kind: 'begin'; id: Id; title: string }
  | { kind: 'ask'; id: Id; title: string; request: string }
  | ({ kind: 'stage' } & StageReport<Id>);

type Details = Partial<Pick<StageEnd, 'evidence' | 'remedy'>>;

function end(status: StageStatus, detail: string, { evidence = [], remedy = [] }: Details): StageEnd {
  return { status, detail, evidence, remedy };
}

export const done = (detail: string, details: Details = {}): StageEnd => end('done', detail, details);
export const failed = (detail: string, details: Details = {}): StageEnd => end('failed', detail, details);
export const skipped = (detail: string, details: Details = {}): StageEnd => end('skipped', detail, details);
export const waiting = (detail: string, details: Details = {}): StageEnd => end('waiting', detail, details);

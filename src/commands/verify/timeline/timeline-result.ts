import { z } from 'zod';

import { stageStatuses, type StageReport } from '../../../diagnose/timeline/stage.ts';

/** A stage of a timeline as JSON, with the ids of one kind of timeline. */
export const stageSchema = <Id extends string>(ids: readonly [Id, ...Id[]]) =>
  z.strictObject({
    id: z.enum(ids),
    title: z.string(),
    status: z.enum(stageStatuses).describe('waiting: not seen within the time; it may still come.'),
    detail: z.string(),
    startedAt: z.string().describe('ISO 8601.'),
    durationMs: z.number(),
    evidence: z.array(z.string()).describe('What was seen, as the org said it.'),
    remedy: z.array(z.strictObject({ text: z.string(), command: z.string().optional(), url: z.string().optional() })),
  });

/** The schema's lists are mutable, a report's are not. */
export function stageOf<Id extends string>({ evidence, remedy, ...report }: StageReport<Id>) {
  return { ...report, evidence: [...evidence], remedy: [...remedy] };
}

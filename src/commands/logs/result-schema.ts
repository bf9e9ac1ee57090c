import { z } from 'zod';

const user = z.strictObject({ id: z.string(), username: z.string() });

const traceFlag = z
  .strictObject({
    id: z.string(),
    expires: z.string().describe('ISO 8601, UTC.'),
    debugLevel: z.string().describe('DeveloperName of its debug level.'),
    origin: z
      .enum(['found', 'extended', 'made'])
      .describe('Whether it was there, or made (to live longer) by this run.'),
  })
  .nullable()
  .describe('The live trace flag of the user; null: nothing new is being logged.');

const entry = {
  time: z.string().describe('ISO 8601, UTC.'),
  logId: z.string().describe('Id of the ApexLog.'),
  unit: z.string().describe('Code unit: name of the trigger, or class and method.'),
  event: z.string().describe('e.g. USER_DEBUG, EXCEPTION_THROWN, FATAL_ERROR.'),
  line: z.number().int().optional().describe('Line of the source.'),
  level: z.string().optional().describe('Level of System.debug.'),
  text: z.string(),
  errors: z
    .array(
      z.strictObject({
        code: z.string(),
        meaning: z.string(),
        mend: z.string(),
        setupUrl: z.string().optional(),
      }),
    )
    .describe('What is known of the errors that the text names.'),
};

const logs = z
  .strictObject({
    read: z.int(),
    withOurApex: z.int().describe('Those of them in which the Apex of OpenCX ran, whether it wrote anything or not.'),
    ourUnits: z.array(z.string()).describe('Names of its code units that ran in them.'),
  })
  .describe('Which logs were read.');

/** `result` of `logs --json`; with `--tail`, of each of its lines. */
export const logsResultSchema = z.union([
  z.strictObject({ entries: z.array(z.strictObject(entry)), user, traceFlag, logs }),
  z.discriminatedUnion('event', [
    z.strictObject({ event: z.literal('tailing'), user, traceFlag }),
    z.strictObject({ event: z.literal('entry'), entry: z.strictObject(entry) }),
    z.strictObject({
      event: z.literal('stopped'),
      user,
      logs,
      released: z
        .enum(['untouched', 'removed', 'put-back', 'failed'])
        .describe('What became of the trace flag; failed: something is left, and a flag expires by itself.'),
    }),
  ]),
]);

export type LogsResult = z.infer<typeof logsResultSchema>;
export type LogEntryJson = z.infer<z.ZodObject<typeof entry>>;
export type LogCounts = z.infer<typeof logs>;
export type TraceFlagJson = z.infer<typeof traceFlag>;

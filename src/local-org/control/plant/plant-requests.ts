import { z } from 'zod';

const logSchema = z
  .strictObject({
    body: z.string(),
    /** Who the log is of; the administrator if neither is given. */
    userId: z.string().optional(),
    username: z.string().optional(),
    operation: z.string().default('API'),
    /** `Success`, or what was thrown. */
    status: z.string().max(255).default('Success'),
    application: z.string().default('Unknown'),
    request: z.string().default('Api'),
    location: z.enum(['Monitoring', 'SystemLog', 'Preserved']).default('Monitoring'),
    /** Milliseconds. */
    durationMs: z.number().int().min(0).default(0),
    /** When its transaction began; now if absent. */
    startTime: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ userId, username }) => userId === undefined || username === undefined, {
    path: ['username'],
    message: 'does not go with userId: name the user once',
  });

export type PlantedLog = z.infer<typeof logSchema>;

/** Checks the body of a log to be planted; without a value the problem says what is wrong with it, by path. */
export function readPlantedLog(body: unknown): { value: PlantedLog | undefined; problem: string } {
  const result = logSchema.safeParse(body);
  if (result.success) return { value: result.data, problem: '' };
  return { value: undefined, problem: z.prettifyError(result.error) };
}

import { z } from 'zod';

/** `result` of `generate --json`. */
export const generateResultSchema = z.strictObject({
  folder: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      state: z.enum(['missing', 'same', 'differs', 'foreign', 'theirs']).describe('As the folder was before this run.'),
    }),
  ),
  written: z.array(z.string()),
});

export type GenerateResult = z.infer<typeof generateResultSchema>;

import { z } from 'zod';

/** `result` of `org status --json`. */
export const orgStatusResultSchema = z.strictObject({
  running: z.boolean(),
  url: z.string().optional(),
  pid: z.number().int().optional(),
  dataDir: z.string(),
  hasData: z.boolean(),
});

/** `result` of `org reset --json`. */
export const orgResetResultSchema = z.strictObject({ dataDir: z.string(), removed: z.boolean() });

export type OrgStatusResult = z.infer<typeof orgStatusResultSchema>;
export type OrgResetResult = z.infer<typeof orgResetResultSchema>;

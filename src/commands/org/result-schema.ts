import { z } from 'zod';

/** `result` of `org status --json`. */
export const orgStatusResultSchema = z.strictObject({
  running: z.boolean(),
  url: z.string().optional(),
  scrtUrl: z.string().optional().describe('Where Live Messaging answers.'),
  pid: z.number().int().optional(),
  dataDir: z.string(),
  hasData: z.boolean(),
});

/** `result` of each line of `org start --json`: one when it serves, one when it has stopped. */
export const orgStartResultSchema = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('started'),
    url: z.string(),
    scrtUrl: z.string().describe('Where Live Messaging answers.'),
    organizationId: z.string(),
    username: z.string(),
    dataDir: z.string(),
    tokenFile: z.string().describe('Private file with the access token of the administrator.'),
  }),
  z.strictObject({ event: z.literal('stopped'), url: z.string() }),
]);

export type OrgStartResult = z.infer<typeof orgStartResultSchema>;

/** `result` of `org reset --json`. */
export const orgResetResultSchema = z.strictObject({ dataDir: z.string(), removed: z.boolean() });

export type OrgStatusResult = z.infer<typeof orgStatusResultSchema>;
export type OrgResetResult = z.infer<typeof orgResetResultSchema>;

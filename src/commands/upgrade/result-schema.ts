import { z } from 'zod';

import { deployApexResultSchema } from '../deploy-apex/result-schema.ts';

const conflictSchema = z.strictObject({
  line: z.number().int().describe("First of the lines in the org's text, from 1."),
  org: z.array(z.string()),
  oldTemplate: z.array(z.string()),
  newTemplate: z.array(z.string()),
});

const componentSchema = z.strictObject({
  type: z.string(),
  fullName: z.string(),
  status: z.enum([
    'current',
    'upgrade',
    'edited',
    'merge',
    'conflict',
    'no-base',
    'missing',
    'foreign',
    'newer',
    'unread',
  ]),
  action: z
    .enum(['leave', 'update', 'merge', 'settle', 'replace', 'undecided'])
    .describe('What --apply does, or did, with it.'),
  fromVersion: z.number().int().optional().describe("Version of the template that the org's component comes from."),
  toVersion: z.number().int(),
  differences: z.array(z.string()).describe('What differs beside the text of Apex.'),
  editedLines: z
    .number()
    .int()
    .optional()
    .describe('Lines edited in the org; absent if the old template is not known.'),
  conflicts: z.array(conflictSchema),
  diff: z.string().optional().describe('Unified diffs, as the command prints them.'),
});

/** `result` of `upgrade --json`. */
export const upgradeResultSchema = z.strictObject({
  outcome: z
    .enum(['shown', 'undecided', ...deployApexResultSchema.shape.outcome.options])
    .describe('`shown`: there is something to do; `undecided`: --apply was given, and a person must decide first.'),
  org: deployApexResultSchema.shape.org,
  components: z.array(componentSchema),
  deployment: deployApexResultSchema.optional().describe('How the deployment ended, as deploy-apex tells it.'),
});

export type UpgradeResult = z.infer<typeof upgradeResultSchema>;
export type UpgradeComponent = z.infer<typeof componentSchema>;

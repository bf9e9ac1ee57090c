import { z } from 'zod';

import { checkGroups } from '../../diagnose/check.ts';
import { organizationSchema } from '../setup/plan-schema.ts';

const remedy = z.strictObject({
  text: z.string(),
  command: z.string().optional(),
  url: z.string().optional().describe('A page of Setup, or another one.'),
});

const finding = z.strictObject({
  id: z.string().describe('Stable; docs/checks.md describes each.'),
  title: z.string(),
  group: z.enum(checkGroups),
  status: z.enum(['pass', 'warn', 'fail', 'skip', 'crash']),
  summary: z.string(),
  evidence: z.array(z.string()),
  remedy: z.array(remedy),
  fixable: z.boolean().describe('Whether --fix mends it.'),
  docsUrl: z.string(),
  durationMs: z.number(),
  data: z.record(z.string(), z.unknown()).describe('The same facts for programs.'),
});

/** `result` of `verify --json`. */
export const verifyResultSchema = z.strictObject({
  organization: organizationSchema,
  apiVersion: z.string(),
  requests: z.int().describe('HTTP requests to the org, those included that opened it.'),
  durationMs: z.number(),
  symptom: z
    .strictObject({
      id: z.string(),
      title: z.string(),
      next: z.array(remedy).describe('What looks where no check of an org can.'),
    })
    .optional(),
  causes: z.array(z.string()).describe('Ids of what is to be mended, the most likely cause first.'),
  counts: z.strictObject({ pass: z.int(), warn: z.int(), fail: z.int(), skip: z.int(), crash: z.int() }),
  findings: z.array(finding),
  fixed: z
    .array(z.strictObject({ step: z.string(), status: z.string() }))
    .optional()
    .describe('Steps of the set-up that --fix carried out.'),
});

/** `result` of `verify --list --json`. */
export const verifyListSchema = z.strictObject({
  checks: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      group: z.enum(checkGroups),
      why: z.string(),
      mending: z.string(),
      reads: z.array(z.string()),
      requires: z.array(z.string()),
      fixable: z.boolean(),
    }),
  ),
});

/** One line of `verify --watch --json`. */
export const verifyChangeSchema = z.strictObject({
  at: z.string().describe('ISO 8601.'),
  id: z.string(),
  before: z.string().describe('Status of the run before; absent in the first.').optional(),
  status: z.string(),
  summary: z.string(),
});

export type VerifyResult = z.infer<typeof verifyResultSchema>;
export type VerifyList = z.infer<typeof verifyListSchema>;
export type VerifyChange = z.infer<typeof verifyChangeSchema>;

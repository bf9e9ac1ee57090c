import { z } from 'zod';

const componentSchema = z.strictObject({
  type: z.string(),
  fullName: z.string(),
  state: z.enum(['created', 'changed', 'deleted', 'unchanged', 'failed']),
  problem: z.string().optional(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});

const planSchema = z.strictObject({
  components: z.array(
    z.strictObject({
      type: z.string(),
      fullName: z.string(),
      action: z.enum(['create', 'update', 'adopt', 'unchanged']),
      differences: z.array(z.string()),
    }),
  ),
  rivals: z
    .array(z.strictObject({ trigger: z.string(), kind: z.enum(['opencx', 'mail']), evidence: z.string() }))
    .describe('Active triggers beside ours that do the same work.'),
});

const testsSchema = z.strictObject({
  total: z.number().int(),
  completed: z.number().int(),
  errors: z.number().int(),
  failures: z.array(z.strictObject({ className: z.string(), methodName: z.string(), message: z.string() })),
  coverage: z.array(z.strictObject({ name: z.string(), lines: z.number().int(), uncovered: z.number().int() })),
  coverageWarnings: z.array(z.string()),
});

/** `result` of `deploy-apex --json`. */
export const deployApexResultSchema = z.strictObject({
  outcome: z.enum(['unchanged', 'planned', 'succeeded', 'validated', 'failed', 'canceled', 'left-running']),
  org: z.strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['production', 'sandbox', 'scratch', 'trial', 'developer']),
    instanceUrl: z.string(),
  }),
  deployId: z.string().optional(),
  plan: planSchema.optional(),
  components: z.array(componentSchema).optional(),
  tests: testsSchema.optional(),
  reasons: z.array(z.string()).optional(),
  quickDeployable: z.boolean().optional(),
  snapshot: z.string().optional(),
  readBack: z.strictObject({ ok: z.boolean(), mismatches: z.array(z.string()) }).optional(),
  left: z.enum(['async', 'wait-over', 'interrupted', 'lost-contact', 'refused']).optional(),
  lastState: z.string().optional(),
});

export type DeployApexResult = z.infer<typeof deployApexResultSchema>;

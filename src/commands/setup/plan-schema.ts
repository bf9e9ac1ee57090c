import { z } from 'zod';

import { blueprintParts } from '../../provision/setup/plan/change.ts';
import { stepIds } from '../../provision/setup/plan/setup-plan.ts';

const values = z.record(z.string(), z.unknown());
const named = { sobject: z.string(), name: z.string() };
const record = z.strictObject({ sobject: z.string(), where: values });

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create-record'), ...named, key: values, fields: values }),
  z.strictObject({ kind: z.literal('update-record'), ...named, record, fields: values, before: values }),
  z.strictObject({ kind: z.literal('delete-record'), ...named, record }),
  z.strictObject({
    kind: z.literal('deploy'),
    part: z.enum(blueprintParts),
    components: z.array(
      z.strictObject({
        type: z.string(),
        fullName: z.string(),
        action: z.enum(['create', 'update', 'adopt']),
        differences: z.array(z.string()),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal('settings'),
    type: z.string(),
    name: z.string(),
    values,
    before: values,
    permanent: z.literal(true).optional().describe('Cannot be undone.'),
  }),
  z.strictObject({ kind: z.literal('add-routing-addresses'), addresses: z.array(values) }),
  z.strictObject({ kind: z.literal('clone-profile'), from: z.string(), to: z.string() }),
  z.strictObject({ kind: z.literal('read-credentials'), app: z.string() }),
  z.strictObject({ kind: z.literal('restore-lent-access') }),
  z.strictObject({ kind: z.literal('disable-triggers'), triggers: z.array(z.string()), testClass: z.string() }),
  z.strictObject({
    kind: z.literal('remove-components'),
    components: z.array(z.strictObject({ type: z.string(), fullName: z.string() })),
    restored: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('extend-channel'),
    channel: z.string(),
    wish: z.strictObject({
      keyset: z.string(),
      parameters: z.array(
        z.strictObject({
          name: z.string(),
          label: z.string(),
          maxLength: z.int(),
          variable: z.string().optional().describe('Input variable of the flow that it is mapped to.'),
        }),
      ),
    }),
    differences: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('restore-channel'), channel: z.string() }),
  z.strictObject({ kind: z.literal('publish-deployment'), deployment: z.string() }),
  z.strictObject({ kind: z.literal('delete-flow'), flow: z.string() }),
]);

/** Something that only a person can do. */
export const manualTaskSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  steps: z.array(z.string()),
  url: z.string().optional(),
  seenBy: z.string(),
});

export const organizationSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['production', 'sandbox', 'scratch', 'trial', 'developer']),
  edition: z.string(),
  instanceUrl: z.string(),
});

export const changesSchema = z.array(change);

/** `result` of `plan --json`; `apply --plan` takes it. */
export const setupPlanSchema = z.strictObject({
  organization: organizationSchema,
  apiVersion: z.string(),
  requests: z.int().describe('HTTP requests that planning took.'),
  steps: z.array(
    z.strictObject({
      id: z.enum(stepIds),
      title: z.string(),
      status: z.enum(['unchanged', 'change', 'blocked', 'off']),
      requires: z.array(z.enum(stepIds)),
      changes: changesSchema,
      blockers: z.array(z.string()),
      notes: z.array(z.string()),
      manual: z.array(manualTaskSchema),
    }),
  ),
});

/** `result` of `init --json` and `apply --json`. */
export const setupResultSchema = z.strictObject({
  organization: organizationSchema,
  dryRun: z.boolean(),
  /** The plan that was carried out, or would be. */
  plan: setupPlanSchema,
  steps: z
    .array(
      z.strictObject({
        id: z.enum(stepIds),
        status: z.enum(['done', 'unchanged', 'off', 'blocked', 'skipped', 'failed']),
        reason: z.string().optional(),
      }),
    )
    .describe('How each step ended; empty for --dry-run.'),
  manual: z.array(manualTaskSchema).describe('What a person must still do.'),
  checks: z
    .strictObject({
      passed: z.int(),
      notHolding: z.array(z.strictObject({ id: z.string(), status: z.string(), summary: z.string() })),
    })
    .optional()
    .describe('What `verify` says afterwards; only of `init`, and only where something was changed.'),
  handOver: z
    .strictObject({
      clientId: z.string().optional(),
      loginUrl: z.string(),
      file: z.string().optional().describe('Where Client ID and Client Secret were written to.'),
    })
    .describe('What goes into OpenCX; the secret is never in here.'),
});

export type SetupResult = z.infer<typeof setupResultSchema>;

import { z } from 'zod';

/**
 * What SARIF 2.1.0 (OASIS, errata 01) requires of the parts that are written, strictly: a property that the standard does not
 * name is refused there too. Beyond it, what GitHub's page "SARIF support for code scanning" marks as required.
 */
const message = z.strictObject({ text: z.string().min(1) });

const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: z.strictObject({ text: z.string().min(1).max(1024) }),
  fullDescription: z.strictObject({ text: z.string().min(1).max(1024) }),
  help: z.strictObject({ text: z.string().min(1) }),
  helpUri: z.url().optional(),
  properties: z.looseObject({ tags: z.array(z.string()).max(20) }),
});

const line = z.int().min(1);

const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().min(1) }),
    region: z.strictObject({ startLine: line, startColumn: line, endLine: line, endColumn: line }),
  }),
  logicalLocations: z.array(
    z.strictObject({ name: z.string(), fullyQualifiedName: z.string().optional(), kind: z.string() }),
  ),
});

const result = z.strictObject({
  ruleId: z.string().min(1),
  ruleIndex: z.int().min(0),
  level: z.enum(['none', 'note', 'warning', 'error']),
  message,
  locations: z.array(location).min(1).max(10),
  partialFingerprints: z.strictObject({ primaryLocationLineHash: z.string().min(1) }),
});

const invocation = z.strictObject({
  executionSuccessful: z.boolean(),
  startTimeUtc: z.iso.datetime(),
  endTimeUtc: z.iso.datetime(),
});

const run = z
  .strictObject({
    tool: z.strictObject({
      driver: z.strictObject({ name: z.string().min(1), version: z.string().min(1), rules: z.array(rule) }),
    }),
    automationDetails: z.strictObject({ id: z.string().min(1) }),
    invocations: z.array(invocation),
    results: z.array(result),
  })
  .refine(({ tool, results }) => results.every((one) => tool.driver.rules[one.ruleIndex]?.id === one.ruleId), {
    error: 'ruleIndex leads to the rule of that id (§3.27.6)',
  });

export const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(run).length(1),
});

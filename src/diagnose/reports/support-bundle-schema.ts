import { z } from 'zod';

import { checkGroups } from '../check.ts';
import { statusOrder, verdicts } from './report-summary.ts';

const facts = z.record(z.string(), z.unknown());
const count = z.int().nonnegative();

const organization = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['production', 'sandbox', 'scratch', 'trial', 'developer']),
  edition: z.string(),
  instanceUrl: z.string(),
});

const summary = z.strictObject({
  verdict: z.enum(verdicts),
  counts: z.strictObject({ fail: count, crash: count, warn: count, skip: count, pass: count }),
  symptom: z.strictObject({ id: z.string(), title: z.string() }).optional().describe('What the run was begun for.'),
  causes: z.array(z.string()).describe('Ids of the checks that explain the symptom, most likely first.'),
  apiVersion: z.string(),
  startedAt: z.string().describe('ISO 8601, UTC.'),
  durationMs: z.number().nonnegative(),
  requests: count.describe('HTTP requests to the org.'),
});

const remedy = z.strictObject({ text: z.string(), command: z.string().optional(), url: z.string().optional() });

const finding = z.strictObject({
  id: z.string(),
  title: z.string(),
  group: z.enum(checkGroups),
  status: z.enum(statusOrder),
  summary: z.string(),
  evidence: z.array(z.string()),
  remedy: z.array(remedy),
  fixable: z.boolean().describe('Whether `verify --fix` mends it.'),
  docsUrl: z.string(),
  data: facts.describe('The same facts for programs.'),
});

const component = z.strictObject({
  type: z.string().describe('Metadata type, e.g. NamedCredential, ApexTrigger.'),
  fullName: z.string(),
  found: z.boolean().describe('Whether the org has it.'),
  state: facts.describe('What Setup shows of it, e.g. whether a trigger is active.'),
});

/** What `verify --support-bundle` writes: all that a support request asks for, without secrets and customers' data. */
export const supportBundleSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('opencx-sf support bundle'),
  createdAt: z.string().describe('ISO 8601, UTC.'),
  product: z.strictObject({ name: z.literal('opencx-sf'), version: z.string() }),
  node: z.string().describe('Version of Node.'),
  platform: z.string().describe('Operating system and processor.'),
  organization,
  session: z
    .strictObject({
      sessionId: z.string().optional().describe('OpenCX session, as the Inbox shows it.'),
      caseId: z.string().optional().describe('Salesforce Case where the problem shows.'),
    })
    .describe('Where the problem was seen.'),
  description: z.string().optional().describe('The error message or unexpected behaviour, as a person wrote it.'),
  summary,
  findings: z.array(finding),
  components: z.array(component).describe('In the place of screenshots of Setup.'),
});

export type SupportBundle = z.infer<typeof supportBundleSchema>;
export type SupportComponent = z.infer<typeof component>;

import type { StepId } from '../provision/setup/plan/setup-plan.ts';
import type { CheckContext } from './check-context.ts';
import type { Verdict } from './finding.ts';
import type { Reading } from './readings/reading.ts';

export const checkGroups = ['org', 'app', 'apex', 'webhook', 'email-in', 'email-out', 'fields', 'messaging'] as const;
export type CheckGroup = (typeof checkGroups)[number];

/** What people call the groups. */
export const groupTitles: Readonly<Record<CheckGroup, string>> = {
  org: 'Org and people',
  app: 'External Client App',
  apex: 'Apex',
  webhook: 'Webhook',
  'email-in': 'Mail from customers',
  'email-out': 'Mail to customers',
  fields: 'Fields',
  messaging: 'Live Messaging',
};

/** One question to an org, with its verdict, and what would mend it. */
export interface Check {
  /** `<group>.<name>`: stable, and documented. */
  id: `${CheckGroup}.${string}`;
  /** What is looked for, as a statement that should hold: `Email-to-Case is switched on`. */
  title: string;
  group: CheckGroup;
  /** Why it matters, for docs/checks.md: what people see when it does not hold. */
  why: string;
  /** How it is mended, for docs/checks.md. */
  mending: string;
  /** Checks without which this one would only repeat their verdict: it is skipped when one of them fails. */
  requires: readonly Check['id'][];
  /** What it looks at; all readings of a run are taken at once, so that they travel together. */
  reads: readonly Reading<unknown>[];
  /** Undefined where the check makes sense; otherwise why it does not. */
  appliesTo?: (context: CheckContext) => string | undefined;
  run: (context: CheckContext) => Verdict | Promise<Verdict>;
  /** Steps of the set-up whose changes mend it: what `--fix` plans, shows and carries out. */
  fix?: readonly StepId[];
}

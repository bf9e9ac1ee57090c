import { quoted } from '../../../provision/org/soql-literal.ts';
import type { BlueprintSettings } from '../../../config/blueprint-settings.ts';
import type { Remedy } from '../../finding.ts';
import type { HandoffRun } from '../handoff-run.ts';
import { asked } from '../asked.ts';

type TriggerRole = keyof BlueprintSettings['names']['triggers'];

interface TriggerRow {
  Status: string;
  IsValid: boolean;
  Body: string | null;
}

/** What the org holds of one of our triggers, as far as it explains that it did nothing. */
export interface TriggerState {
  /** Undefined if the trigger is as it should be, or could not be read. */
  problem: string | undefined;
  evidence: string[];
  remedy: Remedy[];
}

/** Looks at a trigger that should have run (one query); what cannot be read is said in the evidence. */
export async function triggerState(run: HandoffRun, role: TriggerRole): Promise<TriggerState> {
  const name = run.config.blueprint.names.triggers[role];
  const rows = await asked(`trigger ${name}`, () =>
    run.org.toolingQuery<TriggerRow>(
      `SELECT Status, IsValid, Body FROM ApexTrigger WHERE Name = ${quoted([name])} AND NamespacePrefix = null`,
      `reading ${name}`,
    ),
  );
  if ('unknown' in rows) return { problem: undefined, evidence: [rows.unknown], remedy: [] };
  const [row] = rows.answer;
  const problem = problemOf(name, row, run.people.integrationUsername);
  const evidence = row === undefined ? [] : [`${name} is ${row.Status}`];
  return {
    problem,
    evidence: problem === undefined ? evidence : [problem],
    remedy:
      problem === undefined
        ? []
        : [{ text: 'Deploy the Apex of this configuration again.', command: 'opencx-sf deploy-apex' }],
  };
}

function problemOf(name: string, row: TriggerRow | undefined, username: string): string | undefined {
  if (row === undefined) return `the org has no trigger ${name}`;
  if (row.Status !== 'Active') return `${name} is ${row.Status}`;
  if (!row.IsValid) return `${name} does not compile any more (IsValid is false)`;
  const [, deployed] = /INTEGRATION_USERNAME\s*=\s*'([^']*)'/.exec(row.Body ?? '') ?? [];
  if (deployed === undefined || deployed.toLowerCase() === username.toLowerCase()) return undefined;
  return `${name} holds ${deployed} for the integration user, the configuration ${username}`;
}

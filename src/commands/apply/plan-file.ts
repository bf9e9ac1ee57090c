import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { SetupPlan } from '../../provision/setup/plan/setup-plan.ts';
import { setupPlanSchema } from '../setup/plan-schema.ts';

/** Reads the output of `plan --json`, the whole document or its result. @throws OpencxError CONFIG_INVALID */
export async function readPlanFile(cwd: string, file: string): Promise<SetupPlan> {
  const path = resolve(cwd, file);
  try {
    const document = JSON.parse(await readFile(path, 'utf8')) as { result?: unknown };
    return setupPlanSchema.parse(document.result ?? document) as unknown as SetupPlan;
  } catch (error) {
    throw new OpencxError('CONFIG_INVALID', {
      message: `${path} is no plan: ${error instanceof Error ? error.message : String(error)}`,
      nextSteps: ['Make one: opencx-sf plan --json > plan.json'],
      cause: error,
    });
  }
}

/**
 * What somebody has agreed to is carried out and nothing else.
 * @throws OpencxError PLAN_STALE naming the steps that would do something else now
 */
export function refuseOtherPlan(agreed: SetupPlan, now: SetupPlan): void {
  if (agreed.organization.id !== now.organization.id) {
    throw stale(`it was made for ${agreed.organization.name} (${agreed.organization.id})`);
  }
  const different = now.steps.filter((step) => {
    const before = agreed.steps.find(({ id }) => id === step.id);
    return !isDeepStrictEqual(plain(before?.changes), plain(step.changes)) || before?.status !== step.status;
  });
  if (different.length > 0)
    throw stale(`these steps would do something else now: ${different.map(({ id }) => id).join(', ')}`);
}

/** As it looks after a journey through JSON. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function stale(why: string): OpencxError {
  return new OpencxError('PLAN_STALE', {
    message: `The plan does not fit the org any more: ${why}. Nothing was written.`,
    nextSteps: ['Make the plan anew (opencx-sf plan --json > plan.json) and look at it again.'],
  });
}

import { OpencxError } from '../../errors/opencx-error.ts';
import { countChanges } from '../../provision/setup/plan/plan-setup.ts';
import type { SetupPlan } from '../../provision/setup/plan/setup-plan.ts';
import type { CommandContext } from '../command-context.ts';
import type { ConsentFlags } from '../consent.ts';
import { planText } from './present-plan.ts';

/**
 * Shows a plan and asks for it where somebody can be asked; --yes, and nobody being there, mean consent.
 * @throws OpencxError INTERRUPTED if the person says no
 */
export async function agree(context: CommandContext, flags: ConsentFlags, plan: SetupPlan): Promise<void> {
  const { terminal } = context;
  if (flags.yes === true || !terminal.mayPrompt) return;
  const changes = countChanges(plan);
  terminal.note(planText(plan, terminal.errColour, terminal.columns));
  const { confirm } = await import('../../terminal/prompt.ts');
  const name = plan.organization.name;
  if (await confirm(terminal, `Make ${changes === 1 ? 'this change' : `these ${changes} changes`} in ${name}?`)) return;
  throw new OpencxError('INTERRUPTED', { message: 'Nothing was written.' });
}

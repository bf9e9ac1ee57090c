import { OpencxError } from '../../errors/opencx-error.ts';
import type { DeployOutcome } from '../../provision/deploy/deploy-outcome.ts';
import type { UpgradeDecision } from '../../provision/upgrade/decide-upgrade.ts';
import { outcomeError } from '../deploy-apex/present-outcome.ts';

/** Why nothing was applied: some components wait for a person. */
export function undecidedError(decisions: readonly UpgradeDecision[]): OpencxError | undefined {
  const open = decisions.filter((one) => one.action === 'undecided').map((one) => one.item);
  if (open.length === 0) return undefined;
  const reasons = open.map(({ component, status, texts }) => {
    const count = texts?.conflicts.length ?? 0;
    const why =
      status === 'no-base' ? 'it was edited, and what it was before is not known here' : `${count} conflicting`;
    return `${component.fullName} (${why})`;
  });
  return new OpencxError('UPGRADE_UNDECIDED', {
    message: `Edits made in the org cannot be carried over to the new templates: ${reasons.join('; ')}. Nothing was sent.`,
    details: { components: open.map(({ component }) => component.fullName) },
    nextSteps: [
      ...open.map(
        ({ component: { fullName } }) =>
          `--take-new ${fullName} gives up the edits (a copy is kept); --keep ${fullName} leaves the org's text as it is.`,
      ),
      '--take new or --take org decides about all of them.',
    ],
  });
}

/** The error of a deployment, with what to do about components that carried edits along. */
export function upgradeOutcomeError(
  outcome: DeployOutcome,
  decisions: readonly UpgradeDecision[],
  target: string,
): OpencxError | undefined {
  const error = outcomeError(outcome, target);
  if (error === undefined || outcome.kind !== 'failed') return error;
  const names = new Set(decisions.filter((one) => one.action === 'merge').map((one) => one.item.component.fullName));
  const broken = outcome.messages.filter((one) => one.state === 'failed' && names.has(one.fullName));
  const steps = [...new Set(broken.map((one) => one.fullName))].map(
    (name) =>
      `${name} carries edits of the org that do not fit the new template: change them in the org and run this again, or give them up: --take-new ${name}`,
  );
  return new OpencxError(error.code, {
    message: error.message,
    nextSteps: [...steps, ...error.nextSteps],
    ...(error.details === undefined ? {} : { details: error.details }),
  });
}

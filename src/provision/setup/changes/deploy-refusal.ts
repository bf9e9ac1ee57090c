import { OpencxError } from '../../../errors/opencx-error.ts';
import type { DeployOutcome } from '../../deploy/deploy-outcome.ts';

/**
 * The error of a deployment that did not go through to its end: within a set-up that is a failed step, and the next run takes
 * it up. Undefined for one that did.
 */
export function deployRefusal(outcome: DeployOutcome): OpencxError | undefined {
  switch (outcome.kind) {
    case 'failed':
      return new OpencxError('DEPLOY_FAILED', {
        message: `The org refused the deployment${outcome.id === undefined ? '' : ` ${outcome.id}`}: ${outcome.reasons.join(' | ')}`,
        nextSteps: ['Nothing of it was kept. Mend what is named, then run the same command again.'],
      });
    case 'canceled':
      return new OpencxError('DEPLOY_CANCELED', { message: `Deployment ${outcome.id} was canceled.` });
    case 'left-running':
      return leftRunning(outcome);
    case 'succeeded':
      return outcome.readBack === undefined || outcome.readBack.ok
        ? undefined
        : new OpencxError('READ_BACK_FAILED', {
            message: `The org reported success, but does not hold what was deployed: ${outcome.readBack.mismatches.join('; ')}.`,
          });
    default:
      return undefined;
  }
}

function leftRunning({ id, left }: Extract<DeployOutcome, { kind: 'left-running' }>): OpencxError {
  if (left.reason === 'refused') return left.error;
  const interrupted = left.reason === 'interrupted';
  return new OpencxError(interrupted ? 'INTERRUPTED' : 'DEPLOY_STILL_RUNNING', {
    message: `${interrupted ? 'Stopped watching' : 'The wait is over'}; deployment ${id} goes on in the org.`,
    details: { deployId: id },
    nextSteps: ['Run the same command again: it finds what the org holds by then.'],
  });
}

import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import { flowValue, isActive, versionsOf } from '../../metadata/flows/flow-versions.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { toId18 } from '../../store/record-id.ts';
import { FlowFailure } from './flow-failure.ts';
import { valueOf } from './flow-values.ts';
import { inputValues } from './input-values.ts';
import { openInterview } from './interview.ts';
import { queueProblem } from './route-work.ts';
import type { RoutingOutcome, RoutingRequest } from './routing-outcome.ts';
import { runRoutingFlow } from './run-routing-flow.ts';

/**
 * Decides where a messaging session goes: by the channel's queue, or by the active version of its Omni-Channel flow, which may
 * write fields of the session on the way. What a flow cannot route goes to the fallback queue; a flow that fails is one
 * transaction, of which nothing stays.
 */
export function routeSession(org: OrgState, request: RoutingRequest): RoutingOutcome {
  const { sessionHandler, fallbackQueueId } = request.deployment.channel;
  if (sessionHandler?.type === 'Queue') {
    const problem = queueProblem(org, sessionHandler.queueId);
    return problem === undefined
      ? { queueId: sessionHandler.queueId, usedFallback: false }
      : { failure: `The session cannot be routed: ${problem}` };
  }
  const routed = routeByFlow(org, sessionHandler?.flowName ?? '', request);
  if ('queueId' in routed) return { queueId: routed.queueId, usedFallback: false };
  const problem = fallbackQueueId === undefined ? 'there is no fallback queue.' : queueProblem(org, fallbackQueueId);
  if (fallbackQueueId === undefined || problem !== undefined) {
    return { failure: `${routed.failure} The fallback queue cannot take the session: ${problem ?? ''}` };
  }
  return { queueId: fallbackQueueId, usedFallback: true, flowProblem: routed.failure };
}

function routeByFlow(
  org: OrgState,
  flowName: string,
  { deployment, sessionId, attributes }: RoutingRequest,
): { readonly queueId: string } | { readonly failure: string } {
  const version = versionsOf(org, flowName).find(isActive);
  if (version === undefined) return { failure: `The flow ${flowName} has no active version.` };
  const flow = flowValue(org, version);
  const id = toId18(sessionId) ?? sessionId;
  try {
    const queueId = org.transaction(() => {
      const inputs = inputValues(flow, deployment.channel.parameters, attributes);
      // The platform hands the session in under this name, whatever parameters there are.
      inputs.set('recordid', id);
      const interview = openInterview({ org, flow, userId: automatedProcessUser(org) }, valueOf, inputs);
      return runRoutingFlow(interview, id);
    });
    if (queueId !== undefined) return { queueId };
    return { failure: `The flow ${fieldText(version['FullName'])} ended without routing the session.` };
  } catch (error) {
    if (error instanceof FlowFailure) return { failure: error.message };
    throw error;
  }
}

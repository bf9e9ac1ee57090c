import { QUEUE, queueTakes } from '../../queues/queue-names.ts';
import { ROUTING_FLOW } from '../../flows/flow-versions.ts';
import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import type { RuleContext } from '../rule-context.ts';
import { noSuch, required } from './messaging-problems.ts';

/**
 * Who takes the sessions of a channel. `sessionHandlerQueue` is required: with a flow it is the fallback queue, for what the
 * flow cannot route (Metadata API guide, MessagingChannel).
 */
export function sessionHandlerProblem(value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  const type = textOf(value, 'sessionHandlerType') ?? '';
  if (type !== 'Flow' && type !== 'Queue')
    return { message: notImplementedProblem(`the session handler type ${type}`) };
  return (type === 'Flow' ? flowProblem(value, context) : undefined) ?? queueProblem(value, context);
}

function flowProblem(value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  const name = textOf(value, 'sessionHandlerFlow');
  if (name === undefined) return required('sessionHandlerFlow');
  const flow = context.value('Flow', name);
  if (flow === undefined) return noSuch('sessionHandlerFlow', 'Flow', name);
  const type = textOf(flow, 'processType') ?? '';
  return type === ROUTING_FLOW
    ? undefined
    : { message: `sessionHandlerFlow: ${name} is no Omni-Channel flow: ${type}` };
}

function queueProblem(value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  const name = textOf(value, 'sessionHandlerQueue');
  if (name === undefined) return required('sessionHandlerQueue');
  const queue = context.value(QUEUE, name);
  if (queue === undefined) return noSuch('sessionHandlerQueue', 'Queue', name);
  if (queueTakes(queue, 'MessagingSession')) return undefined;
  return { message: `sessionHandlerQueue: the queue ${name} does not support MessagingSession.` };
}

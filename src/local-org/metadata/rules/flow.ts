import { listOf, textOf } from '../elements/metadata-value.ts';
import { flowNameOf, ROUTING_FLOW } from '../flows/flow-versions.ts';
import { routingFlowProblem } from './messaging/routing-flow.ts';
import { apiNameProblem } from './names.ts';
import { notImplementedProblem } from './not-implemented.ts';
import type { ComponentRule } from './rule-context.ts';

/** Of flows all that is asked is a name, and an object of the org for one that a record starts. */
export const checkFlow: ComponentRule = ({ fullName, value }, context) => {
  if (flowNameOf(fullName).version !== undefined) {
    return { message: notImplementedProblem(`deploying one version of a flow (${fullName}): leave its number out`) };
  }
  const name = apiNameProblem(fullName, 'Flow API Name');
  if (name !== undefined) return { message: name };
  const routing = textOf(value, 'processType') === ROUTING_FLOW ? routingFlowProblem(value, context) : undefined;
  if (routing !== undefined) return { message: routing };
  const object = textOf(listOf(value, 'start')[0] ?? {}, 'object');
  if (object === undefined || context.org.schema().data.object(object) !== undefined) return undefined;
  if (/__e$|ChangeEvent$/i.test(object))
    return { message: notImplementedProblem(`events that start flows (${object})`) };
  return { message: `In field: object - no CustomObject named ${object} found` };
};

import { connectorOf, elementsOf, firstElement } from '../../../messaging/routing/flow-elements.ts';
import type { FlowElement } from '../../../messaging/routing/flow-elements.ts';
import { listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import type { RuleContext } from '../rule-context.ts';

/**
 * Why an Omni-Channel flow could not run as it is: a connector to nowhere, an object or a field that is not there. Salesforce
 * looks at more, and words the last one so; the rest is ours.
 */
export function routingFlowProblem(flow: MetadataValue, context: RuleContext): string | undefined {
  const elements = elementsOf(flow);
  const targets = [firstElement(flow), ...[...elements.values()].flatMap(targetsOf)];
  const nowhere = targets.find((target) => target !== undefined && !elements.has(target.toLowerCase()));
  if (nowhere !== undefined) return `The connector's target ${nowhere} is no element of the flow.`;
  for (const element of elements.values()) {
    const problem = recordProblem(element, context);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function targetsOf({ value }: FlowElement): (string | undefined)[] {
  return [
    ...['connector', 'faultConnector', 'defaultConnector'].map((name) => connectorOf(value, name)),
    ...listOf(value, 'rules').map((rule) => connectorOf(rule, 'connector')),
  ];
}

function recordProblem({ kind, name, value }: FlowElement, context: RuleContext): string | undefined {
  const objectName = textOf(value, 'object');
  if ((kind !== 'recordUpdates' && kind !== 'recordLookups') || objectName === undefined) return undefined;
  const object = context.org.schema().data.object(objectName);
  if (object === undefined) return `${name} - The object "${objectName}" doesn't exist.`;
  const missing = [...listOf(value, 'filters'), ...listOf(value, 'inputAssignments')]
    .map((part) => textOf(part, 'field') ?? '')
    .find((field) => !hasField(context, object.name, field));
  return missing === undefined
    ? undefined
    : `${name} - The field "${missing}" for the object "${object.name}" doesn't exist.`;
}

/** Custom fields are those of the org as it will be: with what this deployment brings, without what it deletes. */
function hasField(context: RuleContext, object: string, field: string): boolean {
  const known = context.org.schema().data.object(object)?.field(field);
  return known?.custom === false || context.value('CustomField', `${object}.${field}`) !== undefined;
}

import { queueRefusal } from '../queues/apply-queue.ts';
import { QUEUE, queueObjects, queueTakes } from '../queues/queue-names.ts';
import type { MetadataProblem } from '../elements/metadata-problem.ts';
import { listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { apiNameProblem, tooLong } from './names.ts';
import { notImplementedProblem } from './not-implemented.ts';
import type { ComponentRule, RuleContext } from './rule-context.ts';

/** Members of queues that the local org knows; roles and territories have no members here. */
const MEMBERS: ReadonlySet<string> = new Set(['users', 'publicGroups']);

/** Queues: what the rules of their records say, in the words of those. */
export const checkQueue: ComponentRule = ({ fullName, value }, context) => {
  const [members = {}] = listOf(value, 'queueMembers');
  const stranger = Object.keys(members).find((kind) => !MEMBERS.has(kind));
  if (stranger !== undefined) return { message: notImplementedProblem(`queue members by ${stranger}`) };
  const config = textOf(value, 'queueRoutingConfig');
  if (config !== undefined && context.value('QueueRoutingConfig', config) === undefined) {
    return { message: `In field: queueRoutingConfig - no QueueRoutingConfig named ${config} found` };
  }
  return objectsProblem(value, context) ?? recordsProblem(fullName, value, context);
};

/** The rules of records would call it a bad picklist value. */
function objectsProblem(value: MetadataValue, { org }: RuleContext): MetadataProblem | undefined {
  const unknown = queueObjects(value).find((name) => org.schema().data.object(name) === undefined);
  return unknown === undefined
    ? undefined
    : { message: `In field: queueSobject - no CustomObject named ${unknown} found` };
}

function recordsProblem(fullName: string, value: MetadataValue, { org }: RuleContext): MetadataProblem | undefined {
  const refused = queueRefusal(org, fullName, value);
  return refused === undefined ? undefined : { statusCode: refused.error.statusCode, message: refused.message };
}

/** Whether the deployment brings a queue of this name that may own records of an object. */
export function bringsQueue(context: RuleContext, name: string, sobject: string): boolean {
  return context
    .accepted(QUEUE)
    .some(({ fullName, value }) => fullName.toLowerCase() === name.toLowerCase() && queueTakes(value, sobject));
}

/** How much work a queue gives at a time; kept and not looked at by the local org's routing. */
export const checkQueueRoutingConfig: ComponentRule = ({ fullName, value }) => {
  const message =
    apiNameProblem(fullName, 'Routing Configuration Name') ?? tooLong('Label', textOf(value, 'label') ?? '', 80);
  return message === undefined ? undefined : { message };
};

import { listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../metadata/elements/metadata-value.ts';
import { holds, logicHolds } from './flow-conditions.ts';
import { connectorOf, firstElement } from './flow-elements.ts';
import type { FlowElement } from './flow-elements.ts';
import { FlowFailure, NotUnderstood, notUnderstood } from './flow-failure.ts';
import { lookUp, update } from './flow-records.ts';
import { assign, resolve, valueIn } from './flow-values.ts';
import type { FlowValue, Interview } from './interview.ts';
import { routeWork } from './route-work.ts';

/** Elements of one run; a flow that goes round in circles ends here. Flows of older API versions have this very limit. */
const MOST_STEPS = 2000;

/**
 * Runs a flow from its start to its end.
 * @param sessionId what `routeWork` must route, 18 characters
 * @returns id of the queue that it routes to; undefined if it ends without routing
 * @throws FlowFailure
 */
export function runRoutingFlow(interview: Interview, sessionId: string): string | undefined {
  let queueId: string | undefined;
  let next = firstElement(interview.flow);
  for (let steps = 0; next !== undefined; steps++) {
    if (steps >= MOST_STEPS) throw new FlowFailure(`The flow ran more than ${MOST_STEPS} elements.`);
    const element = interview.elements.get(next.toLowerCase());
    if (element === undefined) throw new FlowFailure(`A connector leads to ${next}, which is not there.`);
    if (element.kind === 'decisions') {
      next = decide(interview, element);
      continue;
    }
    const fault = connectorOf(element.value, 'faultConnector');
    try {
      const routed = interview.org.transaction(() => perform(interview, element, sessionId));
      if (routed !== undefined && queueId !== undefined) throw notUnderstood(`${element.name}: routing twice`);
      queueId ??= routed;
      next = connectorOf(element.value, 'connector');
    } catch (error) {
      if (!(error instanceof FlowFailure) || error instanceof NotUnderstood || fault === undefined) throw error;
      next = fault;
    }
  }
  return queueId;
}

/** @returns id of a queue, if the element routes */
function perform(interview: Interview, element: FlowElement, sessionId: string): string | undefined {
  switch (element.kind) {
    case 'assignments':
      for (const item of listOf(element.value, 'assignmentItems')) assignItem(interview, item);
      return undefined;
    case 'recordLookups':
      lookUp(interview, element);
      return undefined;
    case 'recordUpdates':
      update(interview, element);
      return undefined;
    case 'actionCalls': {
      const type = textOf(element.value, 'actionType') ?? '';
      if (type !== 'routeWork') throw notUnderstood(`actionCalls ${element.name}: ${type}`);
      return routeWork(interview, element, sessionId);
    }
    default:
      throw notUnderstood(`${element.kind} ${element.name}`);
  }
}

/** The first rule that holds shows the way, else the default one. */
function decide(interview: Interview, { value }: FlowElement): string | undefined {
  const rule = listOf(value, 'rules').find((one) =>
    logicHolds(
      textOf(one, 'conditionLogic') ?? 'and',
      listOf(one, 'conditions').map((condition) => () => conditionHolds(interview, condition)),
    ),
  );
  return rule === undefined ? connectorOf(value, 'defaultConnector') : connectorOf(rule, 'connector');
}

function conditionHolds(interview: Interview, condition: MetadataValue): boolean {
  return holds({
    operator: textOf(condition, 'operator') ?? '',
    left: resolve(interview, textOf(condition, 'leftValueReference') ?? ''),
    right: valueIn(condition, interview, 'rightValue'),
  });
}

function assignItem(interview: Interview, item: MetadataValue): void {
  const reference = textOf(item, 'assignToReference') ?? '';
  const operator = textOf(item, 'operator') ?? '';
  const value = valueIn(item, interview);
  assign(
    interview,
    reference,
    operator === 'Assign' ? value : combined(operator, resolve(interview, reference), value),
  );
}

function combined(operator: string, present: FlowValue, value: FlowValue): FlowValue {
  if (operator === 'Add' && typeof value === 'string') return `${typeof present === 'string' ? present : ''}${value}`;
  const isNumber = typeof value === 'number' && (typeof present === 'number' || present === null);
  if (!isNumber || (operator !== 'Add' && operator !== 'Subtract'))
    throw notUnderstood(`assignment operator ${operator}`);
  return operator === 'Add' ? (present ?? 0) + value : (present ?? 0) - value;
}
